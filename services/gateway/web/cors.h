// Which web pages may call (https://fetch.spec.whatwg.org/#http-cors-protocol).
// Calls are allowed by a token in a header, never by cookies, so that no answer
// says that credentials are allowed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/gateway/wire/frames.h"

namespace jiedui::gateway {

// Immutable.
class Cors {
 public:
  // Origins as browsers write them, "https://jiedui.example.org"; "*": all.
  explicit Cors(std::vector<std::string> origins);

  // Whether a page of `origin` may call. Also who is no page of another site:
  // no origin at all, or `own`, that of the gateway itself.
  bool Allows(std::string_view origin, std::string_view own) const;

  // The lines for an answer to a page of `origin`, which is allowed: who may
  // read it, and which of the headers `exposed` (names with commas between).
  std::vector<HeaderLine> AnswerLines(std::string_view origin,
                                      std::string_view exposed) const;

  // The lines for the answer to a preflight: which may send those
  // `request_headers` by POST.
  std::vector<HeaderLine> PreflightLines(
      std::string_view origin, std::string_view request_headers) const;

 private:
  std::string Allowed(std::string_view origin) const;

  const std::vector<std::string> origins_;
  const bool all_;
};

}  // namespace jiedui::gateway
