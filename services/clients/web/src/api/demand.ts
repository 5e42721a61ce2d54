export * from "../../build/gen/jiedui/demand/v1/demand_pb.js";
export * from "../../build/gen/jiedui/demand/v1/demand_service_pb.js";
