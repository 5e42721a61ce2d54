// What every client is put through. A case throws when something is wrong, and
// may return a remark.
import { create, toBinary } from "@bufbuild/protobuf";
import {
  BadRequestSchema,
  ErrorInfoSchema,
} from "../build/gen/es/google/rpc/error_details_pb.js";
import {
  PlanSchema,
  ProbeRequestSchema,
  type Plan,
  type ProbeRequest,
} from "../build/gen/es/probe_pb.js";
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Caller, Detail, Limits, Outcome } from "./caller.js";
import { localized } from "./jiedui_details.js";
import { CODE_NAMES } from "./status.js";

export interface Setting {
  caller: Caller;
  /** The server's limit of one message, in bytes. */
  messageLimit: number;
}

export interface Case {
  name: string;
  /** What the client cannot do by design, of which the case leaves out a part. */
  leavesOut?: (keyof Limits)[];
  run(setting: Setting): Promise<void>;
}

const MIB = 1 << 20;
const FAILED_PRECONDITION = 9;
const RESOURCE_EXHAUSTED = 8;
const MANY = 10000;
const PATIENCE_MS = 5000;

type PlanInit = MessageInitShape<typeof PlanSchema>;

function requestOf(plan: PlanInit, payload = new Uint8Array(0)): ProbeRequest {
  return create(ProbeRequestSchema, {
    plan: create(PlanSchema, plan) as Plan,
    payload,
  });
}

function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

function checkCode(outcome: Outcome, ...codes: number[]): void {
  const name = CODE_NAMES[outcome.code] ?? outcome.code;
  const wanted = codes.map((code) => CODE_NAMES[code]).join(" or ");
  check(
    codes.includes(outcome.code),
    `${name} (${outcome.message}) instead of ${wanted}`,
  );
}

function textLine(name: string, value: string) {
  return { name, value: new TextEncoder().encode(value) };
}

export const CASES: Case[] = [
  { name: "unary", run: unary },
  { name: "zh error", run: chineseError, leavesOut: ["encodedMessages"] },
  { name: "details", run: details },
  { name: "deadline", run: deadline, leavesOut: ["noDeadlines"] },
  {
    name: "cancel",
    run: cancel,
    leavesOut: ["silentCancel", "buffersStreams"],
  },
  { name: "1 MiB", run: mebibyte },
  { name: "limit±1", run: limit },
  { name: "10,000", run: tenThousand, leavesOut: ["buffersStreams"] },
  {
    name: "metadata",
    run: metadata,
    leavesOut: ["hidesTrailers", "hidesTrailersOfErrors", "lastTrailerWins"],
  },
  { name: "unknown", run: unknown },
  { name: "death", run: death, leavesOut: ["buffersStreams"] },
];

async function unary({ caller }: Setting): Promise<void> {
  const payload = new Uint8Array(300);
  const request = requestOf({ size: 500 }, payload);
  const outcome = await caller.call({ kind: "unary", request });
  checkCode(outcome, 0);
  check(outcome.messages.length === 1, `${outcome.messages.length} answers`);
  const [answer] = outcome.messages;
  check(answer!.payload.length === 500, "another payload than planned");
  check(answer!.receivedBytes === 300n, "another payload than sent arrived");
  check(
    answer!.payload.every((byte) => byte === 120),
    "damaged payload",
  );
}

async function chineseError({ caller }: Setting): Promise<void> {
  const message = "学历不符：100% 不合要求，“高级职称” 😀";
  const request = requestOf({ code: FAILED_PRECONDITION, message });
  for (const kind of ["unary", "stream"] as const) {
    const outcome = await caller.call({ kind, request });
    checkCode(outcome, FAILED_PRECONDITION);
    const shown = caller.limits.encodedMessages
      ? decodeURIComponent(outcome.message)
      : outcome.message;
    check(shown === message, `message: ${shown}`);
  }
}

