export * from "../../build/gen/jiedui/type/v1/codes_pb.js";
export * from "../../build/gen/jiedui/type/v1/pairing_pb.js";
export * from "../../build/gen/jiedui/type/v1/values_pb.js";
