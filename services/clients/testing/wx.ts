// wx.request as a device has it, over Node's http.
import http from "node:http";
import type { RequestFunction } from "../miniprogram/src/request.js";

/** `chunks`: whether the device can pass answers on piece by piece. */
export function wxRequest({ chunks = true } = {}): RequestFunction {
  return (options) => {
    let aborted = false;
    let listener: ((chunk: { data: ArrayBuffer }) => void) | undefined;
    const inChunks = chunks && options.enableChunked === true;
    const request = http.request(
      options.url,
      { method: options.method, headers: options.header, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => {
          if (inChunks) listener?.({ data: bufferOf(part) });
          parts.push(part);
        });
        response.on("end", () => {
          options.success({
            statusCode: response.statusCode ?? 0,
            header: headerOf(response),
            // The whole again, as some devices do after the pieces.
            data: bufferOf(Buffer.concat(parts)),
          });
        });
        response.on("error", fail);
      },
    );
    const timer = setTimeout(
      () => request.destroy(new Error("timeout")),
      Math.min(options.timeout ?? 60000, 2 ** 31 - 1),
    );
    function fail(error: Error) {
      const why = aborted ? "abort" : error.message;
      options.fail({ errMsg: `request:fail ${why}` });
    }
    request.on("error", fail);
    request.on("close", () => clearTimeout(timer));
    request.end(new Uint8Array(options.data));
    return {
      abort() {
        aborted = true;
        request.destroy(new Error("abort"));
      },
      ...(chunks && {
        onChunkReceived(f: (chunk: { data: ArrayBuffer }) => void) {
          listener = f;
        },
      }),
    };
  };
}

// Devices write the names of headers as they please: Like-This.
function headerOf(response: http.IncomingMessage): { [name: string]: string } {
  const header: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(response.headers)) {
    header[name.replace(/\b\w/g, (c) => c.toUpperCase())] = String(value);
  }
  return header;
}

function bufferOf(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
