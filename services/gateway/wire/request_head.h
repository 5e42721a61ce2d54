// A strict look at the head of an HTTP/1.1 request before it is parsed.
//
// Boost.Beast 1.81 lets pass what two programs in a row may read differently
// (RFC 9112, section 11.2, request smuggling): obsolete line folding, equal
// Content-Lengths twice, other transfer codings, and bytes of a target that no
// URL holds. Here every doubt is an error.
#pragma once

#include <string_view>

namespace jiedui::gateway {

// The HTTP status to refuse a head with; kGood when it may be parsed.
enum class HeadVerdict {
  kGood = 0,
  kBadRequest = 400,
  kNotImplemented = 501,  // a transfer coding other than chunked
  kBadVersion = 505,
};

// `head` is all from the request line to the empty line, both included.
// REQUIRES: it ends with the first CRLF CRLF of the connection.
//
// Good: "METHOD SP TARGET SP HTTP/1.1" (or 1.0) with a target that begins with
// "/" (or is "*") and is visible ASCII; every line ends in CRLF, has a token, a
// colon at once behind it, and no control characters but tabs; at most one of
// Content-Length (digits only, once) and Transfer-Encoding ("chunked", once,
// not under HTTP/1.0); exactly one Host under HTTP/1.1, at most one under 1.0.
HeadVerdict CheckHead(std::string_view head);

}  // namespace jiedui::gateway
