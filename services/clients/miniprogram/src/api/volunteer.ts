export * from "../../build/gen/jiedui/volunteer/v1/volunteer.js";
export * from "../../build/gen/jiedui/volunteer/v1/volunteer_service.js";
