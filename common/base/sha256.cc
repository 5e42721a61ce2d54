#include "common/base/sha256.h"

#include <openssl/sha.h>

#include "absl/strings/escaping.h"

namespace jiedui::base {

std::string Sha256(std::initializer_list<std::string_view> parts) {
  // The one-shot EVP calls allocate a context each time, which costs as much
  // as hashing a kilobyte; the plain context lives on the stack.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  SHA256_CTX context;
  SHA256_Init(&context);
  for (std::string_view part : parts) {
    SHA256_Update(&context, part.data(), part.size());
  }
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256_Final(reinterpret_cast<unsigned char*>(digest.data()), &context);
#pragma GCC diagnostic pop
  return digest;
}

std::string Hex(std::string_view bytes) {
  return absl::BytesToHexString({bytes.data(), bytes.size()});
}

}  // namespace jiedui::base