function jieduiDetails(): Detail[] {
  return [
    {
      type: ErrorInfoSchema.typeName,
      value: toBinary(
        ErrorInfoSchema,
        create(ErrorInfoSchema, {
          reason: "ETAG_MISMATCH",
          domain: "jiedui.dev",
          metadata: { resource: "demands/需求" },
        }),
      ),
    },
    localized("zh-CN", "已被他人修改"),
    localized("en", "was changed by someone else"),
    {
      type: BadRequestSchema.typeName,
      value: toBinary(
        BadRequestSchema,
        create(BadRequestSchema, {
          fieldViolations: [{ field: "etag", description: "不对 / is wrong" }],
        }),
      ),
    },
  ];
}

async function details({ caller }: Setting): Promise<void> {
  const sent = jieduiDetails();
  const request = requestOf({
    code: FAILED_PRECONDITION,
    message: "已被他人修改",
    details: sent.map(({ type, value }) => ({
      typeUrl: `type.googleapis.com/${type}`,
      value,
    })),
  });
  const outcome = await caller.call({ kind: "unary", request });
  checkCode(outcome, FAILED_PRECONDITION);
  const text = (all: Detail[]) =>
    all.map(({ type, value }) => `${type} ${value}`).join("\n");
  check(text(outcome.details) === text(sent), "other details than sent");
}

async function deadline({ caller }: Setting): Promise<void> {
  if (caller.limits.noDeadlines) return;
  for (const kind of ["unary", "stream"] as const) {
    const began = performance.now();
    const request = requestOf({ hang: true });
    const outcome = await caller.call({ kind, request, timeoutMs: 300 });
    checkCode(outcome, 4);
    const took = performance.now() - began;
    check(took > 250, `after ${took} ms`);
    check(took < PATIENCE_MS, `only after ${took} ms`);
  }
  await checkNothingIsLeft(caller);
}

async function cancel({ caller }: Setting): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  let behind = 0;
  const buffers = caller.limits.buffersStreams !== undefined;
  const call = caller.call({
    kind: "stream",
    request: requestOf({ messages: 2, hang: true }),
    signal,
    onMessage(message) {
      if (signal.aborted) ++behind;
      else if (message.index === 1) controller.abort();
    },
  });
  // Who sees nothing before the end cancels at some time.
  if (buffers) setTimeout(() => controller.abort(), 300);
  const outcome = await call;
  checkCode(outcome, 1);
  check(behind === 0, `${behind} messages after it was cancelled`);
  await checkNothingIsLeft(caller);
}

// The server hears of it too: soon no call is under way but the one that asks.
async function checkNothingIsLeft(caller: Caller): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const call = { kind: "unary", request: requestOf({}) } as const;
    const outcome = await caller.call(call);
    checkCode(outcome, 0);
    const left = outcome.messages[0]!.active - 1;
    if (left === 0) return;
    check(performance.now() < end, `${left} calls are still under way`);
  }
}

async function mebibyte({ caller }: Setting): Promise<void> {
  const request = requestOf({ size: MIB, messages: 2 }, new Uint8Array(MIB));
  for (const kind of ["unary", "stream"] as const) {
    const outcome = await caller.call({ kind, request });
    checkCode(outcome, 0);
    check(
      outcome.messages.length === (kind === "unary" ? 1 : 2) &&
        outcome.messages.every(({ payload }) => payload.length === MIB),
      "other answers than planned",
    );
    const [answer] = outcome.messages;
    check(answer!.receivedBytes === BigInt(MIB), "another payload arrived");
  }
}

// A request of exactly `bytes` bytes.
function requestOfBytes(bytes: number): ProbeRequest {
  const sizeOf = (payload: number) =>
    toBinary(ProbeRequestSchema, requestOf({}, new Uint8Array(payload))).length;
  const payload = 2 * bytes - sizeOf(bytes);
  const request = requestOf({}, new Uint8Array(payload));
  check(sizeOf(payload) === bytes, `${sizeOf(payload)} bytes`);
  return request;
}

async function limit({ caller, messageLimit }: Setting): Promise<void> {
  const call = (bytes: number) =>
    caller.call({ kind: "unary", request: requestOfBytes(bytes) });
  checkCode(await call(messageLimit - 1), 0);
  checkCode(await call(messageLimit), 0);
  checkCode(await call(messageLimit + 1), RESOURCE_EXHAUSTED);
}

