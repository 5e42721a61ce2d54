#include "services/gateway/wire/frames.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"

namespace jiedui::gateway {
namespace {

using base::HasReason;
using base::Reason;
using namespace std::string_literals;

constexpr size_t kLimit = 10;

// All of a body, in pieces of `step` bytes.
absl::Status Decode(std::string_view body, size_t step, Message* message) {
  FrameDecoder decoder(kLimit);
  for (size_t i = 0; i < body.size(); i += step) {
    const absl::Status fed = decoder.Feed(body.substr(i, step));
    if (!fed.ok()) return fed;
  }
  const absl::Status finished = decoder.Finish();
  if (finished.ok()) *message = decoder.TakeMessage();
  return finished;
}

absl::Status Decode(std::string_view body) {
  Message message;
  return Decode(body, body.size() + 1, &message);
}

TEST(FramesTest, AMessageComesOutAsItWentIn) {
  for (const std::string& text : {""s, "x"s, "0123456789"s, "\0\xff\r\n"s}) {
    for (size_t step = 1; step < 17; ++step) {
      Message message;
      ASSERT_TRUE(Decode(MessageFrame(text, false), step, &message).ok());
      EXPECT_EQ(message.bytes, text);
      EXPECT_FALSE(message.compressed);
    }
  }
}

TEST(FramesTest, TheFlagOfCompressionIsTold) {
  Message message;
  ASSERT_TRUE(Decode(MessageFrame("x", true), 100, &message).ok());
  EXPECT_TRUE(message.compressed);
}

TEST(FramesTest, AMessageOverTheLimitIsRefusedWhenItIsAnnounced) {
  FrameDecoder decoder(kLimit);
  EXPECT_TRUE(HasReason(decoder.Feed("\0\0\0\0\x0b"s), Reason::kTooLarge));
  FrameDecoder largest(kLimit);
  EXPECT_TRUE(
      HasReason(largest.Feed("\0\xff\xff\xff\xff"s), Reason::kTooLarge));
}

TEST(FramesTest, OneMessageIsWantedAndNoOtherNumber) {
  EXPECT_TRUE(HasReason(Decode(""), Reason::kNotOneRequest));
  const std::string frame = MessageFrame("", false);
  EXPECT_TRUE(HasReason(Decode(frame + frame), Reason::kNotOneRequest));
}

TEST(FramesTest, ABodyThatEndsInsideAFrameIsRefused) {
  const std::string frame = MessageFrame("abc", false);
  for (size_t size = 1; size < frame.size(); ++size) {
    EXPECT_TRUE(HasReason(Decode(frame.substr(0, size)), Reason::kBadFrames));
  }
}

TEST(FramesTest, TrailersAndUnknownFlagsAreRefused) {
  EXPECT_TRUE(HasReason(Decode("\x80\0\0\0\0"s), Reason::kBadFrames));
  EXPECT_TRUE(HasReason(Decode("\x02\0\0\0\0"s), Reason::kBadFrames));
}

TEST(FramesTest, TrailersAreLowerCaseLinesThatEndInCrLf) {
  EXPECT_EQ(
      TrailersFrame(9, "满 100%", {{"a", "1"}, {"a", "2"}}),
      "\x80\0\0\0\x38"
      "grpc-status:9\r\ngrpc-message:%E6%BB%A1 100%25\r\na:1\r\na:2\r\n"s);
  EXPECT_EQ(TrailersFrame(0, "", {}), "\x80\0\0\0\x0fgrpc-status:0\r\n"s);
}

}  // namespace
}  // namespace jiedui::gateway
