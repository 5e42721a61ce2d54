// Which names the gateway goes by.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jiedui::gateway {

// A page of another site whose name has been made to point here (DNS rebinding)
// sends that name as Host, and looks like a page of our own. So a name must be
// one of ours. Immutable.
class Hosts {
 public:
  // In lower case, without ports; "*": any name.
  explicit Hosts(std::vector<std::string> names);

  // Whether a request with this Host ("name:port", "[::1]:port", or nothing
  // under HTTP/1.0) is for us: addresses and "localhost" always are.
  bool Have(std::string_view host) const;

 private:
  const std::vector<std::string> names_;
};

}  // namespace jiedui::gateway
