// gRPC-web's frames: a flag, four bytes of length, and so many bytes of a
// message or of the trailers (grpc/grpc, doc/PROTOCOL-WEB.md).
import { Code, JieduiError } from "../../shared/errors.js";
import { decodeUtf8 } from "./utf8.js";

const HEADER_BYTES = 5;
const COMPRESSED = 0x01;
const TRAILERS = 0x80;

/** Header or trailer lines by lower-case name; equal names joined by ", ". */
export type Metadata = { [name: string]: string };

/** One message in its frame. */
export function frame(message: Uint8Array): ArrayBuffer {
  const bytes = new Uint8Array(HEADER_BYTES + message.length);
  new DataView(bytes.buffer).setUint32(1, message.length);
  bytes.set(message, HEADER_BYTES);
  return bytes.buffer;
}

/** Takes an answer apart as its bytes arrive, in pieces of any size. */
export class FrameReader {
  /** Of the last frame; undefined before it. */
  trailers: Metadata | undefined;
  private rest = new Uint8Array(0);

  constructor(private readonly onMessage: (message: Uint8Array) => void) {}

  /** Throws INTERNAL when this is not gRPC-web. */
  add(piece: Uint8Array<ArrayBuffer>): void {
    const bytes = this.rest.length ? joined(this.rest, piece) : piece;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    while (bytes.length - at >= HEADER_BYTES) {
      const end = at + HEADER_BYTES + view.getUint32(at + 1);
      if (end > bytes.length) break;
      this.take(view.getUint8(at), bytes.subarray(at + HEADER_BYTES, end));
      at = end;
    }
    this.rest = bytes.subarray(at);
  }

  /** Whether the answer is cut short in the middle of a frame. */
  get incomplete(): boolean {
    return this.rest.length > 0;
  }

  private take(flag: number, bytes: Uint8Array): void {
    if (this.trailers) fail("something follows the trailers");
    if (flag & COMPRESSED)
      fail("a frame is compressed, which was not asked for");
    if (flag & TRAILERS) this.trailers = parseTrailers(decodeUtf8(bytes));
    else this.onMessage(bytes);
  }
}

function fail(what: string): never {
  throw new JieduiError(Code.INTERNAL, what);
}

function joined(
  a: Uint8Array<ArrayBuffer>,
  b: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

function parseTrailers(text: string): Metadata {
  const trailers: Metadata = {};
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    trailers[name] = name in trailers ? `${trailers[name]}, ${value}` : value;
  }
  return trailers;
}
