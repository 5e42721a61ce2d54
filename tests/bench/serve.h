// What this program is when it is started as a server.
#pragma once

#include <string>

namespace jiedui::bench {

// jiedui_bench --serve KIND DATA
inline constexpr char kServeFlag[] = "--serve";

// Kinds of servers.
inline constexpr char kDemandServer[] = "demand";  // the demand registry
inline constexpr char kAllInOneServer[] = "all";   // all services
inline constexpr char kEchoServer[] = "echo";      // the bare callback echo

// The method of the echo.
inline constexpr char kEcho[] = "/jiedui.bench.EchoService/Echo";

// Says its port on standard output and serves until SIGTERM. `data` is the
// folder of its data; of the echo: the file with the bytes of its answer.
// Returns the exit code.
int Serve(const std::string& kind, const std::string& data);

}  // namespace jiedui::bench
