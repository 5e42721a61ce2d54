// The language and what a mini-program is given, and nothing else.
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { wxRequest } from "../../../services/clients/testing/wx.js";

export type Bundle = typeof import("./miniprogram_bundle.js");

/** What the bundle exports, in a world that has wx and timers. */
export function loadMiniprogram(): Bundle {
  const module = { exports: {} };
  const context = vm.createContext(
    { module, setTimeout, clearTimeout, wx: { request: wxRequest() } },
    { codeGeneration: { strings: false, wasm: false } },
  );
  vm.runInContext(
    "delete globalThis.BigInt; delete globalThis.globalThis",
    context,
  );
  const bundle = new URL("miniprogram_bundle.cjs", import.meta.url);
  vm.runInContext(readFileSync(bundle, "utf8"), context);
  return module.exports as Bundle;
}
