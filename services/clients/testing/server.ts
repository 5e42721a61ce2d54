// A gRPC-web server in this process, of connect-node: what answers it gives is
// up to the test.
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";

export interface Server {
  baseUrl: string;
  /** Headers of the requests so far. */
  requests: http.IncomingHttpHeaders[];
  close(): Promise<void>;
}

/** Serves on a free port of 127.0.0.1. */
export async function serve(
  routes: (router: ConnectRouter) => void,
): Promise<Server> {
  const requests: http.IncomingHttpHeaders[] = [];
  const handler = connectNodeAdapter({ routes, connect: false, grpc: false });
  const server = http.createServer((request, response) => {
    requests.push(request.headers);
    handler(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
