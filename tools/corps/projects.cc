#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "tools/corps/corps.h"
#include "tools/corps/troubles.h"

namespace jiedui::corps {
namespace {

const IndustryWords& WordsFor(const codes::Industry& industry) {
  const std::span<const IndustryWords> all = AllIndustryWords();
  return *std::find_if(all.begin(), all.end(), [&](const IndustryWords& words) {
    return words.industry == industry.code;
  });
}

const codes::Region& CountyOf(const codes::Region& region) {
  const codes::Region* county = region.AncestorAt(codes::RegionLevel::kCounty);
  return county == nullptr ? region : *county;
}

int PickReadiness(Random& random) {
  static const Weights kLevels = {1, 1, 2, 6, 15, 20, 25, 20, 10};
  return static_cast<int>(kLevels.Pick(random)) + 1;
}

std::string Summary(const Trouble& trouble, const Project& project,
                    std::string_view product, Random& random) {
  const int sites = random.Between(2, 40);
  const int percent = random.Between(8, 40);
  return absl::StrCat("针对", std::string(product), "生产中",
                      std::string(trouble.observed), "的问题研发，已在",
                      std::string(CountyOf(*project.region).name()), "等地",
                      sites, "个点应用，", std::string(trouble.metric),
                      trouble.target_high < 100 ? "下降" : "提高", percent,
                      "%左右，附操作规程和成本测算");
}

}  // namespace

Project Corps::MakeProject(uint64_t index) const {
  Random random(options_.seed, kStreamProjects, index);
  Project project;
  project.index = index;
  const IndustryWords* words = nullptr;
  const uint64_t owners =
      above_township_ > 0 ? above_township_ : options_.volunteers;
  if (owners > 0) {
    Volunteer owner = MakeVolunteer(random.Below(owners));
    project.owner = owner.index;
    project.holder = std::move(owner.employer);
    project.region = &CountyOf(*owner.region);
    project.subjects = {owner.skills.front().subject};
    project.industries = std::move(owner.industries);
    words = &WordsFor(*project.industries.front());
  } else {
    const size_t county = county_weights_.Pick(random);
    const Business& business = economy_->PickBusiness(county, random);
    project.region = places_->counties()[county].region;
    project.holder =
        absl::StrCat(std::string(project.region->name()), "科学技术协会");
    project.industries = {business.industry};
    words = business.words;
  }
  const Trouble& trouble = random.Pick(TroublesOf(words->trade));
  const codes::Subject* known = codes::FindSubject(trouble.subject);
  if (project.subjects.empty() || project.subjects.front() != known) {
    project.subjects.push_back(known);
  }
  const std::string_view product = PartOf(words->products, random.Next());
  project.name =
      absl::StrCat(std::string(product), std::string(trouble.method));
  project.is_technology = random.Percent(60);
  project.readiness = PickReadiness(random);
  project.exclusive = random.Percent(8);
  project.summary = Summary(trouble, project, product, random);
  return project;
}

}  // namespace jiedui::corps
