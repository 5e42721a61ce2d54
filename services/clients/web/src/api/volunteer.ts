export * from "../../build/gen/jiedui/volunteer/v1/supply_pb.js";
export * from "../../build/gen/jiedui/volunteer/v1/volunteer_pb.js";
export * from "../../build/gen/jiedui/volunteer/v1/volunteer_service_pb.js";
