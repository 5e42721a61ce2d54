export * from "../../build/gen/jiedui/matcher/v1/dispatch.js";
export * from "../../build/gen/jiedui/matcher/v1/dispatch_service.js";
export * from "../../build/gen/jiedui/matcher/v1/matcher.js";
export * from "../../build/gen/jiedui/matcher/v1/matcher_service.js";
export * from "../../build/gen/jiedui/matcher/v1/notice.js";
export * from "../../build/gen/jiedui/matcher/v1/notice_service.js";
export * from "../../build/gen/jiedui/matcher/v1/record.js";
export * from "../../build/gen/jiedui/matcher/v1/record_service.js";
