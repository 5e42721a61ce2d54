// What each resource of the registry must look like by itself.
#pragma once

#include "common/base/error.h"
#include "jiedui/volunteer/store/v1/volunteer_store.pb.h"

namespace jiedui::volunteer {

// Everything that is wrong, with fields named as in jiedui.volunteer.v1
// ("skills[1].subject"). Whether what a record refers to exists is not seen
// here. REQUIRES: Complete (complete.h) was called.
base::Violations Validate(const store::v1::VolunteerRecord& record);
base::Violations Validate(const store::v1::TeamRecord& record);
base::Violations Validate(const store::v1::ProjectRecord& record);
base::Violations Validate(const store::v1::EnterpriseRecord& record);
base::Violations Validate(const store::v1::StationRecord& record);
base::Violations Validate(const store::v1::SpecialtyRecord& record);

}  // namespace jiedui::volunteer
