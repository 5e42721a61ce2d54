// @jiedui/miniprogram over a wx.request, in a world without web APIs.
import { create } from "@bufbuild/protobuf";
import {
  ProbeResponseSchema,
  type ProbeResponse,
} from "../build/gen/es/probe_pb.js";
import type { ProbeResponse as MiniResponse } from "../build/gen/miniprogram/probe.js";
import {
  emptyOutcome,
  type Call,
  type Connect,
  type Outcome,
} from "./caller.js";
import { loadMiniprogram } from "./miniprogram_world.js";
import { detailsOfJiedui, type TypedError } from "./jiedui_details.js";

export const miniprogram: Connect = (baseUrl) => connect(baseUrl, false);
export const miniprogramChunked: Connect = (baseUrl) => connect(baseUrl, true);

function connect(baseUrl: string, chunked: boolean) {
  const { Stop, ProbeService, createChannel, createClient } = loadMiniprogram();
  const channel = createChannel({ baseUrl, chunked, retry: { attempts: 1 } });
  const client = createClient(ProbeService, channel);
  return {
    limits: {
      hidesTrailersOfErrors: "a JieduiError has the details, not the metadata",
      ...(!chunked && {
        buffersStreams: "wx.request hands an answer over at its end",
      }),
    },
    async call(call: Call): Promise<Outcome> {
      const outcome = emptyOutcome();
      const stop = new Stop();
      call.signal?.addEventListener("abort", () => stop.stop());
      const add = (mini: MiniResponse) => {
        const message = converted(mini);
        outcome.messages.push(message);
        call.onMessage?.(message);
      };
      const options = {
        stop,
        timeoutMs: call.timeoutMs ?? 60000,
        headers: call.headers ?? {},
        onHeaders: (h: Record<string, string>) => (outcome.headers = h),
        onTrailers: (h: Record<string, string>) => (outcome.trailers = h),
      };
      try {
        if (call.kind === "stream") {
          await client.stream(call.request, add, options);
        } else if (call.kind === "unary") {
          add(await client.unary(call.request, options));
        } else {
          add(await client.missing(call.request, options));
        }
      } catch (error) {
        const { code, raw } = error as { code: number; raw: string };
        if (raw === undefined) throw error;
        outcome.code = code;
        outcome.message = raw;
        outcome.details = detailsOfJiedui(error as TypedError);
      }
      return outcome;
    },
  };
}

function converted(mini: MiniResponse): ProbeResponse {
  return create(ProbeResponseSchema, {
    ...mini,
    payload: new Uint8Array(mini.payload),
    received: mini.received.map(({ name, value }) => ({
      name,
      value: new Uint8Array(value),
    })),
    timeoutMs: BigInt(mini.timeoutMs),
    receivedBytes: BigInt(mini.receivedBytes),
  });
}
