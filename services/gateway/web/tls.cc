#include "services/gateway/web/tls.h"

#include <openssl/ssl.h>

#include <utility>

#include "common/base/error.h"

namespace jiedui::gateway {
namespace {

namespace ssl = boost::asio::ssl;

// One name of application-layer protocols, with its length (RFC 7301).
constexpr unsigned char kHttp11[] = "\x08http/1.1";
constexpr unsigned kHttp11Size = sizeof kHttp11 - 1;

int ChooseHttp11(SSL*, const unsigned char** chosen, unsigned char* size,
                 const unsigned char* offered, unsigned offered_size, void*) {
  unsigned char* match = nullptr;
  if (SSL_select_next_proto(&match, size, kHttp11, kHttp11Size, offered,
                            offered_size) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = match;
  return SSL_TLSEXT_ERR_OK;
}

absl::Status Unreadable(const std::string& path,
                        const boost::system::error_code& error) {
  return base::MakeError(base::Reason::kFileUnreadable,
                         {{"path", path}, {"detail", error.message()}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<ssl::context>> MakeTlsContext(
    const std::string& certificate_file, const std::string& key_file) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX* const native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION |
                                  SSL_OP_CIPHER_SERVER_PREFERENCE |
                                  SSL_OP_NO_COMPRESSION);
  // Idle connections hold no buffers.
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(native, ChooseHttp11, nullptr);
  boost::system::error_code error;
  context->use_certificate_chain_file(certificate_file, error);
  if (error) return Unreadable(certificate_file, error);
  context->use_private_key_file(key_file, ssl::context::pem, error);
  if (error) return Unreadable(key_file, error);
  return context;
}

}  // namespace jiedui::gateway
