export * from "../../build/gen/jiedui/sheet/v1/sheet_service_pb.js";
