import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { grpc } from "@improbable-eng/grpc-web";
import {
  ProbeRequestSchema,
  ProbeResponseSchema,
  type ProbeRequest,
  type ProbeResponse,
} from "../build/gen/es/probe_pb.js";
import {
  emptyOutcome,
  METHODS,
  type Call,
  type Connect,
  type Kind,
  type Outcome,
} from "./caller.js";
import { detailsOf } from "./status.js";

// The library wants classes of google-protobuf's shape.
class Request {
  constructor(private readonly message: ProbeRequest) {}
  serializeBinary() {
    return toBinary(ProbeRequestSchema, this.message);
  }
  toObject() {
    return {};
  }
}
class Response {
  constructor(readonly message: ProbeResponse) {}
  static deserializeBinary(bytes: Uint8Array) {
    return new Response(fromBinary(ProbeResponseSchema, bytes));
  }
  toObject() {
    return {};
  }
}

function descriptor(kind: Kind) {
  return {
    methodName: METHODS[kind],
    service: { serviceName: "jiedui.probe.v1.ProbeService" },
    requestStream: false,
    responseStream: kind === "stream",
    requestType: Request,
    responseType: Response,
  } as unknown as grpc.MethodDefinition<never, never>;
}

export const improbable: Connect = (host) => ({
  limits: { silentCancel: "close() ends a call without a word" },
  call(call: Call): Promise<Outcome> {
    const outcome = emptyOutcome();
    const metadata = new grpc.Metadata(call.headers ?? {});
    // It has no timer of its own: the gateway keeps the deadline.
    if (call.timeoutMs) metadata.set("grpc-timeout", `${call.timeoutMs}m`);
    return new Promise((resolve) => {
      const request = grpc.invoke(descriptor(call.kind), {
        host,
        metadata,
        request: new Request(call.request) as never,
        onHeaders: (headers) => (outcome.headers = plain(headers)),
        onMessage(response) {
          const { message } = response as unknown as Response;
          outcome.messages.push(message);
          call.onMessage?.(message);
        },
        onEnd(code, message, trailers) {
          outcome.code = code;
          outcome.message = message;
          outcome.trailers = plain(trailers);
          outcome.details = detailsOf(
            outcome.trailers["grpc-status-details-bin"],
          );
          resolve(outcome);
        },
      });
      call.signal?.addEventListener("abort", () => {
        request.close();
        outcome.code = 1;
        resolve(outcome);
      });
    });
  },
});

function plain(metadata: grpc.Metadata): Record<string, string> {
  const plain: Record<string, string> = {};
  metadata.forEach((name, values) => {
    plain[name.toLowerCase()] = values.join(", ");
  });
  return plain;
}
