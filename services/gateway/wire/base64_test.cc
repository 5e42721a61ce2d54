#include "services/gateway/wire/base64.h"

#include <gtest/gtest.h>

namespace jiedui::gateway {
namespace {

bool Decode(std::string_view text, size_t step, std::string* bytes) {
  Base64Decoder decoder;
  bytes->clear();
  for (size_t i = 0; i < text.size(); i += step) {
    if (!decoder.Feed(text.substr(i, step), bytes).ok()) return false;
  }
  return decoder.Finish().ok();
}

TEST(Base64Test, SegmentsCutAnywhereDecodeToTheirBytes) {
  const std::string text = Base64Encode("a") + Base64Encode("bc") +
                           Base64Encode("def") + Base64Encode("ghij");
  EXPECT_EQ(text, "YQ==YmM=ZGVmZ2hpag==");
  for (size_t step = 1; step <= text.size(); ++step) {
    std::string bytes;
    ASSERT_TRUE(Decode(text, step, &bytes)) << step;
    EXPECT_EQ(bytes, "abcdefghij");
  }
}

TEST(Base64Test, AllBytesSurvive) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  std::string bytes;
  ASSERT_TRUE(Decode(Base64Encode(all), 7, &bytes));
  EXPECT_EQ(bytes, all);
}

TEST(Base64Test, WhatIsNotBase64IsRefused) {
  for (const char* text : {"YQ=", "YQ", "YQ==Y", "Y===", "====", "=YQ=", "YQ=a",
                           "YQ-_", "YQ\r\n", " YQ=", "YQ..", "YWI\xc3"}) {
    for (size_t step = 1; step <= 5; ++step) {
      std::string bytes;
      EXPECT_FALSE(Decode(text, step, &bytes)) << text << " by " << step;
    }
  }
}

}  // namespace
}  // namespace jiedui::gateway
