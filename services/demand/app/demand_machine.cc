#include "services/demand/app/demand_machine.h"

#include "absl/strings/str_cat.h"
#include "common/codes/industries.h"
#include "common/codes/subjects.h"
#include "services/demand/app/commands.h"

namespace jiedui::demand {

std::string SearchText(const event::v1::Demand& demand) {
  std::string text = absl::StrCat(demand.title(), "\n", demand.description(),
                                  "\n", demand.requester().name());
  for (const std::string& code : demand.subjects()) {
    if (const codes::Subject* subject = codes::FindSubject(code)) {
      absl::StrAppend(&text, "\n", std::string(subject->name));
    }
  }
  if (const codes::Industry* industry =
          codes::FindIndustry(demand.industry())) {
    absl::StrAppend(&text, "\n", std::string(industry->name));
  }
  return text;
}

void DemandMachine::Load(const jiedui::store::Reader& state) {
  Demands::Visit(state, "", [this](const store::v1::DemandRecord& record) {
    index_.Put(record.demand().name(), SearchText(record.demand()));
    return true;
  });
}

void DemandMachine::Apply(const journal::v1::Fact& fact,
                          jiedui::store::Overlay& state) const {
  Demands::Apply(fact, state);
}

void DemandMachine::ApplyConsumed(const jiedui::event::v1::Event&,
                                  jiedui::store::Overlay&) const {
  // The matcher's events lead to facts of our own; nothing of them is kept.
}

void DemandMachine::Committed(const journal::v1::Record& record) {
  for (const journal::v1::Entry& entry : record.entries()) {
    for (const journal::v1::Fact& fact : entry.facts()) {
      // Only these verbs touch the text.
      if (fact.verb() != "create" && fact.verb() != "update") continue;
      store::v1::DemandRecord demand;
      fact.record().UnpackTo(&demand);
      index_.Put(fact.subject(), SearchText(demand.demand()));
    }
  }
}

absl::Status DemandMachine::OnTimer(std::string_view id,
                                    runtime::Transaction& txn) {
  return ExpireByTimer(txn, id);
}

void DemandMachine::Publish(const journal::v1::Fact& fact,
                            jiedui::event::v1::Event* event) const {
  store::v1::DemandRecord record;
  fact.record().UnpackTo(&record);
  event->mutable_payload()->PackFrom(record.demand());
}

}  // namespace jiedui::demand
