// The probe served by connect-node instead of by Jiedui's gateway: where a
// client behaves the same with both, what the matrix expects is not only ours.
import http from "node:http";
import type { AddressInfo } from "node:net";
import {
  ConnectError,
  type Code,
  type ConnectRouter,
  type HandlerContext,
} from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import {
  ProbeService,
  type Line,
  type Plan,
  type ProbeRequest,
} from "../build/gen/es/probe_pb.js";

/** Port of a server on 127.0.0.1 that lives as long as this process. */
export async function serveOracle(
  origin: string,
  messageLimit: number,
): Promise<number> {
  const handler = connectNodeAdapter({
    routes,
    connect: false,
    grpc: false,
    readMaxBytes: messageLimit,
    writeMaxBytes: messageLimit,
  });
  const server = http.createServer((request, response) => {
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-expose-headers", "*");
    if (request.method === "OPTIONS") {
      const wanted = request.headers["access-control-request-headers"] ?? "";
      response.setHeader("access-control-allow-headers", wanted);
      response.writeHead(204).end();
      return;
    }
    cutters.set(String(request.headers["x-call"] ?? ""), () =>
      request.socket.destroy(),
    );
    // What connect-node refuses for its size it does not read to its end, which
    // leaves the connection in the middle of a request: no other may follow.
    response.setHeader("connection", "close");
    handler(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

// How a call's connection is cut, by the header x-call.
const cutters = new Map<string, () => void>();

function routes(router: ConnectRouter): void {
  router.service(ProbeService, {
    async unary(request, context) {
      begin(request.plan, context);
      if (request.plan?.hang) await aborted(context.signal);
      end(request.plan, context);
      return answer(request, context, 0);
    },
    async *stream(request, context) {
      begin(request.plan, context);
      for (let i = 0; i < (request.plan?.messages ?? 0); ++i) {
        await pause(request.plan?.delayMs ?? 0);
        yield answer(request, context, i);
      }
      if (request.plan?.die) {
        await pause(100);
        cutters.get(context.requestHeader.get("x-call") ?? "")?.();
      }
      if (request.plan?.hang) await aborted(context.signal);
      end(request.plan, context);
    },
  });
}

let active = 0;

function begin(plan: Plan | undefined, context: HandlerContext): void {
  ++active;
  // However a call ends, its signal is aborted.
  context.signal.addEventListener("abort", () => --active);
  addTo(context.responseHeader, plan?.headers ?? []);
}

function end(plan: Plan | undefined, context: HandlerContext): void {
  if (!plan?.code) {
    addTo(context.responseTrailer, plan?.trailers ?? []);
    return;
  }
  const error = new ConnectError(plan.message, plan.code as Code);
  error.details = plan.details.map(({ typeUrl, value }) => ({
    type: typeUrl.slice(typeUrl.lastIndexOf("/") + 1),
    value,
  }));
  addTo(error.metadata, plan.trailers);
  throw error;
}

function answer(request: ProbeRequest, context: HandlerContext, index: number) {
  const received = [...context.requestHeader].map(([name, value]) => ({
    name,
    value: name.endsWith("-bin")
      ? Buffer.from(value, "base64")
      : Buffer.from(value, "latin1"),
  }));
  return {
    index,
    payload: Buffer.alloc(request.plan?.size ?? 0, "x"),
    received: index === 0 ? received : [],
    receivedBytes: BigInt(request.payload.length),
    active,
    timeoutMs: BigInt(Math.round(context.timeoutMs() ?? 0)),
  };
}

function addTo(headers: Headers, lines: Line[]): void {
  for (const { name, value } of lines) {
    const bytes = Buffer.from(value);
    const text = bytes.toString(name.endsWith("-bin") ? "base64" : "latin1");
    headers.append(name, text);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

function pause(ms: number): Promise<void> | undefined {
  return ms ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined;
}
