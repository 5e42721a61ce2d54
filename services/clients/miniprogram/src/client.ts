// Clients of services, by the methods of generated code.
import { systemClock, type Clock } from "../../shared/clock.js";
import { Code, JieduiError } from "../../shared/errors.js";
import {
  defaultRetryPolicy,
  isRepeatable,
  withRetry,
  type RetryPolicy,
} from "../../shared/retry.js";
import { Stop } from "../../shared/stop.js";
import { askForToken, type TokenProvider } from "../../shared/token.js";
import { decode, encode } from "./codec.js";
import type { Metadata } from "./frames.js";
import type { Method, Service, StreamMethod } from "./method.js";
import { request, type RequestFunction } from "./request.js";

declare const wx: { request: RequestFunction };

export interface ChannelOptions {
  /** Where the gateway is, for instance https://jiedui.example.cn. */
  baseUrl: string;
  /** Asked before every attempt for what goes into "authorization: Bearer";
   * undefined: nothing. Keeping and renewing it is the caller's. */
  token?: TokenProvider;
  /** Who acts, as the server will note it. */
  actor?: string;
  /** For calls that say nothing else, all attempts together; 30 s. Not for
   * streams. */
  timeoutMs?: number;
  retry?: Partial<RetryPolicy>;
  /** Answers of streams piece by piece (enableChunked). Devices differ in how
   * well they do it, hence only on demand; without it a watch polls. */
  chunked?: boolean;
  /** Instead of wx.request. */
  request?: RequestFunction;
  clock?: Clock;
}

/** Where calls go, and how. */
export interface Channel extends ChannelOptions {
  readonly retry: RetryPolicy;
}

export interface CallOptions {
  timeoutMs?: number;
  /** Stopping it cancels the call. */
  stop?: Stop;
  headers?: Metadata;
  onHeaders?(headers: Metadata): void;
  onTrailers?(trailers: Metadata): void;
}

/** A request: whatever is left out has its default. */
export type Input<T> = T extends Date | Uint8Array | string | number | boolean
  ? T
  : T extends (infer Item)[]
    ? Input<Item>[]
    : T extends object
      ? { [Name in keyof T]?: Input<T[Name]> | undefined }
      : T;

type Call<M> =
  M extends StreamMethod<infer I, infer O>
    ? (
        input: Input<I>,
        onMessage: (message: O) => void,
        options?: CallOptions,
      ) => Promise<void>
    : M extends Method<infer I, infer O>
      ? (input: Input<I>, options?: CallOptions) => Promise<O>
      : never;

/** One function a method. All of them reject with a JieduiError. */
export type Client<S extends Service> = {
  readonly [Name in keyof S["methods"]]: Call<S["methods"][Name]>;
};

/** Needs no network. */
export function createChannel(options: ChannelOptions): Channel {
  return { ...options, retry: { ...defaultRetryPolicy, ...options.retry } };
}

/** The client of a service. */
export function createClient<S extends Service>(
  service: S,
  channel: Channel,
): Client<S> {
  const client: { [name: string]: unknown } = {};
  for (const [name, method] of Object.entries(service.methods)) {
    client[name] = method.stream
      ? (input: object, onMessage: (m: unknown) => void, o: CallOptions = {}) =>
          callOnce(service, method, channel, input, onMessage, o, o.timeoutMs)
      : (input: object, options: CallOptions = {}) =>
          callUnary(service, method, channel, input, options);
  }
  return client as Client<S>;
}

function callUnary(
  service: Service,
  method: Method<unknown, unknown>,
  channel: Channel,
  input: object,
  options: CallOptions,
): Promise<unknown> {
  return withRetry(
    async (leftMs) => {
      const answers: unknown[] = [];
      const collect = (message: unknown) => answers.push(message);
      await callOnce(service, method, channel, input, collect, options, leftMs);
      if (answers.length === 1) return answers[0];
      throw new JieduiError(Code.INTERNAL, `${answers.length} answers`);
    },
    {
      repeatable: isRepeatable(!!method.repeatable, input),
      policy: channel.retry,
      clock: channel.clock || systemClock,
      stop: options.stop || new Stop(),
      timeoutMs: options.timeoutMs ?? channel.timeoutMs ?? 30000,
    },
  );
}

async function callOnce(
  service: Service,
  method: Service["methods"][string],
  channel: Channel,
  input: object,
  onMessage: (message: unknown) => void,
  options: CallOptions,
  timeoutMs: number | undefined,
): Promise<void> {
  const { tables } = service;
  const type = { tables, index: method.response };
  const { headers, trailers } = await request(channel.request || wx.request, {
    url: `${channel.baseUrl.replace(/\/+$/, "")}/${service.name}/${method.name}`,
    header: await headerOf(channel, options, timeoutMs),
    body: encode({ tables, index: method.request }, input),
    timeoutMs,
    stop: options.stop || new Stop(),
    chunked: !!(method.stream && channel.chunked),
    onMessage: (bytes) => onMessage(decoded(type, bytes)),
  });
  options.onHeaders?.(headers);
  options.onTrailers?.(trailers);
}

function decoded(
  type: { tables: readonly string[]; index: number },
  bytes: Uint8Array,
): unknown {
  try {
    return decode(type, bytes);
  } catch (error) {
    throw new JieduiError(Code.INTERNAL, `the answer is damaged: ${error}`);
  }
}

async function headerOf(
  channel: Channel,
  options: CallOptions,
  timeoutMs: number | undefined,
): Promise<Metadata> {
  const header: Metadata = {
    ...options.headers,
    "content-type": "application/grpc-web+proto",
    accept: "application/grpc-web+proto",
    "x-grpc-web": "1",
    "x-user-agent": "jiedui-miniprogram",
  };
  if (timeoutMs !== undefined) {
    header["grpc-timeout"] = `${Math.min(Math.ceil(timeoutMs), 99999999)}m`;
  }
  if (channel.actor)
    header["x-jiedui-actor"] = encodeURIComponent(channel.actor);
  const token = await askForToken(
    channel.token,
    channel.clock || systemClock,
    options.stop || new Stop(),
    timeoutMs,
  );
  if (token) header["authorization"] = `Bearer ${token}`;
  return header;
}
