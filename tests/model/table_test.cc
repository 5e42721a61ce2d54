// The model's transitions are the code's. The model knows only some of the
// states; between those, it must have every transition that the code has, and
// no other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <span>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/matcher/domain/life.h"

namespace jiedui::matcher {
namespace {

struct Transition {
  std::set<std::string> from;
  std::string to;
  friend bool operator==(const Transition&, const Transition&) = default;
};
void PrintTo(const Transition& transition, std::ostream* out) {
  *out << testing::PrintToString(transition.from) << " -> " << transition.to;
}
using Table = std::map<std::string, Transition>;  // by verb

// Lines such as
//   #define OFFER_WITHDRAW(d) FROM2(offer[d], PENDING, ACCEPTED), WITHDRAWN
Table ReadModel(const std::string& kind) {
  std::ifstream file(JIEDUI_SOURCE_DIR "/tests/model/dispatch.pml");
  EXPECT_TRUE(file.is_open());
  const std::regex line_of(
      "#define " + kind +
      R"(_([A-Z_]+)\(d\) FROM\d?\(\w+\[d\], ([A-Z, ]+)\), ([A-Z]+))");
  Table table;
  std::string line;
  while (std::getline(file, line)) {
    std::smatch parts;
    if (!std::regex_match(line, parts, line_of)) {
      EXPECT_FALSE(line.starts_with("#define " + kind + "_")) << line;
      continue;
    }
    const std::string verb = absl::StrReplaceAll(
        absl::AsciiStrToLower(parts[1].str()), {{"_", "-"}});
    Transition& transition = table[verb];
    for (const auto& from : absl::StrSplit(parts[2].str(), ", ")) {
      transition.from.emplace(from.data(), from.size());
    }
    transition.to = parts[3].str();
  }
  return table;
}

std::set<std::string> StatesOf(const Table& table) {
  std::set<std::string> states;
  for (const auto& [verb, transition] : table) {
    states.insert(transition.from.begin(), transition.from.end());
    states.insert(transition.to);
  }
  return states;
}

// What the model leaves out: it asks one person at a time, so that nobody has
// to give way.
const std::set<std::string> kLeftOut = {"give-way"};

// What the code has between `states`. A verb that leaves the state as it is
// is not a transition.
Table ReadCode(std::span<const Verb* const> verbs,
               const std::set<std::string>& states) {
  Table table;
  for (const Verb* verb : verbs) {
    Transition transition;
    transition.to = std::string(verb->to);
    for (absl::string_view from : absl::StrSplit(
             absl::string_view(verb->from.data(), verb->from.size()), '|')) {
      const std::string state(from.data(), from.size());
      if (states.contains(state)) transition.from.insert(state);
    }
    if (!states.contains(transition.to) || transition.from.empty() ||
        kLeftOut.contains(std::string(verb->name))) {
      continue;
    }
    table[std::string(verb->name)] = transition;
  }
  return table;
}

TEST(ModelTableTest, PairingsMoveAsInTheModel) {
  const Table model = ReadModel("PAIRING");
  ASSERT_GE(model.size(), 8u);
  EXPECT_EQ(ReadCode(PairingVerbs(), StatesOf(model)), model);
}

TEST(ModelTableTest, OffersMoveAsInTheModel) {
  const Table model = ReadModel("OFFER");
  ASSERT_GE(model.size(), 5u);
  EXPECT_EQ(ReadCode(OfferVerbs(), StatesOf(model)), model);
}

}  // namespace
}  // namespace jiedui::matcher
