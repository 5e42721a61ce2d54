export * from "../../build/gen/jiedui/type/v1/codes.js";
export * from "../../build/gen/jiedui/type/v1/pairing.js";
export * from "../../build/gen/jiedui/type/v1/values.js";
