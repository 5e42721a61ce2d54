// The gateway's own life: TLS, pages, how it ends, what it counts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

#include "common/base/error.h"
#include "tests/gateway/probe_server.h"
#include "tests/gateway/raw_client.h"

namespace jiedui::gateway {
namespace {

namespace asio = boost::asio;
using probe::v1::Plan;
using testing::HasSubstr;
using testing::StartsWith;

std::string Folder(const char* name) {
  const std::string folder = testing::TempDir() + "/gateway_" + name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder + "/assets");
  return folder;
}

void Write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// A key and a certificate signed by itself, as PEM files.
void MakeCertificate(const std::string& certificate_file,
                     const std::string& key_file) {
  constexpr long kHour = 60 * 60;
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  X509* const certificate = X509_new();
  X509_set_version(certificate, X509_VERSION_3);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -kHour);
  X509_gmtime_adj(X509_getm_notAfter(certificate), kHour);
  X509_set_pubkey(certificate, key);
  X509_sign(certificate, key, EVP_sha256());
  std::FILE* file = std::fopen(certificate_file.c_str(), "w");
  PEM_write_X509(file, certificate);
  std::fclose(file);
  file = std::fopen(key_file.c_str(), "w");
  PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

class TlsTest : public testing::Test {
 protected:
  TlsTest() {
    const std::string folder = Folder("tls");
    MakeCertificate(folder + "/cert.pem", folder + "/key.pem");
    GatewayOptions options = ProbeOptions();
    options.listen.push_back({.tls = true});
    options.certificate_file = folder + "/cert.pem";
    options.key_file = folder + "/key.pem";
    options.limits.head_time = std::chrono::milliseconds(500);
    server_ = std::make_unique<ProbeServer>(options);
  }

  using Stream = asio::ssl::stream<asio::ip::tcp::socket>;

  // Connected, not yet shaken hands.
  Stream Connect() {
    Stream stream(context_, tls_);
    stream.next_layer().connect(
        {asio::ip::address_v4::loopback(),
         static_cast<unsigned short>(server_->web_ports()[1])});
    return stream;
  }
  // Everything up to the end of the connection.
  static std::string Exchange(Stream& stream, const std::string& request) {
    asio::write(stream, asio::buffer(request));
    std::string answer;
    boost::system::error_code error;
    asio::read(stream, asio::dynamic_buffer(answer), error);
    EXPECT_EQ(error, asio::error::eof) << error.message();
    return answer;
  }

  asio::io_context context_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  std::unique_ptr<ProbeServer> server_;
};

const std::vector<HeaderLine> kClose = {{"Connection", "close"}};

TEST_F(TlsTest, CallsAreServedAndTheConnectionEndsInGoodOrder) {
  for (const char* path : {kUnary, kStream}) {
    Stream stream = Connect();
    stream.handshake(Stream::client);
    Plan plan;
    plan.set_messages(100);
    plan.set_size(1000);
    const std::string answer =
        Exchange(stream, Post(path, Frame(plan), kBinary, kClose));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(answer, HasSubstr("grpc-status:0"));
  }
}

TEST_F(TlsTest, Http11IsAgreedOnAndNothingOlderThanTls12) {
  Stream stream = Connect();
  const unsigned char offered[] = "\x02h2\x08http/1.1";
  SSL_set_alpn_protos(stream.native_handle(), offered, sizeof offered - 1);
  stream.handshake(Stream::client);
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(stream.native_handle(), &chosen, &size);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(chosen), size),
            "http/1.1");
  Stream old = Connect();
  SSL_set_max_proto_version(old.native_handle(), TLS1_1_VERSION);
  boost::system::error_code error;
  old.handshake(Stream::client, error);
  EXPECT_TRUE(error);
}

TEST_F(TlsTest, WhoDoesNotShakeHandsIsCutOff) {
  RawClient silent(server_->web_ports()[1]);
  EXPECT_NE(silent.AwaitEnd(), RawClient::End::kOpen);
  RawClient plain(server_->web_ports()[1]);
  plain.Send(Post(kUnary, Frame(Plan())));
  EXPECT_NE(plain.AwaitEnd(), RawClient::End::kOpen);
}

