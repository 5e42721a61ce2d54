import { Stop } from "../../shared/stop.js";

/** Stops when the signal is aborted; `forget` lets go of the signal. */
export function stopOf(signal: AbortSignal | undefined): {
  stop: Stop;
  forget: () => void;
} {
  const stop = new Stop();
  const abort = () => stop.stop();
  if (signal?.aborted) stop.stop();
  signal?.addEventListener("abort", abort);
  return { stop, forget: () => signal?.removeEventListener("abort", abort) };
}

/** Runs `f` with a signal that is aborted when `stop` stops. */
export async function withSignal<T>(
  stop: Stop,
  f: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const forget = stop.onStop(() => controller.abort());
  try {
    return await f(controller.signal);
  } finally {
    forget();
  }
}
