// One client through all cases: in the page, and in Node.
import type { Connect, Limits } from "./caller.js";
import { CASES, type Case } from "./cases.js";

/** A cell of the table. */
export interface Result {
  /** Empty: it held. */
  fault: string;
  /** Why a part was left out. */
  leftOut: string[];
}

const PATIENCE_MS = 60000;

export async function runCases(
  connect: Connect,
  baseUrl: string,
  messageLimit: number,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const each of CASES) {
    results.push(await runCase(each, connect, baseUrl, messageLimit));
  }
  return results;
}

export async function runCase(
  { run, leavesOut = [] }: Case,
  connect: Connect,
  baseUrl: string,
  messageLimit: number,
): Promise<Result> {
  const caller = connect(baseUrl);
  return {
    fault: await faultOf(run({ caller, messageLimit })),
    leftOut: reasons(caller.limits, leavesOut),
  };
}

function reasons(limits: Limits, leavesOut: (keyof Limits)[]): string[] {
  return leavesOut.flatMap((limit) => limits[limit] ?? []);
}

async function faultOf(running: Promise<void>): Promise<string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no end")), PATIENCE_MS);
  });
  try {
    await Promise.race([running, timeout]);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : JSON.stringify(error);
  } finally {
    clearTimeout(timer);
  }
}
