import { Stop } from "../../shared/stop.js";

/**
 * Runs `stream` and hands its messages to `each` one at a time, each after the
 * one before is settled. Is over when both the stream and the last message are.
 * When `each` fails, the stream is stopped, and this fails with its error.
 */
export async function eachInTurn<T>(
  stream: (onMessage: (message: T) => void, stop: Stop) => Promise<void>,
  each: (message: T) => Promise<void>,
  stop: Stop,
): Promise<void> {
  const inner = new Stop();
  const unlink = stop.onStop(() => inner.stop());
  let last = Promise.resolve();
  const onMessage = (message: T) => {
    last = last.then(() => each(message));
    last.catch(() => inner.stop());
  };
  try {
    await stream(onMessage, inner);
  } finally {
    unlink();
    await last;
  }
}
