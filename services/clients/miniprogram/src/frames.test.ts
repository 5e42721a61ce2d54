import { describe, expect, it } from "vitest";
import { FrameReader, frame } from "./frames.js";

function answer(...frames: [flag: number, text: string][]) {
  const parts = frames.map(([flag, text]) => {
    const bytes = new Uint8Array(frame(Buffer.from(text)));
    bytes[0] = flag;
    return bytes;
  });
  return new Uint8Array(Buffer.concat(parts));
}

function read(bytes: Uint8Array<ArrayBuffer>, pieceSize = bytes.length) {
  const messages: string[] = [];
  const frames = new FrameReader((m) =>
    messages.push(Buffer.from(m).toString()),
  );
  for (let at = 0; at < bytes.length; at += pieceSize) {
    frames.add(bytes.slice(at, at + pieceSize));
  }
  return { messages, frames };
}

const whole = answer(
  [0, "first"],
  [0, ""],
  [0, "荔枝"],
  [0x80, "grpc-status: 0\r\nX-More:a\r\nx-more: b:c\r\n"],
);

describe("an answer", () => {
  it.each([1, 2, 3, 7, 1000])("may come in pieces of %i bytes", (size) => {
    const { messages, frames } = read(whole, size);
    expect(messages).toEqual(["first", "", "荔枝"]);
    expect(frames.trailers).toEqual({ "grpc-status": "0", "x-more": "a, b:c" });
    expect(frames.incomplete).toBe(false);
  });

  it("that is cut short is incomplete, or has no trailers", () => {
    for (let end = 1; end < whole.length; ++end) {
      const { frames } = read(whole.slice(0, end));
      expect(frames.trailers).toBeUndefined();
    }
    expect(read(whole.slice(0, -1)).frames.incomplete).toBe(true);
  });

  it("that is compressed without having been asked for is refused", () => {
    expect(() => read(answer([1, "x"]))).toThrow(/compressed/);
    expect(() => read(answer([0x81, "x"]))).toThrow(/compressed/);
  });

  it("that goes on behind its trailers is refused", () => {
    expect(() => read(answer([0x80, "grpc-status:0"], [0, "x"]))).toThrow(
      /follows/,
    );
  });
});

it("a message is framed with its length", () => {
  const bytes = new Uint8Array(frame(new Uint8Array(258).fill(7)));
  expect([...bytes.subarray(0, 7)]).toEqual([0, 0, 0, 1, 2, 7, 7]);
  expect(bytes).toHaveLength(263);
});
