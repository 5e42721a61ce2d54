// connect's gRPC-web transport, with tokens, retries and typed errors.
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import type { DescMethod } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { systemClock, type Clock } from "../../shared/clock.js";
import {
  defaultRetryPolicy,
  isRepeatable,
  withRetry,
  type RetryPolicy,
} from "../../shared/retry.js";
import { askForToken, type TokenProvider } from "../../shared/token.js";
import { toJieduiError } from "./errors.js";
import { stopOf } from "./stop.js";

export interface JieduiOptions {
  /** Where the gateway is, for instance https://jiedui.example.cn. */
  baseUrl: string;
  /** Asked before every attempt for what goes into "authorization: Bearer";
   * undefined: nothing. Keeping and renewing it is the caller's; when that
   * fails, the call fails with UNAVAILABLE, and is retried as such. */
  token?: TokenProvider;
  /** Who acts, as the server will note it. */
  actor?: string;
  /** For calls that say nothing else, all attempts together; 30 s. Not for
   * streams. */
  timeoutMs?: number;
  retry?: Partial<RetryPolicy>;
  /** Instead of the global one. */
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
}

/**
 * A transport for connect's createClient. Unary calls that may be repeated are,
 * when the service cannot be reached; whatever fails, fails with a JieduiError.
 */
export function createTransport(options: JieduiOptions): Transport {
  const inner = createGrpcWebTransport({
    baseUrl: options.baseUrl,
    ...(options.fetch && { fetch: options.fetch }),
  });
  const policy = { ...defaultRetryPolicy, ...options.retry };
  const clock = options.clock ?? systemClock;
  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const { stop, forget } = stopOf(signal);
      try {
        return await withRetry(
          async (leftMs) => {
            const token = await askForToken(options.token, clock, stop, leftMs);
            const full = fullHeader(options, header, token);
            return inner
              .unary(method, signal, leftMs, full, input, contextValues)
              .catch(rethrow);
          },
          {
            repeatable: isRepeatable(isSafe(method), input),
            policy,
            clock,
            stop,
            timeoutMs: timeoutMs ?? options.timeoutMs ?? 30000,
          },
        );
      } finally {
        forget();
      }
    },
    async stream(method, signal, timeoutMs, header, input, contextValues) {
      const { stop, forget } = stopOf(signal);
      const token = await askForToken(
        options.token,
        clock,
        stop,
        timeoutMs,
      ).finally(forget);
      const full = fullHeader(options, header, token);
      const response = await inner
        .stream(method, signal, timeoutMs, full, input, contextValues)
        .catch(rethrow);
      return { ...response, message: withTypedErrors(response.message) };
    },
  };
}

function isSafe(method: DescMethod): boolean {
  return (
    method.idempotency !== MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN
  );
}

function fullHeader(
  options: JieduiOptions,
  header: HeadersInit | undefined,
  token: string | undefined,
): Headers {
  const full = new Headers(header);
  if (options.actor) {
    full.set("x-jiedui-actor", encodeURIComponent(options.actor));
  }
  if (token) full.set("authorization", `Bearer ${token}`);
  return full;
}

function rethrow(error: unknown): never {
  throw toJieduiError(error);
}

async function* withTypedErrors<T>(messages: AsyncIterable<T>) {
  try {
    yield* messages;
  } catch (error) {
    rethrow(error);
  }
}
