// UTF-8 where there is no TextEncoder and no TextDecoder.
import utf8 from "@protobufjs/utf8";

export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(utf8.length(text));
  utf8.write(text, bytes, 0);
  return bytes;
}

export function decodeUtf8(bytes: Uint8Array): string {
  return utf8.read(bytes, 0, bytes.length);
}
