// The caller's token provider, which may be a network away and fail as one.
import type { Clock } from "./clock.js";
import { Code, JieduiError } from "./errors.js";
import type { Stop } from "./stop.js";

/** Gives what goes into "authorization: Bearer"; undefined: nothing. */
export type TokenProvider = () => Promise<string | undefined>;

/**
 * Asks for a token, once. Errors: UNAVAILABLE when the provider fails, so that
 * what may be repeated is; CANCELLED when `stop` stops; DEADLINE_EXCEEDED after
 * `timeoutMs`. The call itself has not been made then.
 */
export function askForToken(
  provider: TokenProvider | undefined,
  clock: Clock,
  stop: Stop,
  timeoutMs: number | undefined,
): Promise<string | undefined> {
  if (!provider) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const fail = (code: Code, why: string) =>
      reject(new JieduiError(code, why));
    const forget = stop.onStop(() => fail(Code.CANCELLED, "cancelled"));
    const cancelTimer =
      timeoutMs === undefined
        ? () => {}
        : clock.after(timeoutMs, () =>
            fail(Code.DEADLINE_EXCEEDED, "no token in time"),
          );
    const end = () => {
      forget();
      cancelTimer();
    };
    Promise.resolve()
      .then(provider)
      .then(resolve, (error) =>
        fail(Code.UNAVAILABLE, `the token provider failed: ${error}`),
      )
      .then(end);
  });
}
