// @jiedui/miniprogram: the README beside it says how it is used.
export { createJiedui, type Jiedui } from "./jiedui.js";
export {
  createChannel,
  createClient,
  type CallOptions,
  type Channel,
  type ChannelOptions,
  type Client,
  type Input,
} from "./client.js";
export type { RequestFunction, RequestTask } from "./request.js";
export type { MessageType, Method, Service, StreamMethod } from "./method.js";

export { Code, JieduiError, type FieldViolation } from "../../shared/errors.js";
export { newRequestId, type RetryPolicy } from "../../shared/retry.js";
export { Stop } from "../../shared/stop.js";
export {
  watch,
  type Page,
  type Source,
  type Watch,
  type WatchOptions,
  type WatchState,
} from "../../shared/watch.js";

// Generated types and enums, by their packages' names.
export * as demand from "./api/demand.js";
export * as matcher from "./api/matcher.js";
export * as type from "./api/type.js";
export * as volunteer from "./api/volunteer.js";
