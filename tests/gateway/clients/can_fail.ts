// That the cases do notice what they are there for.
import { CASES } from "./cases.js";
import { connectWeb } from "./connect.js";
import { FAULTS, serveFault } from "./faulty.js";
import { runCase } from "./run.js";

/** The faults that a case let pass, a line each. */
export async function unnoticed(
  upstream: string,
  messageLimit: number,
): Promise<string[]> {
  const missed: string[] = [];
  for (const fault of FAULTS) {
    const url = await serveFault(fault, upstream);
    for (const name of fault.noticedBy) {
      const found = CASES.find((each) => each.name === name);
      if (!found) throw new Error(`there is no case ${name}`);
      const result = await runCase(found, connectWeb, url, messageLimit);
      if (!result.fault) missed.push(`✗ ${name} lets pass: ${fault.name}`);
    }
  }
  return missed;
}
