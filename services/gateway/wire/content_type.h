// The content types of gRPC-web.
#pragma once

#include <optional>
#include <string_view>

namespace jiedui::gateway {

// How a body is written: raw frames, or the same in base64.
enum class Mode { kBinary, kText };

// `application/grpc-web`, `application/grpc-web-text`, each alone or with
// `+proto`, in any case, with or without parameters. Nothing for all others.
std::optional<Mode> ModeOf(std::string_view content_type);

// What an answer in `mode` is labelled with.
std::string_view ContentTypeOf(Mode mode);

}  // namespace jiedui::gateway
