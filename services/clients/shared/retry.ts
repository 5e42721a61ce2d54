// Repeats what is safe to repeat.
import type { Clock } from "./clock.js";
import { Code, JieduiError } from "./errors.js";
import { Stop, pause } from "./stop.js";

export interface RetryPolicy {
  /** Attempts in all; 1: no retry. */
  attempts: number;
  /** The wait before the second attempt is at most so long; then it doubles. */
  initialMs: number;
  /** No wait is longer. */
  maxMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 4,
  initialMs: 200,
  maxMs: 5000,
};

/**
 * Whether a call may be made again when it is not known if it arrived: the
 * proto marks the method as free of side effects, or the request carries a
 * request_id, under which the server does it once.
 */
export function isRepeatable(
  withoutSideEffects: boolean,
  request: unknown,
): boolean {
  return (
    withoutSideEffects ||
    !!(request as { requestId?: string } | null)?.requestId
  );
}

/**
 * The wait before attempt `attempt` + 1: somewhere in the upper half of what
 * has doubled `attempt` - 1 times, so that many clients do not come at once.
 */
export function backOff(
  policy: RetryPolicy,
  attempt: number,
  clock: Clock,
): number {
  const cap = Math.min(policy.maxMs, policy.initialMs * 2 ** (attempt - 1));
  return cap * (0.5 + clock.random() / 2);
}

export interface Retry {
  repeatable: boolean;
  policy: RetryPolicy;
  clock: Clock;
  stop: Stop;
  /** For all attempts together. */
  timeoutMs?: number | undefined;
}

/**
 * Calls `once` until it succeeds, fails for good, or no attempt is left. Each
 * attempt is told how much of the time is left. Only transient errors are
 * retried, only when the call is repeatable, and only when the wait ends before
 * the time does.
 */
export async function withRetry<T>(
  once: (leftMs: number | undefined) => Promise<T>,
  { repeatable, policy, clock, stop, timeoutMs }: Retry,
): Promise<T> {
  const end = timeoutMs === undefined ? Infinity : clock.now() + timeoutMs;
  for (let attempt = 1; ; ++attempt) {
    try {
      return await once(
        timeoutMs === undefined ? undefined : Math.max(1, end - clock.now()),
      );
    } catch (error) {
      const wait = backOff(policy, attempt, clock);
      const goOn =
        repeatable &&
        attempt < policy.attempts &&
        error instanceof JieduiError &&
        error.transient &&
        clock.now() + wait < end;
      if (!goOn) throw error;
      await pause(clock, wait, stop);
      if (stop.stopped) throw new JieduiError(Code.CANCELLED, "cancelled");
    }
  }
}

/** A new idempotency key: 20 characters of 36. */
export function newRequestId(): string {
  let id = "";
  while (id.length < 20) id += Math.random().toString(36).slice(2);
  return id.slice(0, 20);
}
