import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { GrpcWebFetchTransport } from "@protobuf-ts/grpcweb-transport";
import { RpcError, type RpcMetadata } from "@protobuf-ts/runtime-rpc";
import {
  ProbeRequestSchema,
  ProbeResponseSchema,
} from "../build/gen/es/probe_pb.js";
import { ProbeServiceClient } from "../build/gen/protobuf_ts/probe_pb.client.js";
import {
  ProbeRequest,
  ProbeResponse,
} from "../build/gen/protobuf_ts/probe_pb.js";
import {
  emptyOutcome,
  type Call,
  type Connect,
  type Outcome,
} from "./caller.js";
import { CODE_NAMES, detailsOf } from "./status.js";

export const protobufTs: Connect = (baseUrl) => over(baseUrl, "binary");
export const protobufTsText: Connect = (baseUrl) => over(baseUrl, "text");

function over(baseUrl: string, format: "binary" | "text") {
  const transport = new GrpcWebFetchTransport({ baseUrl, format });
  const client = new ProbeServiceClient(transport);
  return {
    limits: {
      encodedMessages: "it hands grpc-message on percent-encoded",
    },
    async call(call: Call): Promise<Outcome> {
      const outcome = emptyOutcome();
      const add = (message: ProbeResponse) => {
        const bytes = ProbeResponse.toBinary(message);
        const converted = fromBinary(ProbeResponseSchema, bytes);
        outcome.messages.push(converted);
        call.onMessage?.(converted);
      };
      const request = ProbeRequest.fromBinary(
        toBinary(ProbeRequestSchema, call.request),
      );
      const options = {
        meta: call.headers ?? {},
        timeout: call.timeoutMs ?? 60000,
        ...(call.signal && { abort: call.signal }),
      };
      try {
        if (call.kind === "stream") {
          const stream = client.stream(request, options);
          for await (const message of stream.responses) add(message);
          outcome.headers = plain(await stream.headers);
          outcome.trailers = plain(await stream.trailers);
        } else {
          const { response, headers, trailers } = await (call.kind === "unary"
            ? client.unary(request, options)
            : client.missing(request, options));
          add(response);
          outcome.headers = plain(headers);
          outcome.trailers = plain(trailers);
        }
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        outcome.code = CODE_NAMES.indexOf(error.code);
        outcome.message = error.message;
        outcome.trailers = plain(error.meta);
        outcome.details = detailsOf(
          outcome.trailers["grpc-status-details-bin"],
        );
      }
      return outcome;
    },
  };
}

function plain(metadata: RpcMetadata): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
}
