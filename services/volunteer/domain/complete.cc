#include "services/volunteer/domain/complete.h"

#include <string>

#include "common/codes/industries.h"
#include "common/codes/regions.h"

namespace jiedui::volunteer {
namespace {

void CompleteRegion(std::string* code) {
  if (const codes::Region* region = codes::FindRegion(*code)) {
    *code = region->CodeText();
  }
}

void CompleteIndustry(std::string* code) {
  if (const codes::Industry* industry = codes::FindIndustry(*code)) {
    *code = std::string(industry->code);
  }
}

}  // namespace

void Complete(store::v1::VolunteerRecord& record) {
  auto& volunteer = *record.mutable_volunteer();
  CompleteRegion(volunteer.mutable_region());
  for (std::string& code : *volunteer.mutable_industries()) {
    CompleteIndustry(&code);
  }
  if (volunteer.category() == type::v1::VOLUNTEER_CATEGORY_UNSPECIFIED) {
    volunteer.set_category(type::v1::VOLUNTEER_CATEGORY_REGULAR);
  }
  if (volunteer.mode() == type::v1::MODE_UNSPECIFIED) {
    volunteer.set_mode(type::v1::MODE_EITHER);
  }
}

void Complete(store::v1::TeamRecord& record) {
  CompleteRegion(record.mutable_team()->mutable_region());
}

void Complete(store::v1::ProjectRecord& record) {
  auto& project = *record.mutable_project();
  CompleteRegion(project.mutable_region());
  for (std::string& code : *project.mutable_industries()) {
    CompleteIndustry(&code);
  }
}

void Complete(store::v1::EnterpriseRecord& record) {
  CompleteRegion(record.mutable_enterprise()->mutable_region());
  CompleteIndustry(record.mutable_enterprise()->mutable_industry());
}

void Complete(store::v1::StationRecord& record) {
  CompleteRegion(record.mutable_station()->mutable_region());
  CompleteIndustry(record.mutable_station()->mutable_industry());
}

void Complete(store::v1::SpecialtyRecord& record) {
  CompleteRegion(record.mutable_specialty()->mutable_region());
  CompleteIndustry(record.mutable_specialty()->mutable_industry());
}

}  // namespace jiedui::volunteer
