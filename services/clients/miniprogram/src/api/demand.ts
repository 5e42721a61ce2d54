export * from "../../build/gen/jiedui/demand/v1/demand.js";
export * from "../../build/gen/jiedui/demand/v1/demand_service.js";
