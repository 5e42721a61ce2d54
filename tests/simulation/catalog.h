// What is there, as the services' facts tell: what people would see in lists,
// and what the next facts must agree with.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/journal/v1/journal.pb.h"

namespace jiedui::simulation {

struct Thing {
  std::string kind;  // full name of the stored message
  std::string state;
  uint64_t version = 0;

  // Of those kinds that have them.
  std::string demand;
  std::string pairing;
  std::string person;  // addressee, or who is checked in
};

class Catalog {
 public:
  // Takes over what a fact says of its subject.
  void Learn(const journal::v1::Fact& fact);

  // Nothing for what is not there.
  const Thing* Find(std::string_view name) const;

  // Names in one collection ("offers"), in order, of those that `wanted` says.
  std::vector<std::string> Names(
      std::string_view collection,
      const std::function<bool(const Thing&)>& wanted) const;
  std::vector<std::string> InStates(std::string_view collection,
                                    std::string_view states) const;

 private:
  std::map<std::string, Thing, std::less<>> things_;
};

// Whether facts of that kind are about something with a name, versions and a
// life of its own.
bool IsThing(std::string_view kind);

// Whether `state` is one of `states`, divided by bars.
bool Among(std::string_view state, std::string_view states);

}  // namespace jiedui::simulation
