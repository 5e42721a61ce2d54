#include "services/matcher/webhook/message.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/query/convert.h"
#include "google/protobuf/util/json_util.h"
#include "jiedui/matcher/v1/notice.pb.h"

namespace jiedui::matcher {

std::string BodyOf(const store::v1::NoticeRecord& notice) {
  v1::Notice api;
  query::CopyByName(notice.notice(), api);
  std::string json;
  // Fails for malformed UTF-8 only, which proto3 strings never hold.
  (void)google::protobuf::util::MessageToJsonString(api, &json);
  return json;
}

std::string SignatureOf(std::string_view secret, absl::Time now,
                        std::string_view body) {
  const std::string time = absl::StrCat(absl::ToUnixSeconds(now));
  const std::string text =
      absl::StrCat(time, ".", absl::string_view(body.data(), body.size()));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
  unsigned int length = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       mac.data(), &length);
  return absl::StrCat("t=", time, ",v1=",
                      absl::BytesToHexString(
                          {reinterpret_cast<const char*>(mac.data()), length}));
}

}  // namespace jiedui::matcher
