// What all requests are put together from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/runtime/transaction.h"
#include "services/matcher/app/steps.h"
#include "tests/simulation/catalog.h"
#include "tests/simulation/mail.h"
#include "tests/simulation/node.h"

namespace jiedui::simulation {

// A request whose answer is the record that `decide` returns.
template <typename Decide>
Request MakeRequest(Node* node, std::string actor, std::string what,
                    Decide decide) {
  return {node, std::move(actor), std::move(what),
          [decide](runtime::Transaction& txn) -> absl::StatusOr<std::string> {
            auto record = decide(txn);
            if (!record.ok()) return record.status();
            return record->SerializeAsString();
          }};
}

// One of `names`; nothing when there is none.
std::optional<std::string> Pick(const std::vector<std::string>& names,
                                uint32_t pick);

// Every other one says which version it has seen.
std::string EtagFor(const Catalog& catalog, const std::string& name,
                    uint32_t how);

// A person the pairing's parts name, whether that one has accepted or not; as
// often nobody in particular: empty.
std::string SomebodyIn(const store::Reader& rows, const std::string& pairing,
                       uint32_t how);

// `states`; now and then any, for people try what they should not.
std::string_view Sometimes(std::string_view states, uint32_t how);

// What a request to the matcher is about.
struct About {
  std::string_view collection;
  std::string_view states;
  std::string reason_code;
  std::string actor;  // empty: the person it concerns, else a coordinator
};

// `command(txn, ask)` about one of those there are, chosen by `pick`.
template <typename Command>
std::optional<Request> AskMatcher(Node* matcher, const Catalog& catalog,
                                  uint32_t pick, uint32_t how,
                                  std::string_view verb, const About& about,
                                  Command command) {
  const auto name = Pick(
      catalog.InStates(about.collection, Sometimes(about.states, how)), pick);
  if (!name) return std::nullopt;
  const matcher::Ask ask{*name, EtagFor(catalog, *name, how), about.reason_code,
                         "附言"};
  const std::string& person = catalog.Find(*name)->person;
  std::string actor = !about.actor.empty() ? about.actor
                      : !person.empty()    ? person
                                           : "coordinator";
  return MakeRequest(
      matcher, std::move(actor),
      absl::StrCat(std::string(verb), " ", *name, " ", ask.etag),
      [ask, command](runtime::Transaction& txn) { return command(txn, ask); });
}

}  // namespace jiedui::simulation
