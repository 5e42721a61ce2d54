// @jiedui/client: the README beside it says how it is used.
export { createJiedui, type Jiedui } from "./jiedui.js";
export { createTransport, type JieduiOptions } from "./transport.js";

export { Code, JieduiError, type FieldViolation } from "../../shared/errors.js";
export { newRequestId, type RetryPolicy } from "../../shared/retry.js";
export {
  watch,
  type Page,
  type Source,
  type Watch,
  type WatchOptions,
  type WatchState,
} from "../../shared/watch.js";

// Generated messages, enums and services, by their packages' names.
export * as demand from "./api/demand.js";
export * as matcher from "./api/matcher.js";
export * as sheet from "./api/sheet.js";
export * as type from "./api/type.js";
export * as volunteer from "./api/volunteer.js";
