#include "tools/cli/session.h"

#include <utility>

#include "common/base/status_macros.h"
#include "google/protobuf/message.h"
#include "tools/cli/display.h"
#include "tools/cli/errors.h"

namespace jiedui::cli {

using google::protobuf::Message;

Session::Session(Settings settings, StartLocalServer start_local,
                 std::ostream& out, std::ostream& err, bool err_is_terminal)
    : settings_(std::move(settings)),
      start_local_(std::move(start_local)),
      out_(out),
      err_(err),
      err_is_terminal_(err_is_terminal) {}

Session::~Session() { Close().IgnoreError(); }

absl::Status Session::Connect() {
  if (client_ != nullptr) return absl::OkStatus();
  if (!settings_.data_dir.empty()) {
    LocalServerOptions options;
    options.data_dir = settings_.data_dir;
    options.policy_file = settings_.policy_file;
    ASSIGN_OR_RETURN(std::unique_ptr<LocalServer> local, start_local_(options));
    RETURN_IF_ERROR(local->WaitSettled());
    connection_ = Connection::ToLocal(std::move(local), settings_.data_dir);
  } else {
    absl::StatusOr<Connection> connection =
        Connection::ToServer(settings_.server);
    if (!connection.ok()) return UsageError(Say(Msg::kBadServer));
    connection_ = *std::move(connection);
  }
  client_ = std::make_unique<Client>(*connection_, settings_.calls);
  return absl::OkStatus();
}

absl::Status Session::Call(std::string_view method, const Message& request,
                           Message* response) {
  RETURN_IF_ERROR(Connect());
  return client_->Call(Method(method), request, response);
}

absl::Status Session::Stream(std::string_view method, const Message& request,
                             Message* response,
                             const std::function<absl::Status()>& each) {
  RETURN_IF_ERROR(Connect());
  return client_->Stream(Method(method), request, response, each);
}

std::string Session::Address() const {
  return settings_.data_dir.empty() ? settings_.server : settings_.data_dir;
}

void Session::ShowChanged(const Message& message) {
  if (json()) return ShowJson(CompactJson(message));
  const std::string name = FieldText(message, "name", language());
  const std::string state = FieldText(message, "state", language());
  out_ << (state.empty() ? Say(Msg::kSaved, {{"name", name}})
                         : Say(Msg::kNowIn, {{"name", name}, {"state", state}}))
       << "\n";
}

void Session::ShowRecord(const Message& message) {
  if (json()) return ShowJson(CompactJson(message));
  out_ << RenderRecord(message, language());
}

void Session::ShowJson(std::string_view compact) {
  out_ << PrettyJson(compact);
}

absl::Status Session::Close() {
  client_.reset();
  if (!connection_) return absl::OkStatus();
  absl::Status closed = connection_->Close();
  connection_.reset();
  return closed;
}

}  // namespace jiedui::cli
