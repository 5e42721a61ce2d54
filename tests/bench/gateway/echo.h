// What Boost.Beast does with a POST when nothing is behind it: the bare peer of
// the gateway.
#pragma once

namespace jiedui::bench {

// Serves on a free port of 127.0.0.1 with so many threads, printing
// {"web":PORT}; answers every request with its own body. Never returns.
[[noreturn]] void ServeEcho(int threads);

}  // namespace jiedui::bench
