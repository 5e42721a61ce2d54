#include "services/volunteer/domain/search_text.h"

#include <string_view>

#include "common/codes/industries.h"
#include "common/codes/subjects.h"
#include "common/text/normalize.h"

namespace jiedui::volunteer {
namespace {

// Texts on lines of their own, so that no pair of characters spans two.
class Lines {
 public:
  Lines& Add(std::string_view text) {
    if (!text.empty()) text_.append(text).push_back('\n');
    return *this;
  }
  Lines& Subject(std::string_view code) {
    const codes::Subject* subject = codes::FindSubject(code);
    return subject == nullptr ? *this : Add(subject->name);
  }
  Lines& Industry(std::string_view code) {
    const codes::Industry* industry = codes::FindIndustry(code);
    return industry == nullptr ? *this : Add(industry->name);
  }
  template <typename Codes>
  Lines& Subjects(const Codes& codes) {
    for (const auto& code : codes) Subject(code);
    return *this;
  }
  template <typename Codes>
  Lines& Industries(const Codes& codes) {
    for (const auto& code : codes) Industry(code);
    return *this;
  }
  Lines& Summary(std::string_view text) {
    return Add(text::Shorten(text, kSearchedSummary));
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string SearchText(const event::v1::Volunteer& volunteer) {
  Lines lines;
  lines.Add(volunteer.display_name()).Add(volunteer.employer());
  for (const type::v1::Skill& skill : volunteer.skills()) {
    lines.Subject(skill.subject());
  }
  return lines.Industries(volunteer.industries())
      .Summary(volunteer.summary())
      .Take();
}

std::string SearchText(const event::v1::Team& team) {
  return Lines()
      .Add(team.display_name())
      .Subjects(team.subjects())
      .Summary(team.summary())
      .Take();
}

std::string SearchText(const event::v1::Project& project) {
  return Lines()
      .Add(project.display_name())
      .Add(project.holder())
      .Subjects(project.subjects())
      .Industries(project.industries())
      .Summary(project.summary())
      .Take();
}

std::string SearchText(const event::v1::Enterprise& enterprise) {
  return Lines()
      .Add(enterprise.display_name())
      .Industry(enterprise.industry())
      .Summary(enterprise.summary())
      .Take();
}

std::string SearchText(const event::v1::Station& station) {
  return Lines()
      .Add(station.display_name())
      .Add(station.host())
      .Subjects(station.subjects())
      .Industry(station.industry())
      .Summary(station.summary())
      .Take();
}

std::string SearchText(const event::v1::Specialty& specialty) {
  return Lines()
      .Add(specialty.display_name())
      .Industry(specialty.industry())
      .Summary(specialty.summary())
      .Take();
}

}  // namespace jiedui::volunteer
