// A proxy that spoils answers in one way: what the cases are tried against.
import http from "node:http";
import type { AddressInfo } from "node:net";

const FRAME_HEADER = 5;
const TRAILERS = 0x80;
const DETAILS = /grpc-status-details-bin:.*\r\n/;

/** What becomes of one frame; undefined: it is left out. */
type Spoil = (flag: number, bytes: Buffer) => Buffer | undefined;

export interface Fault {
  name: string;
  /** Cases that must notice it. */
  noticedBy: string[];
  spoil?: Spoil;
  /** Answers are passed on whole, at their end. */
  collects?: boolean;
  /** The server does not hear that its client has gone. */
  deafToCancels?: boolean;
  /** An answer that breaks is given a good end. */
  mendsDeath?: boolean;
}

/** Changes the text of trailers. */
function trailers(change: (text: string) => string): Spoil {
  return (flag, bytes) =>
    flag & TRAILERS
      ? Buffer.from(change(bytes.toString("latin1")), "latin1")
      : bytes;
}

export const FAULTS: Fault[] = [
  {
    name: "no trailers",
    noticedBy: ["unary", "zh error", "10,000", "unknown"],
    spoil: (flag, bytes) => (flag & TRAILERS ? undefined : bytes),
  },
  {
    name: "message cut at a percent sign",
    noticedBy: ["zh error"],
    spoil: trailers((text) => text.replace(/%25.*(?=\r\n)/, "")),
  },
  {
    name: "no details",
    noticedBy: ["details"],
    spoil: trailers((text) => text.replace(DETAILS, "")),
  },
  {
    name: "one of two equal trailers",
    noticedBy: ["metadata"],
    spoil: trailers((text) => text.replace(/x-probe-trail: ?t1\r\n/, "")),
  },
  {
    name: "a damaged byte",
    noticedBy: ["unary", "1 MiB"],
    spoil(flag, bytes) {
      const copy = Buffer.from(bytes);
      if (!(flag & TRAILERS) && copy.length > 2) copy.writeUInt8(1, 2);
      return copy;
    },
  },
  {
    name: "every 100th message lost",
    noticedBy: ["10,000"],
    spoil: (() => {
      let count = 0;
      return (flag: number, bytes: Buffer) =>
        !(flag & TRAILERS) && ++count % 100 === 0 ? undefined : bytes;
    })(),
  },
  { name: "answers collected", noticedBy: ["10,000"], collects: true },
  {
    name: "a good end for broken streams",
    noticedBy: ["death"],
    mendsDeath: true,
  },
  {
    // In the details too, which some libraries believe rather.
    name: "another status",
    noticedBy: ["limit±1", "unknown"],
    spoil: trailers((text) =>
      text
        .replace(/grpc-status: ?(4|8|12)\r/, "grpc-status: 3\r")
        .replace(DETAILS, ""),
    ),
  },
  // Last: it leaves a call behind.
  { name: "cancels not passed on", noticedBy: ["cancel"], deafToCancels: true },
];

/** Serves `fault` before `upstream`; lives as long as this process. */
export async function serveFault(
  fault: Fault,
  upstream: string,
): Promise<string> {
  const server = http.createServer((request, response) => {
    const { method, headers } = request;
    const url = `${upstream}${request.url}`;
    const out = http.request(url, { method, headers, agent: false });
    out.on("error", () => response.destroy());
    out.on("response", (incoming) => {
      response.writeHead(incoming.statusCode ?? 502, {
        ...incoming.headers,
        connection: "close",
      });
      pass(fault, incoming, response);
    });
    if (!fault.deafToCancels) response.on("close", () => out.destroy());
    request.pipe(out);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function pass(
  fault: Fault,
  incoming: http.IncomingMessage,
  response: http.ServerResponse,
): void {
  let rest = Buffer.alloc(0);
  const kept: Buffer[] = [];
  const write = (bytes: Buffer) =>
    fault.collects ? kept.push(bytes) : response.write(bytes);
  incoming.on("data", (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    while (rest.length >= FRAME_HEADER) {
      const end = FRAME_HEADER + rest.readUInt32BE(1);
      if (rest.length < end) break;
      const flag = rest.readUInt8(0);
      const spoilt = spoil(fault, flag, rest.subarray(FRAME_HEADER, end));
      if (spoilt) write(framed(flag, spoilt));
      rest = rest.subarray(end);
    }
  });
  incoming.on("end", () => response.end(Buffer.concat(kept)));
  incoming.on("error", () => response.destroy());
}

function spoil(fault: Fault, flag: number, bytes: Buffer): Buffer | undefined {
  if (fault.mendsDeath && flag & TRAILERS)
    return Buffer.from("grpc-status: 0\r\n");
  return fault.spoil ? fault.spoil(flag, bytes) : bytes;
}

function framed(flag: number, bytes: Buffer): Buffer {
  const header = Buffer.alloc(FRAME_HEADER);
  header.writeUInt8(flag, 0);
  header.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([header, bytes]);
}
