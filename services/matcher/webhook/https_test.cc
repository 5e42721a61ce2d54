// Posts over TLS: to whom a certificate is trusted for that very name, and to
// nobody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/matcher/webhook/http_post.h"

namespace jiedui::matcher {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using testing::HasSubstr;

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;

// Signed by itself, for the names of `alternatives` ("DNS:localhost").
Certificate MakeCertificate(EVP_PKEY* key, const char* alternatives) {
  constexpr long kHour = 60 * 60;
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kHour);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kHour);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* const name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("test"), -1,
                             -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509_EXTENSION* const names =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternatives);
  X509_add_ext(certificate.get(), names, -1);
  X509_EXTENSION_free(names);
  X509_sign(certificate.get(), key, EVP_sha256());
  return certificate;
}

std::string PemOf(X509* certificate) {
  BIO* const bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, certificate);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string pem(data, size);
  BIO_free(bio);
  return pem;
}

// Answers one connection, over TLS, with 200.
class TlsSink {
 public:
  explicit TlsSink(const char* alternatives)
      : key_(EVP_EC_gen("P-256")),
        certificate_(MakeCertificate(key_.get(), alternatives)) {
    SSL_CTX_use_certificate(tls_.native_handle(), certificate_.get());
    SSL_CTX_use_PrivateKey(tls_.native_handle(), key_.get());
    thread_ = std::thread([this] { Serve(); });
  }
  ~TlsSink() { thread_.join(); }

  int port() const { return acceptor_.local_endpoint().port(); }
  std::string pem() const { return PemOf(certificate_.get()); }

 private:
  void Serve() {
    boost::system::error_code error;
    asio::ssl::stream<tcp::socket> stream(acceptor_.accept(error), tls_);
    stream.handshake(asio::ssl::stream_base::server, error);
    if (error) return;
    boost::beast::flat_buffer buffer;
    http::request<http::string_body> request;
    http::read(stream, buffer, request, error);
    http::response<http::empty_body> response(http::status::ok, 11);
    response.prepare_payload();
    http::write(stream, response, error);
  }

  asio::io_context context_;
  tcp::acceptor acceptor_{context_, {asio::ip::address_v4::loopback(), 0}};
  asio::ssl::context tls_{asio::ssl::context::tls_server};
  Key key_;
  Certificate certificate_;
  std::thread thread_;
};

AttemptResult PostTo(const std::string& host, const TlsSink& sink,
                     bool trusted) {
  asio::ssl::context tls = MakeTlsContext();
  if (trusted) tls.add_certificate_authority(asio::buffer(sink.pem()));
  asio::io_context context;
  auto result =
      asio::co_spawn(context,
                     Post({*ParseWebhookUrl(absl::StrCat("https://", host, ":",
                                                         sink.port(), "/")),
                           {},
                           "{}"},
                          {.to_private = true}, tls),
                     asio::use_future);
  context.run();
  return result.get();
}

TEST(HttpsTest, ATrustedCertificateForTheNameIsGood) {
  const TlsSink sink("DNS:localhost");
  const AttemptResult result = PostTo("localhost", sink, true);
  EXPECT_EQ(result.http_status, 200) << result.detail;
}

TEST(HttpsTest, ATrustedCertificateForTheAddressIsGood) {
  const TlsSink sink("IP:127.0.0.1");
  const AttemptResult result = PostTo("127.0.0.1", sink, true);
  EXPECT_EQ(result.http_status, 200) << result.detail;
}

TEST(HttpsTest, ACertificateThatNobodyVouchesForIsRefused) {
  const TlsSink sink("DNS:localhost");
  const AttemptResult result = PostTo("localhost", sink, false);
  EXPECT_EQ(result.http_status, 0);
  EXPECT_THAT(result.detail, HasSubstr("certificate"));
}

TEST(HttpsTest, ACertificateForAnotherNameIsRefused) {
  const TlsSink sink("DNS:example.org");
  EXPECT_EQ(PostTo("localhost", sink, true).http_status, 0);
}

}  // namespace
}  // namespace jiedui::matcher
