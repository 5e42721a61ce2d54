// connect-web, with its own transport or that of @jiedui/client.
import { createTransport, JieduiError } from "@jiedui/client";
import {
  ConnectError,
  createClient,
  type Transport,
} from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { ProbeService } from "../build/gen/es/probe_pb.js";
import {
  emptyOutcome,
  type Call,
  type Connect,
  type Detail,
  type Limits,
  type Outcome,
} from "./caller.js";
import { detailsOfJiedui } from "./jiedui_details.js";

export const connectWeb: Connect = (baseUrl) =>
  over(createGrpcWebTransport({ baseUrl }), {});

export const jieduiClient: Connect = (baseUrl) =>
  over(createTransport({ baseUrl, retry: { attempts: 1 } }), {
    hidesTrailersOfErrors: "a JieduiError has the details, not the metadata",
  });

function over(transport: Transport, limits: Limits) {
  const client = createClient(ProbeService, transport);
  return {
    limits,
    async call(call: Call): Promise<Outcome> {
      const outcome = emptyOutcome();
      const options = {
        headers: call.headers ?? {},
        timeoutMs: call.timeoutMs ?? 60000,
        ...(call.signal && { signal: call.signal }),
        onHeader: (h: Headers) => (outcome.headers = Object.fromEntries(h)),
        onTrailer: (h: Headers) => (outcome.trailers = Object.fromEntries(h)),
      };
      try {
        if (call.kind === "stream") {
          for await (const message of client.stream(call.request, options)) {
            outcome.messages.push(message);
            call.onMessage?.(message);
          }
        } else {
          const method = call.kind === "unary" ? client.unary : client.missing;
          outcome.messages.push(await method(call.request, options));
        }
      } catch (error) {
        addError(outcome, error);
      }
      return outcome;
    },
  };
}

function addError(outcome: Outcome, error: unknown): void {
  if (error instanceof JieduiError) {
    outcome.code = error.code;
    outcome.message = error.raw;
    outcome.details = detailsOfJiedui(error);
    return;
  }
  const { code, rawMessage, details, metadata } = ConnectError.from(error);
  outcome.code = code;
  outcome.message = rawMessage;
  outcome.details = details as Detail[];
  outcome.trailers = Object.fromEntries(metadata);
}
