#include "services/matcher/webhook/test_sink.h"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace jiedui::matcher {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr absl::Duration kPatience = absl::Seconds(20);

}  // namespace

TestSink::TestSink()
    : acceptor_(context_, {asio::ip::address_v4::loopback(), 0}),
      thread_([this] { Serve(); }) {}

TestSink::~TestSink() {
  const tcp::endpoint here = acceptor_.local_endpoint();
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
  }
  boost::system::error_code ignored;
  tcp::socket(context_).connect(here, ignored);  // ends the accept
  thread_.join();
}

void TestSink::Answer(std::deque<int> statuses) {
  absl::MutexLock lock(&mutex_);
  answers_ = std::move(statuses);
}

std::vector<SinkRequest> TestSink::WaitFor(size_t count) {
  absl::MutexLock lock(&mutex_);
  auto enough = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return requests_.size() >= count;
  };
  mutex_.AwaitWithTimeout(absl::Condition(&enough), kPatience);
  return requests_;
}

std::string TestSink::Url() const {
  return absl::StrCat("http://127.0.0.1:", acceptor_.local_endpoint().port(),
                      "/hook?from=jiedui");
}

void TestSink::Serve() {
  for (;;) {
    boost::system::error_code error;
    tcp::socket socket = acceptor_.accept(error);
    {
      absl::MutexLock lock(&mutex_);
      if (stopped_) return;
    }
    if (!error) Handle(std::move(socket));
  }
}

void TestSink::Handle(tcp::socket socket) {
  boost::beast::flat_buffer buffer;
  SinkRequest request;
  boost::system::error_code error;
  http::read(socket, buffer, request, error);
  if (error) return;
  int status = 200;
  {
    absl::MutexLock lock(&mutex_);
    if (!answers_.empty()) {
      status = answers_.front();
      answers_.pop_front();
    }
    requests_.push_back(std::move(request));
  }
  if (status == 0) return;
  http::response<http::string_body> response(static_cast<http::status>(status),
                                             11);
  response.set(http::field::location, "http://127.0.0.1:1/");
  response.body() = std::string(1 << 20, 'x');
  response.prepare_payload();
  http::write(socket, response, error);
}

}  // namespace jiedui::matcher
