#include "services/matcher/app/steps.h"

#include <utility>

#include "common/base/status_macros.h"

namespace jiedui::matcher {
namespace {

template <typename Kind>
absl::Status Save(Transaction& txn, typename Kind::Record& record,
                  const Verb& verb, std::string_view reason_code,
                  std::string_view note) {
  auto& fact = Kind::fact(record);
  ASSIGN_OR_RETURN(std::string to,
                   Step(verb, fact.name(), fact.state(), reason_code));
  runtime::Change change;
  change.verb = std::string(verb.name);
  change.from_state = fact.state();
  change.to_state = to;
  change.reason_code = std::string(reason_code);
  change.note = std::string(note);
  fact.set_state(std::move(to));
  if constexpr (requires { fact.reason_code(); }) {
    if (!reason_code.empty()) fact.set_reason_code(change.reason_code);
  }
  if (!note.empty()) fact.set_note(change.note);
  runtime::Collection<Kind>::Save(txn, record, std::move(change));
  return absl::OkStatus();
}

}  // namespace

absl::Status Move(Transaction& txn, store::v1::PairingRecord& record,
                  const Verb& verb, std::string_view reason_code,
                  std::string_view note) {
  return Save<PairingKind>(txn, record, verb, reason_code, note);
}

absl::Status Move(Transaction& txn, store::v1::OfferRecord& record,
                  const Verb& verb, std::string_view reason_code,
                  std::string_view note) {
  return Save<OfferKind>(txn, record, verb, reason_code, note);
}

absl::Status Move(Transaction& txn, store::v1::ServiceRecordRecord& record,
                  const Verb& verb, std::string_view note) {
  return Save<ServiceRecordKind>(txn, record, verb, "", note);
}

}  // namespace jiedui::matcher
