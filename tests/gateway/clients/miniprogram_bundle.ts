// What a mini-program would bundle to call the probe: the package as it is
// shipped, and generated code.
export * from "@jiedui/miniprogram";
export { ProbeService } from "../build/gen/miniprogram/api.js";
