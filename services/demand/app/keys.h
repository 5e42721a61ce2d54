// Every key that the demand registry stores; numbered, never renumbered. Keys
// below 0x20 are the runtime's (common/runtime/runtime_keys.h).
#pragma once

namespace jiedui::demand::keys {

inline constexpr char kDemand = '\x20';            // name → DemandRecord
inline constexpr char kDemandExternalId = '\x21';  // external id → name

}  // namespace jiedui::demand::keys
