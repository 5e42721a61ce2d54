import { describe, expect, it } from "vitest";
import { ManualClock } from "../testing/manual_clock.js";
import { Code, JieduiError } from "./errors.js";
import {
  backOff,
  defaultRetryPolicy,
  isRepeatable,
  newRequestId,
  withRetry,
} from "./retry.js";
import { Stop } from "./stop.js";

const unavailable = () => new JieduiError(Code.UNAVAILABLE, "gone");

// Runs a call that fails with each of `errors` before it succeeds.
function run(
  errors: Error[],
  options: { repeatable?: boolean; timeoutMs?: number; stop?: Stop } = {},
) {
  const clock = new ManualClock();
  const times: number[] = [];
  const left: (number | undefined)[] = [];
  const result = withRetry(
    async (leftMs) => {
      times.push(clock.now());
      left.push(leftMs);
      const error = errors[times.length - 1];
      if (error) throw error;
      return "done";
    },
    {
      repeatable: options.repeatable ?? true,
      policy: defaultRetryPolicy,
      clock,
      stop: options.stop ?? new Stop(),
      timeoutMs: options.timeoutMs,
    },
  );
  result.catch(() => {});
  return { clock, times, left, result };
}

describe("a call that may be repeated", () => {
  it("is repeated after waits that double", async () => {
    const { clock, times, result } = run([1, 2, 3].map(unavailable));
    await clock.advance(60000);
    expect(await result).toBe("done");
    expect(times).toEqual([0, 150, 450, 1050]);
  });

  it("fails with the last error when no attempt is left", async () => {
    const { clock, times, result } = run([1, 2, 3, 4, 5].map(unavailable));
    await clock.advance(60000);
    await expect(result).rejects.toMatchObject({ code: Code.UNAVAILABLE });
    expect(times).toHaveLength(defaultRetryPolicy.attempts);
  });

  it("is told how much time is left, and is not repeated past it", async () => {
    const errors = [1, 2, 3].map(unavailable);
    const { clock, left, result } = run(errors, { timeoutMs: 400 });
    await clock.advance(60000);
    await expect(result).rejects.toMatchObject({ code: Code.UNAVAILABLE });
    expect(left).toEqual([400, 250]);
  });

  it("ends as cancelled when it is stopped during a wait", async () => {
    const stop = new Stop();
    const { clock, times, result } = run([unavailable()], { stop });
    await clock.advance(100);
    stop.stop();
    await expect(result).rejects.toMatchObject({ code: Code.CANCELLED });
    expect(times).toEqual([0]);
  });

  it("is not repeated for an error that would come again", async () => {
    const error = new JieduiError(Code.NOT_FOUND, "no such thing");
    const { times, result } = run([error]);
    await expect(result).rejects.toBe(error);
    expect(times).toHaveLength(1);
  });
});

it("a call that may not be repeated is made once", async () => {
  const { clock, times, result } = run([unavailable()], { repeatable: false });
  await clock.advance(60000);
  await expect(result).rejects.toMatchObject({ code: Code.UNAVAILABLE });
  expect(times).toHaveLength(1);
});

it("only reads and requests with a request_id are repeatable", () => {
  expect(isRepeatable(true, {})).toBe(true);
  expect(isRepeatable(false, { requestId: "r1" })).toBe(true);
  expect(isRepeatable(false, { requestId: "" })).toBe(false);
  expect(isRepeatable(false, { name: "offers/O1" })).toBe(false);
  expect(isRepeatable(false, undefined)).toBe(false);
});

it("waits are capped, and differ from client to client", () => {
  const clock = new ManualClock();
  const waits = [0, 0.999999].map((chance) => {
    clock.chance = chance;
    return backOff(defaultRetryPolicy, 30, clock);
  });
  expect(waits[0]).toBe(2500);
  expect(waits[1]).toBeCloseTo(5000, 1);
});

it("request ids are short enough for the server, and all different", () => {
  const ids = Array.from({ length: 1000 }, newRequestId);
  expect(ids.every((id) => /^[0-9a-z]{20}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(1000);
});
