// The clients that run in a browser.
import type { Connect } from "./caller.js";
import { connectWeb, jieduiClient } from "./connect.js";
import { grpcWebBinary, grpcWebText } from "./grpc_web.js";
import { improbable } from "./improbable.js";
import { protobufTs, protobufTsText } from "./protobuf_ts.js";
import { runCases, type Result } from "./run.js";

const CLIENTS: Record<string, Connect> = {
  "connect-web": connectWeb,
  "protobuf-ts binary": protobufTs,
  "protobuf-ts text": protobufTsText,
  "grpc-web binary": grpcWebBinary,
  "grpc-web text": grpcWebText,
  "improbable-eng": improbable,
  "@jiedui/client": jieduiClient,
};

declare global {
  interface Window {
    clients: string[];
    runClient(
      name: string,
      baseUrl: string,
      messageLimit: number,
    ): Promise<Result[]>;
  }
}

window.clients = Object.keys(CLIENTS);
window.runClient = (name, baseUrl, messageLimit) =>
  runCases(CLIENTS[name]!, baseUrl, messageLimit);