TEST_F(TlsTest, WhoIsRefusedWhileSendingGetsTheAnswerAndNoReset) {
  Stream stream = Connect();
  stream.handshake(Stream::client);
  std::string request = Post(kUnary, std::string(100'000, 'x'), kBinary,
                             {{"Transfer-Encoding", "chunked"}});
  EXPECT_THAT(Exchange(stream, request), StartsWith("HTTP/1.1 400"));
  boost::system::error_code error;
  stream.next_layer().shutdown(asio::ip::tcp::socket::shutdown_send, error);
  char byte;
  stream.next_layer().read_some(asio::buffer(&byte, 1), error);
  EXPECT_EQ(error, asio::error::eof) << error.message();
}

TEST_F(TlsTest, AClientThatLeavesCancelsItsCall) {
  Stream stream = Connect();
  stream.handshake(Stream::client);
  Plan plan;
  plan.set_hang(true);
  asio::write(stream, asio::buffer(Post(kUnary, Frame(plan))));
  ASSERT_TRUE(server_->service().WaitForActive(1, absl::Seconds(20)));
  stream.next_layer().close();
  EXPECT_TRUE(server_->service().WaitForActive(0, absl::Seconds(20)));
}

TEST(LifeTest, PagesComeWithTheirTagAndTheirPolicy) {
  const std::string folder = Folder("files");
  Write(folder + "/index.html", "<p>页</p>");
  Write(folder + "/assets/app-A1b2C3d4.js", "plain");
  Write(folder + "/assets/app-A1b2C3d4.js.br", "brotli");
  Write(folder + "/assets/app-A1b2C3d4.js.gz", "gzip");
  Write(folder + "/.secret", "no");
  GatewayOptions options = ProbeOptions();
  options.files = folder;
  ProbeServer server(options);
  RawClient client(server.web_port());
  const auto get = [&client](const std::string& path,
                             const std::string& headers = "") {
    client.Send("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
    return client.Read().value_or(HttpAnswer());
  };
  const HttpAnswer page = get("/?a=b");
  EXPECT_EQ(page.body, "<p>页</p>");
  EXPECT_THAT(page.Header("content-security-policy"),
              StartsWith("default-src 'self'"));
  EXPECT_EQ(page.Header("cache-control"), "no-cache");
  EXPECT_EQ(get("/", "If-None-Match: " + page.Header("etag") + "\r\n").status,
            304);
  const HttpAnswer script =
      get("/assets/app-A1b2C3d4.js", "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(script.body, "brotli");
  EXPECT_EQ(script.Header("content-encoding"), "br");
  EXPECT_THAT(script.Header("cache-control"), HasSubstr("immutable"));
  EXPECT_EQ(
      get("/assets/app-A1b2C3d4.js", "Accept-Encoding: br;q=0, gzip\r\n").body,
      "gzip");
  EXPECT_EQ(get("/assets/app-A1b2C3d4.js").body, "plain");
  for (const char* path :
       {"/.secret", "/../etc/passwd", "/assets/../index.html", "/%2e%2e/x",
        "/assets", "//index.html", "/index.html/",
        "/assets/app-A1b2C3d4.js.gz"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
}

TEST(LifeTest, TheEndLetsCallsFinishAndTakesNoNewOnes) {
  ProbeServer server(ProbeOptions());
  RawClient idle(server.web_port());
  RawClient busy(server.web_port());
  Plan plan;
  plan.set_delay_ms(2000);
  busy.Send(Post(kUnary, Frame(plan)) + Post(kUnary, Frame(plan)));
  ASSERT_TRUE(server.service().WaitForActive(1, absl::Seconds(20)));
  std::thread stopping([&server] { server.gateway().Stop(); });
  EXPECT_EQ(idle.AwaitEnd(), RawClient::End::kClosed);
  const WebAnswer answer = ReadWeb(busy);
  EXPECT_EQ(answer.code, 0);
  EXPECT_EQ(answer.http.Header("connection"), "close");
  EXPECT_FALSE(busy.Read());
  stopping.join();
  EXPECT_EQ(server.gateway().connections(), 0);
}

TEST(LifeTest, WhoeverStopsItWaitsForTheEnd) {
  ProbeServer server(ProbeOptions());
  RawClient client(server.web_port());
  Plan plan;
  plan.set_delay_ms(200);
  client.Send(Post(kUnary, Frame(plan)));
  ASSERT_TRUE(server.service().WaitForActive(1, absl::Seconds(20)));
  std::vector<std::thread> stopping;
  for (int i = 0; i < 3; ++i) {
    stopping.emplace_back([&server] {
      server.gateway().Stop();
      EXPECT_EQ(server.gateway().calls(), 0);
    });
  }
  for (std::thread& one : stopping) one.join();
}

TEST(LifeTest, TheEndCutsOffWhatDoesNotFinish) {
  GatewayOptions options = ProbeOptions();
  options.limits.drain_time = std::chrono::milliseconds(50);
  ProbeServer server(options);
  RawClient client(server.web_port());
  Plan plan;
  plan.set_messages(1);
  plan.set_hang(true);
  client.Send(Post(kStream, Frame(plan)));
  ASSERT_TRUE(client.Await(1));
  server.gateway().Stop();
  EXPECT_EQ(client.AwaitEnd(), RawClient::End::kReset);
  EXPECT_EQ(server.gateway().calls(), 0);
}

TEST(LifeTest, WhatCannotBeStartedSaysWhy) {
  const auto start = [](const GatewayOptions& options) {
    return Gateway::Start(options, [](auto&...) { return nullptr; }).status();
  };
  const ProbeServer other(ProbeOptions());
  GatewayOptions options = ProbeOptions();
  options.listen[0].port = other.web_port();
  EXPECT_TRUE(base::HasReason(start(options), base::Reason::kPortInUse));
  options = ProbeOptions();
  options.files = "/nowhere";
  EXPECT_TRUE(base::HasReason(start(options), base::Reason::kFileUnreadable));
  options = ProbeOptions();
  options.certificate_file = "/nowhere";
  EXPECT_TRUE(base::HasReason(start(options), base::Reason::kFileUnreadable));
  options = ProbeOptions();
  options.allowed_metadata = {"grpc-timeout"};
  EXPECT_TRUE(base::HasReason(start(options), base::Reason::kBadMetadata));
}

TEST(LifeTest, CallsAreCountedByMethodAndCode) {
  rpc::Metrics metrics;
  const int port = *metrics.Expose("127.0.0.1", 0);
  GatewayOptions options = ProbeOptions();
  options.metrics = &metrics;
  ProbeServer server(options);
  Plan plan;
  plan.set_code(9);
  CallOnce(server.web_port(), Post(kUnary, Frame(plan)));
  CallOnce(server.web_port(), Post("/a.b/C", Frame(plan)));
  server.gateway().Stop();  // a call is counted after its answer
  RawClient client(port);
  client.Send("GET /metrics HTTP/1.0\r\n\r\n");
  client.AwaitEnd();
  EXPECT_THAT(client.input(), HasSubstr("jiedui_web_connections"));
  EXPECT_THAT(client.input(),
              HasSubstr("jiedui_web_total{code=\"9\",method=\""));
  EXPECT_THAT(client.input(), HasSubstr("method=\"unknown\""));
}

}  // namespace
}  // namespace jiedui::gateway
