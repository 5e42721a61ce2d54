// One gRPC-web call over wx.request.
import { Code, JieduiError } from "../../shared/errors.js";
import { Stop } from "../../shared/stop.js";
import { FrameReader, frame, type Metadata } from "./frames.js";
import { codeOfHttp, errorOf } from "./status.js";

/** What is used of wx.request: pass another to go through something else. */
export type RequestFunction = (options: {
  url: string;
  method: "POST";
  data: ArrayBuffer;
  header: { [name: string]: string };
  responseType: "arraybuffer";
  enableChunked?: boolean;
  timeout?: number;
  success(answer: {
    statusCode: number;
    header: { [name: string]: string };
    data: unknown;
  }): void;
  fail(error: { errMsg: string }): void;
}) => RequestTask;

export interface RequestTask {
  abort(): void;
  /** Only some versions have it. */
  onChunkReceived?(listener: (chunk: { data: ArrayBuffer }) => void): void;
}

export interface RawCall {
  url: string;
  header: { [name: string]: string };
  body: Uint8Array;
  timeoutMs: number | undefined;
  stop: Stop;
  /** Asks for the answer piece by piece, where the device can do that. */
  chunked: boolean;
  onMessage(message: Uint8Array): void;
}

export interface RawEnd {
  headers: Metadata;
  trailers: Metadata;
}

// The server keeps the deadline to the millisecond; the device gives up a
// little later, so that the server's word is heard when there is one.
const GRACE_MS = 500;
// wx.request's own limit unless told otherwise; streams outlast it.
const NO_TIMEOUT_MS = 24 * 3600 * 1000;

/** Makes one call; rejects with a JieduiError. */
export function request(send: RequestFunction, call: RawCall): Promise<RawEnd> {
  return new Promise((resolve, reject) => {
    const frames = new FrameReader(call.onMessage);
    let inChunks = false;
    let broken: unknown;
    const add = (bytes: ArrayBuffer) => {
      try {
        if (!broken) frames.add(new Uint8Array(bytes));
      } catch (error) {
        broken = error;
        task.abort();
        reject(error);
      }
    };
    const task = send({
      url: call.url,
      method: "POST",
      data: frame(call.body),
      header: call.header,
      responseType: "arraybuffer",
      ...(call.chunked && { enableChunked: true }),
      timeout: call.timeoutMs ? call.timeoutMs + GRACE_MS : NO_TIMEOUT_MS,
      success({ statusCode, header, data }) {
        forget();
        const headers = lowerCase(header);
        const type = headers["content-type"] || "";
        if (!inChunks && /^application\/grpc-web/.test(type)) {
          add(data as ArrayBuffer);
        }
        if (!broken) finish(statusCode, headers, frames, resolve, reject);
      },
      fail({ errMsg }) {
        forget();
        reject(new JieduiError(codeOfFailure(errMsg), errMsg));
      },
    });
    const forget = call.stop.onStop(() => {
      task.abort();
      reject(new JieduiError(Code.CANCELLED, "cancelled"));
    });
    if (call.chunked) {
      task.onChunkReceived?.(({ data }) => {
        inChunks = true;
        add(data);
      });
    }
  });
}

function finish(
  statusCode: number,
  headers: Metadata,
  frames: FrameReader,
  resolve: (end: RawEnd) => void,
  reject: (error: JieduiError) => void,
): void {
  // Without a body, the status may stand in the headers.
  const trailers = frames.trailers || headers;
  if (trailers["grpc-status"] !== undefined && !frames.incomplete) {
    const error = errorOf(trailers);
    if (error) reject(error);
    else resolve({ headers, trailers });
  } else if (statusCode !== 200) {
    reject(new JieduiError(codeOfHttp(statusCode), `HTTP ${statusCode}`));
  } else {
    // Whatever was on the way may have been done, or not: as when a connection
    // breaks.
    reject(new JieduiError(Code.UNAVAILABLE, "the answer is cut short"));
  }
}

function codeOfFailure(errMsg: string): Code {
  return /time\s?d?\s?out/i.test(errMsg)
    ? Code.DEADLINE_EXCEEDED
    : Code.UNAVAILABLE;
}

function lowerCase(header: { [name: string]: string }): Metadata {
  const lower: Metadata = {};
  for (const name of Object.keys(header || {})) {
    lower[name.toLowerCase()] = String(header[name]);
  }
  return lower;
}
