// What is posted to a sink.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "jiedui/matcher/store/v1/notice_store.pb.h"

namespace jiedui::matcher {

// The notice as jiedui.matcher.v1.Notice in JSON.
std::string BodyOf(const store::v1::NoticeRecord& notice);

// The value of Jiedui-Signature: "t=<unix seconds>,v1=<hex>", where hex is
// HMAC-SHA256 under `secret` of "<unix seconds>.<body>".
std::string SignatureOf(std::string_view secret, absl::Time now,
                        std::string_view body);

}  // namespace jiedui::matcher