async function tenThousand({ caller }: Setting): Promise<void> {
  const request = requestOf({ messages: MANY, size: 10 });
  const outcome = await caller.call({ kind: "stream", request });
  checkCode(outcome, 0);
  check(
    outcome.messages.length === MANY,
    `${outcome.messages.length} messages`,
  );
  check(
    outcome.messages.every(({ index }, i) => index === i),
    "in another order",
  );
  if (!caller.limits.buffersStreams) await checkArrivesAsItIsSent(caller);
}

// The first of two messages is there long before the second one.
async function checkArrivesAsItIsSent(caller: Caller): Promise<void> {
  const arrivals: number[] = [];
  const outcome = await caller.call({
    kind: "stream",
    request: requestOf({ messages: 2, delayMs: 500 }),
    onMessage: () => arrivals.push(performance.now()),
  });
  checkCode(outcome, 0);
  const apart = arrivals[1]! - arrivals[0]!;
  check(apart > 200, `messages sent 500 ms apart arrive ${apart} ms apart`);
}

async function metadata({ caller }: Setting): Promise<void> {
  const { hidesTrailers, hidesTrailersOfErrors } = caller.limits;
  const bytes = new Uint8Array([0, 255, 1, 254, 2]);
  const plan: PlanInit = {
    headers: [
      textLine("x-probe-head", "h 1"),
      { name: "x-probe-head-bin", value: bytes },
    ],
    trailers: [
      textLine("x-probe-trail", "t1"),
      textLine("x-probe-trail", "t2"),
      { name: "x-probe-trail-bin", value: bytes },
    ],
    messages: 1,
  };
  const headers = { "x-probe": "a, b", "x-probe-bin": "AP8B/gI" };
  for (const kind of ["unary", "stream"] as const) {
    const call = { kind, request: requestOf(plan), headers };
    const outcome = await caller.call(call);
    checkCode(outcome, 0);
    const received = (name: string) =>
      outcome.messages[0]!.received.find((line) => line.name === name)?.value;
    check(
      new TextDecoder().decode(received("x-probe")) === "a, b",
      "text metadata did not arrive",
    );
    check(
      String(received("x-probe-bin")) === String(bytes),
      "binary metadata did not arrive",
    );
    checkLine(outcome.headers, "x-probe-head", "h 1");
    checkLine(outcome.headers, "x-probe-head-bin", "AP8B/gI");
    if (!hidesTrailers) checkTrailers(caller, outcome);
  }
  if (hidesTrailers || hidesTrailersOfErrors) return;
  const refused = requestOf({ ...plan, code: FAILED_PRECONDITION });
  const outcome = await caller.call({ kind: "unary", request: refused });
  checkCode(outcome, FAILED_PRECONDITION);
  checkTrailers(caller, outcome);
}

function checkTrailers({ limits }: Caller, { trailers }: Outcome): void {
  const last = trailers["x-probe-trail"] === "t2";
  if (!(last && limits.lastTrailerWins)) {
    checkLine(trailers, "x-probe-trail", "t1, t2");
  }
  checkLine(trailers, "x-probe-trail-bin", "AP8B/gI");
}

// Padding of binary values is up to whoever writes them; blanks to who joins.
function checkLine(
  lines: Record<string, string>,
  name: string,
  value: string,
): void {
  const there = lines[name]?.replace(/=+$/, "").replace(/,\s*/g, ", ");
  check(there === value, `${name} is ${there} instead of ${value}`);
}

async function unknown({ caller }: Setting): Promise<void> {
  const outcome = await caller.call({
    kind: "missing",
    request: requestOf({}),
  });
  checkCode(outcome, 12);
}

// Never a success, and what was sent before is there.
async function death({ caller }: Setting): Promise<void> {
  const outcome = await caller.call({
    kind: "stream",
    request: requestOf({ messages: 3, die: true }),
    headers: { "x-call": "death" },
  });
  check(outcome.code !== 0, "a stream that broke looks like one that ended");
  checkCode(outcome, 2, 13, 14);
  if (!caller.limits.buffersStreams) {
    check(outcome.messages.length === 3, `${outcome.messages.length} messages`);
  }
  await checkNothingIsLeft(caller);
}
