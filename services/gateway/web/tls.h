// TLS as the gateway speaks it: 1.2 and later, HTTP/1.1 only.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace jiedui::gateway {

// With a chain of certificates and its key, PEM files. Errors: kFileUnreadable,
// also when the two do not belong together.
absl::StatusOr<std::unique_ptr<boost::asio::ssl::context>> MakeTlsContext(
    const std::string& certificate_file, const std::string& key_file);

}  // namespace jiedui::gateway
