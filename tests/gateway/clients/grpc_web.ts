// The official client, with hand-made descriptors: its code generator cannot be
// had from npm.
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import * as grpcWeb from "grpc-web";
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

export const grpcWebBinary: Connect = (baseUrl) => over(baseUrl, "binary");
export const grpcWebText: Connect = (baseUrl) => over(baseUrl, "text");

const SERVICE = "/jiedui.probe.v1.ProbeService";
function descriptor(kind: Kind) {
  return new grpcWeb.MethodDescriptor<ProbeRequest, ProbeResponse>(
    `${SERVICE}/${METHODS[kind]}`,
    kind === "stream" ? "server_streaming" : "unary",
    Object as never,
    Object as never,
    (request: ProbeRequest) => toBinary(ProbeRequestSchema, request),
    (bytes: Uint8Array) => fromBinary(ProbeResponseSchema, bytes),
  );
}

function over(baseUrl: string, format: "binary" | "text") {
  const client = new grpcWeb.GrpcWebClientBase({ format });
  const limits = {
    silentCancel: "cancel() ends a call without a word",
    lastTrailerWins: "of several trailers with one name it keeps the last",
    ...(format === "binary" && {
      buffersStreams: "an XMLHttpRequest hands binary data over at its end",
    }),
  };
  return {
    limits,
    call(call: Call): Promise<Outcome> {
      const outcome = emptyOutcome();
      const metadata = { ...call.headers };
      if (call.timeoutMs) {
        metadata["deadline"] = String(Date.now() + call.timeoutMs);
      }
      const url = `${baseUrl}${SERVICE}/${METHODS[call.kind]}`;
      return new Promise((resolve) => {
        // The status comes behind the last message, and behind the error.
        const end = () => setTimeout(() => resolve(outcome), 0);
        const add = (message: ProbeResponse) => {
          outcome.messages.push(message);
          call.onMessage?.(message);
        };
        const fail = ({ code, message }: grpcWeb.RpcError) => {
          outcome.code = code;
          outcome.message = message;
          end();
        };
        const method = descriptor(call.kind);
        const stream =
          call.kind === "stream"
            ? client.serverStreaming(url, call.request, metadata, method)
            : client.rpcCall(url, call.request, metadata, method, (e, m) => {
                if (e) return fail(e);
                add(m);
                end();
              });
        stream.on("metadata", (headers) => (outcome.headers = headers));
        stream.on("status", ({ code, details, metadata = {} }) => {
          outcome.code = code;
          outcome.message = details;
          outcome.trailers = metadata;
          outcome.details = detailsOf(metadata["grpc-status-details-bin"]);
        });
        if (call.kind === "stream") {
          stream.on("data", (message) => add(message as ProbeResponse));
          stream.on("error", fail);
          stream.on("end", end);
        }
        call.signal?.addEventListener("abort", () => {
          stream.cancel();
          outcome.code = 1;
          resolve(outcome);
        });
      });
    },
  };
}
