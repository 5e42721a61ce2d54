#include "services/gateway/bind.h"

#include <sys/resource.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/rpc/log.h"
#include "services/gateway/web/listener.h"
#include "services/gateway/web/tls.h"

namespace jiedui::gateway {
namespace {

using base::MakeError;
using base::Reason;

// gRPC keeps these for itself, and ends the process over a malformed name.
bool MayGoUp(const std::string& name) {
  return !name.empty() && !name.starts_with("grpc-") &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) ||
                  c == '-' || c == '_' || c == '.';
         });
}

// As many connections as the machine lets this process have.
void RaiseFileLimit() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

void LogCall(const CallRecord& call) {
  rpc::LogInfo(
      "web.call",
      {{"method", std::string(call.method)},
       {"code", absl::StrCat(call.code)},
       {"in", absl::StrCat(call.bytes_in)},
       {"out", absl::StrCat(call.bytes_out)},
       {"ms", absl::StrFormat("%.3f", absl::ToDoubleMilliseconds(
                                          absl::FromChrono(call.took)))}});
}

// What is done with every call at its end.
std::function<void(const CallRecord&)> Recorder(const GatewayOptions& options) {
  rpc::Metrics::CountCall count;
  if (options.metrics != nullptr) {
    count = options.metrics->AddCalls("jiedui_web", "Finished gRPC-web calls");
  }
  return [log = options.access_log, count](const CallRecord& call) {
    if (log) LogCall(call);
    if (count) count(std::string(call.method), call.code, call.took);
  };
}

std::function<void(double change)> ConnectionGauge(
    const GatewayOptions& options) {
  if (options.metrics == nullptr) return [](double) {};
  return options.metrics->AddGauge("jiedui_web_connections",
                                   "Open connections of web clients");
}

}  // namespace

struct Gateway::Parts {
  Parts(const GatewayOptions& options, StaticFiles files, Resolver resolve,
        std::function<bool()> is_healthy)
      : site{.limits = options.limits,
             .cors = Cors(options.origins),
             .hosts = Hosts(options.hosts),
             .methods = MethodTable(options.services),
             .allowed_metadata = AllowedNames(options.allowed_metadata.begin(),
                                              options.allowed_metadata.end()),
             .files = std::move(files),
             .resolve = std::move(resolve),
             .on_call = Recorder(options),
             .on_connections = ConnectionGauge(options),
             .is_healthy = std::move(is_healthy),
             .connections = Counter(options.limits.connections,
                                    options.limits.connections_each),
             .calls = Counter(options.limits.calls, options.limits.calls_each),
             .streams =
                 Counter(options.limits.streams, options.limits.streams_each),
             .bodies = Budget(options.limits.buffered_bytes),
             .answers = Budget(options.limits.answering_bytes)},
        listener(&site, options.threads) {}

  Site site;
  std::unique_ptr<boost::asio::ssl::context> tls;
  Listener listener;
};

Gateway::Gateway(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(
    const GatewayOptions& options, Resolver resolve,
    std::function<bool()> is_healthy) {
  for (const std::string& name : options.allowed_metadata) {
    if (!MayGoUp(name)) {
      return MakeError(Reason::kBadMetadata, {{"name", name}});
    }
  }
  RaiseFileLimit();
  StaticFiles files;
  if (!options.files.empty()) {
    ASSIGN_OR_RETURN(files, StaticFiles::Load(options.files));
  }
  auto parts = std::make_unique<Parts>(
      options, std::move(files), std::move(resolve), std::move(is_healthy));
  if (!options.certificate_file.empty()) {
    ASSIGN_OR_RETURN(
        parts->tls, MakeTlsContext(options.certificate_file, options.key_file));
  }
  std::unique_ptr<Gateway> gateway(new Gateway(std::move(parts)));
  for (const ListenAddress& address : options.listen) {
    boost::asio::ssl::context* const tls =
        address.tls ? gateway->parts_->tls.get() : nullptr;
    if (address.tls && tls == nullptr) {
      return MakeError(Reason::kFieldRequired, {{"field", "certificate"}});
    }
    ASSIGN_OR_RETURN(const int port, gateway->parts_->listener.Listen(
                                         address.host, address.port, tls));
    gateway->ports_.push_back(port);
  }
  gateway->parts_->listener.Run();
  return gateway;
}

Gateway::~Gateway() { Stop(); }

int Gateway::connections() const { return parts_->site.connections.count(); }

int Gateway::calls() const { return parts_->site.calls.count(); }

void Gateway::Stop() { parts_->listener.Stop(); }

}  // namespace jiedui::gateway
