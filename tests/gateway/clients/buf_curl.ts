// buf curl, a process a call.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createRegistry, fromJsonString, toJson } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  LocalizedMessageSchema,
} from "../build/gen/es/google/rpc/error_details_pb.js";
import {
  ProbeRequestSchema,
  ProbeResponseSchema,
} from "../build/gen/es/probe_pb.js";
import {
  emptyOutcome,
  METHODS,
  type Call,
  type Connect,
  type Outcome,
} from "./caller.js";
import { CODE_NAMES } from "./status.js";

// What a plan's details may be, which JSON writes out.
const registry = createRegistry(
  BadRequestSchema,
  ErrorInfoSchema,
  LocalizedMessageSchema,
);

export const bufCurl: Connect = (baseUrl) => ({
  limits: {
    noDeadlines: "it has none, and refuses a grpc-timeout given by hand",
    silentCancel: "it is a process: cancelling ends it",
    hidesTrailers: "it prints headers, and the trailers of no call",
  },
  call: (call) => run(baseUrl, call),
});

async function run(baseUrl: string, call: Call): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "buf-curl-"));
  try {
    const data = join(folder, "request.json");
    const json = toJson(ProbeRequestSchema, call.request, { registry });
    writeFileSync(data, JSON.stringify(json));
    // One a line: in an argument, a comma would part two.
    const headers = join(folder, "headers");
    const lines = Object.entries(call.headers ?? {});
    writeFileSync(headers, lines.map((line) => line.join(": ")).join("\n"));
    return await curl(call, [
      "--verbose",
      "--protocol=grpcweb",
      `--schema=${process.env["PROBE_SCHEMA"]}`,
      `--header=@${headers}`,
      `--data=@${data}`,
      `${baseUrl}/jiedui.probe.v1.ProbeService/${METHODS[call.kind]}`,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function curl(call: Call, args: string[]): Promise<Outcome> {
  const outcome = emptyOutcome();
  const buf = spawn(process.env["BUF"]!, ["curl", ...args]);
  call.signal?.addEventListener("abort", () => buf.kill("SIGINT"));

  // Messages are JSON over several lines, of which the last is a lone "}".
  let message: string[] = [];
  const answers = createInterface(buf.stdout).on("line", (line) => {
    message.push(line);
    if (line !== "}" && line !== "{}") return;
    const parsed = fromJsonString(ProbeResponseSchema, message.join("\n"));
    message = [];
    outcome.messages.push(parsed);
    call.onMessage?.(parsed);
  });
  // What it tells begins with "buf: "; the rest is the error, as JSON.
  const error: string[] = [];
  const told = createInterface(buf.stderr).on("line", (line) => {
    const header = /^buf: < \(#1\) ([\w-]+): (.*)$/.exec(line);
    if (header) outcome.headers[header[1]!.toLowerCase()] = header[2]!;
    else if (!line.startsWith("buf: ")) error.push(line);
  });
  await Promise.all([once(answers, "close"), once(told, "close")]);
  if (buf.exitCode === null && buf.signalCode === null) await once(buf, "exit");

  if (call.signal?.aborted) outcome.code = 1;
  else if (buf.exitCode !== 0) addError(outcome, error.join("\n"));
  return outcome;
}

function addError(outcome: Outcome, text: string): void {
  const error = JSON.parse(text) as {
    code: string;
    message?: string;
    details?: { type: string; value: string }[];
  };
  const name = error.code === "canceled" ? "cancelled" : error.code;
  outcome.code = CODE_NAMES.indexOf(name.toUpperCase());
  outcome.message = error.message ?? "";
  outcome.details = (error.details ?? []).map(({ type, value }) => ({
    type,
    value: base64Decode(value),
  }));
}
