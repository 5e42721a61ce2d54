// What a command has at hand: the services, the language, where to write.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "tools/cli/client.h"
#include "tools/cli/connection.h"
#include "tools/cli/messages.h"
#include "tools/cli/output.h"

namespace jiedui::cli {

// The options of the program itself.
struct Settings {
  Language language = Language::kChinese;
  OutputFormat format = OutputFormat::kTable;
  std::string server;
  std::string data_dir;     // not empty: all services in this process
  std::string policy_file;  // for these; empty: the built-in policy
  CallOptions calls;
};

// Not thread-safe.
class Session {
 public:
  // `err_is_terminal`: progress is drawn there, not written line by line.
  Session(Settings settings, StartLocalServer start_local, std::ostream& out,
          std::ostream& err, bool err_is_terminal);
  ~Session();

  const Settings& settings() const { return settings_; }
  Language language() const { return settings_.language; }
  bool json() const { return settings_.format == OutputFormat::kJson; }
  std::ostream& out() { return out_; }
  std::ostream& err() { return err_; }
  bool err_is_terminal() const { return err_is_terminal_; }
  const StartLocalServer& start_local() const { return start_local_; }

  std::string Say(Msg message, std::initializer_list<MsgArg> args = {}) const {
    return cli::Say(settings_.language, message, args);
  }

  // As Client's, by "DemandService.GetDemand"; connect at the first use.
  absl::Status Call(std::string_view method,
                    const google::protobuf::Message& request,
                    google::protobuf::Message* response);
  absl::Status Stream(std::string_view method,
                      const google::protobuf::Message& request,
                      google::protobuf::Message* response,
                      const std::function<absl::Status()>& each);

  // Where calls go to, for people; connects if need be.
  std::string Address() const;

  // In JSON the message; otherwise one line: what `message` is now.
  void ShowChanged(const google::protobuf::Message& message);
  // In JSON the message; otherwise every field of it.
  void ShowRecord(const google::protobuf::Message& message);
  // Indented JSON of a compact one.
  void ShowJson(std::string_view compact);

  // Lets services in this process settle and stop.
  absl::Status Close();

 private:
  absl::Status Connect();

  Settings settings_;
  StartLocalServer start_local_;
  std::ostream& out_;
  std::ostream& err_;
  bool err_is_terminal_;
  std::optional<Connection> connection_;
  std::unique_ptr<Client> client_;
};

}  // namespace jiedui::cli
