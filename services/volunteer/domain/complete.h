// What may be written in more than one way, brought to the one that is stored.
#pragma once

#include "jiedui/volunteer/store/v1/volunteer_store.pb.h"

namespace jiedui::volunteer {

// Regions of 2 to 9 digits get all 12; industries the code that the standard
// prints (C1530, 153 → 1530); unspecified choices of a volunteer their meaning
// (a regular one, in either mode). What is not known stays as it is, for
// Validate to tell.
void Complete(store::v1::VolunteerRecord& record);
void Complete(store::v1::TeamRecord& record);
void Complete(store::v1::ProjectRecord& record);
void Complete(store::v1::EnterpriseRecord& record);
void Complete(store::v1::StationRecord& record);
void Complete(store::v1::SpecialtyRecord& record);

}  // namespace jiedui::volunteer
