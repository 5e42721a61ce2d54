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
  const child = spawn(
    program,
    [
      `--origin=${origin}`,
      `--message-limit=${messageLimit}`,
      ...["x-probe", "x-probe-bin", "x-call"].map((name) => `--allow=${name}`),
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  // Also when this process ends by an error.
  process.on("exit", () => child.kill("SIGKILL"));
  const ended = once(child, "exit").then(() => {
    throw new Error(`${program} ended before it served`);
  });
  const lines = createInterface(child.stdout!);
  const [line] = (await Promise.race([once(lines, "line"), ended])) as [string];
  ended.catch(() => {});
  const { web } = JSON.parse(line) as { web: number };
  return {
    baseUrl: `http://127.0.0.1:${web}`,
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}
