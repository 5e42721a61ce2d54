#include "services/demand/rpc/convert.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/demand/app/kinds.h"

namespace jiedui::demand {
namespace {

// What a client may say of a demand, from the public message to the stored one
// or back; `to` is empty. query::CopyByName would do the same at ten times the
// cost, and this is done for every read and every command.
template <typename From, typename To>
void CopyContent(const From& from, To& to) {
  to.set_external_id(from.external_id());
  to.set_title(from.title());
  to.set_description(from.description());
  to.set_library(from.library());
  to.set_action(from.action());
  if (from.has_requester()) *to.mutable_requester() = from.requester();
  to.set_region(from.region());
  *to.mutable_subjects() = from.subjects();
  to.set_industry(from.industry());
  if (from.has_metric()) *to.mutable_metric() = from.metric();
  to.set_risks(from.risks());
  to.set_insured(from.insured());
  to.set_urgency(from.urgency());
  to.set_mandatory(from.mandatory());
  if (from.has_window()) *to.mutable_window() = from.window();
  to.set_mode(from.mode());
  *to.mutable_dialects() = from.dialects();
  to.set_dialect_required(from.dialect_required());
  to.set_title_min(from.title_min());
  if (from.has_parts()) *to.mutable_parts() = from.parts();
  to.set_max_tier(from.max_tier());
}

v1::Demand::State StateOf(const std::string& stored) {
  v1::Demand::State state = v1::Demand::STATE_UNSPECIFIED;
  v1::Demand::State_Parse(absl::StrCat("STATE_", stored), &state);
  return state;
}

}  // namespace

void ToApi(const store::v1::DemandRecord& record, v1::Demand* api) {
  const event::v1::Demand& demand = record.demand();
  CopyContent(demand, *api);
  api->set_name(demand.name());
  api->set_state(StateOf(demand.state()));
  api->set_state_reason(demand.state_reason());
  api->set_pairing(demand.pairing());
  if (demand.has_submit_time()) {
    *api->mutable_submit_time() = demand.submit_time();
  }
  if (demand.has_create_time()) {
    *api->mutable_create_time() = demand.create_time();
  }
  if (demand.has_update_time()) {
    *api->mutable_update_time() = demand.update_time();
  }
  if (record.has_contact()) *api->mutable_contact() = record.contact();
  api->set_etag(Demands::Etag(record));
}

void SetContent(const v1::Demand& api, store::v1::DemandRecord& record) {
  event::v1::Demand before = std::move(*record.mutable_demand());
  event::v1::Demand& now = *record.mutable_demand();
  now.Clear();
  CopyContent(api, now);
  now.set_name(before.name());
  now.set_state(before.state());
  now.set_state_reason(before.state_reason());
  now.set_pairing(before.pairing());
  if (before.has_submit_time()) {
    *now.mutable_submit_time() = before.submit_time();
  }
  if (before.has_create_time()) {
    *now.mutable_create_time() = before.create_time();
  }
  if (before.has_update_time()) {
    *now.mutable_update_time() = before.update_time();
  }
  record.clear_contact();
  if (api.has_contact()) *record.mutable_contact() = api.contact();
}

}  // namespace jiedui::demand
