// The probe behind Jiedui's gateway, as a process.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface Probe {
  baseUrl: string;
  stop(): Promise<void>;
}

/** Starts `program`, and waits until it serves. */
export async function startProbe(
  program: string,
  origin: string,
  messageLimit: number,
): Promise<Probe> {
  const process = spawn(
    program,
    [
      `--origin=${origin}`,
      `--message-limit=${messageLimit}`,
      ...["x-probe", "x-probe-bin", "x-call"].map((name) => `--allow=${name}`),
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(process, "exit").then(() => {
    throw new Error(`${program} ended before it served`);
  });
  const lines = createInterface(process.stdout!);
  const [line] = (await Promise.race([once(lines, "line"), ended])) as [string];
  ended.catch(() => {});
  const { web } = JSON.parse(line) as { web: number };
  return {
    baseUrl: `http://127.0.0.1:${web}`,
    stop: () => stop(process),
  };
}

async function stop(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  process.kill("SIGTERM");
  await once(process, "exit");
}
