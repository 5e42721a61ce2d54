#include "services/gateway/web/duplex.h"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <utility>

namespace jiedui::gateway {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr size_t kBodyStep = 16 << 10;
// A client that goes on sending after the end is listened to for so long.
constexpr size_t kMostLingering = 256 << 10;

}  // namespace

Duplex::Duplex(asio::any_io_executor executor, std::unique_ptr<Stream> stream)
    : timer_(std::move(executor)), stream_(std::move(stream)) {}

void Duplex::Listen(size_t most, size_t step) {
  if (input_.size() < most) StartRead(step);
}

void Duplex::StartRead(size_t step) {
  if (reading_ || ended_ || broken_) return;
  reading_ = true;
  chunk_.resize(step);
  stream_->Read(asio::buffer(chunk_),
                [self = shared_from_this()](error_code error, size_t bytes) {
                  self->reading_ = false;
                  self->input_.append(self->chunk_, 0, bytes);
                  self->chunk_ = std::string();
                  if (error == asio::error::eof ||
                      error == asio::ssl::error::stream_truncated) {
                    self->ended_ = true;
                  } else if (error && error != asio::error::operation_aborted) {
                    self->broken_ = true;
                  }
                  self->Wake();
                });
}

asio::awaitable<bool> Duplex::More(Time deadline) {
  const size_t before = input_.size();
  StartRead(kBodyStep);
  co_await Until([&] { return input_.size() > before || ended_ || broken_; },
                 deadline);
  co_return input_.size() > before;
}

asio::awaitable<bool> Duplex::Write(std::string bytes, Time deadline) {
  if (broken_) co_return false;
  output_ = std::move(bytes);
  writing_ = true;
  stream_->Write(asio::buffer(output_),
                 [self = shared_from_this()](error_code error, size_t) {
                   self->writing_ = false;
                   self->output_ = std::string();
                   if (error) self->broken_ = true;
                   self->Wake();
                 });
  if (!co_await Until([this] { return !writing_ || broken_; }, deadline)) Cut();
  co_return !broken_;
}

asio::awaitable<bool> Duplex::Handshake(Time deadline) {
  bool done = false;
  // The frame outlives the operation: it waits for it, whatever happens.
  stream_->Handshake([this, &done](error_code error, size_t) {
    done = true;
    if (error) broken_ = true;
    Wake();
  });
  if (!co_await Until([&] { return done; }, deadline)) {
    Cut();
    co_await Until([&] { return done; }, Time::max());
  }
  co_return !broken_;
}

void Duplex::Cut() {
  broken_ = true;
  stream_->Close(/*abruptly=*/true);
  Wake();
}

asio::awaitable<void> Duplex::Close(Time deadline) {
  if (!broken_) {
    if (reading_) stream_->Cancel();
    co_await Until([this] { return !reading_; }, Time::max());
  }
  bool finished = broken_;
  if (!broken_) {
    stream_->Finish([this, &finished](error_code, size_t) {
      finished = true;
      Wake();
    });
  }
  if (!co_await Until([&] { return finished; }, deadline)) {
    stream_->Close(/*abruptly=*/false);
    co_await Until([&] { return finished; }, Time::max());
  }
  size_t lingered = 0;
  while (!ended_ && !broken_ && lingered < kMostLingering) {
    input_.clear();
    if (!co_await More(deadline)) break;
    lingered += input_.size();
  }
  broken_ = true;
  stream_->Close(/*abruptly=*/false);
}

}  // namespace jiedui::gateway
