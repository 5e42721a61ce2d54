// Results as a table for people.
import { CASES } from "./cases.js";
import type { Result } from "./run.js";

export interface Row {
  client: string;
  results: Result[];
}

const NAME_WIDTH = 22;

/** Client × case: ✓ held, ◐ held but for what the client cannot do, ✗ not. */
export function print(title: string, rows: Row[]): void {
  const cells = CASES.map(({ name }) => name);
  const line = (name: string, texts: string[]) =>
    console.log(
      [name.padEnd(NAME_WIDTH), ...texts.map((t, i) => pad(t, cells[i]!))]
        .join("  ")
        .trimEnd(),
    );
  console.log(`\n${title}`);
  line("", cells);
  for (const { client, results } of rows) line(client, results.map(mark));
  const notes = new Set<string>();
  for (const { client, results } of rows) {
    for (const { leftOut } of results) {
      for (const reason of leftOut) notes.add(`◐ ${client}: ${reason}`);
    }
  }
  for (const note of notes) console.log(note);
  for (const fault of faults(rows)) console.log(fault);
}

/** What did not hold, a line each. */
export function faults(rows: Row[]): string[] {
  return rows.flatMap(({ client, results }) =>
    results.flatMap(({ fault }, i) =>
      fault ? [`✗ ${client}, ${CASES[i]!.name}: ${fault}`] : [],
    ),
  );
}

function mark({ fault, leftOut }: Result): string {
  return fault ? "✗" : leftOut.length ? "◐" : "✓";
}

function pad(text: string, head: string): string {
  return text.padEnd(head.length);
}
