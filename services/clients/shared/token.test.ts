import { describe, expect, it } from "vitest";
import { ManualClock } from "../testing/manual_clock.js";
import { Code } from "./errors.js";
import { Stop } from "./stop.js";
import { askForToken } from "./token.js";

const never = () => new Promise<string>(() => {});

describe("a token", () => {
  it("is what the provider gives", async () => {
    const clock = new ManualClock();
    expect(await askForToken(async () => "t", clock, new Stop(), 5)).toBe("t");
    expect(await askForToken(undefined, clock, new Stop(), 5)).toBeUndefined();
  });

  it("that cannot be had is an error that passes, however it fails", async () => {
    for (const provider of [
      () => Promise.reject(new TypeError("offline")),
      () => {
        throw new TypeError("offline");
      },
    ]) {
      await expect(
        askForToken(provider, new ManualClock(), new Stop(), undefined),
      ).rejects.toMatchObject({ code: Code.UNAVAILABLE, transient: true });
    }
  });

  it("is waited for only as long as the call", async () => {
    const clock = new ManualClock();
    const asked = expect(
      askForToken(never, clock, new Stop(), 1000),
    ).rejects.toMatchObject({ code: Code.DEADLINE_EXCEEDED });
    await clock.advance(1000);
    await asked;
  });

  it("is not waited for when nobody waits for the call", async () => {
    const stop = new Stop();
    const asked = expect(
      askForToken(never, new ManualClock(), stop, undefined),
    ).rejects.toMatchObject({ code: Code.CANCELLED });
    stop.stop();
    await asked;
  });
});
