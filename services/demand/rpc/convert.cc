#include "services/demand/rpc/convert.h"

#include <utility>

#include "common/query/convert.h"
#include "services/demand/app/kinds.h"

namespace jiedui::demand {

void ToApi(const store::v1::DemandRecord& record, v1::Demand* api) {
  query::CopyByName(record.demand(), *api);
  if (record.has_contact()) *api->mutable_contact() = record.contact();
  api->set_etag(Demands::Etag(record));
}

void SetContent(const v1::Demand& api, store::v1::DemandRecord& record) {
  event::v1::Demand before = std::move(*record.mutable_demand());
  event::v1::Demand& now = *record.mutable_demand();
  query::CopyByName(api, now);
  now.set_name(before.name());
  now.set_state(before.state());
  now.set_state_reason(before.state_reason());
  now.set_pairing(before.pairing());
  now.clear_submit_time();
  now.clear_create_time();
  now.clear_update_time();
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
