// The judge's own reading of the hard constraints, from the raw fields: regions
// as digits, subjects as digits, names as normalised text.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine::judging {

class Eligibility {
 public:
  // Keeps a reference; `problem` must outlive it.
  explicit Eligibility(const Problem& problem);

  // What forbids the pair, in words; null when nothing does. Positions in the
  // problem as given. `subjects` are those asked for: the demand's or a seat's.
  const char* PersonFault(size_t demand, size_t volunteer,
                          const std::vector<std::string>& subjects,
                          bool title_counts) const;
  const char* TeamFault(size_t demand, size_t team) const;
  const char* ProjectFault(size_t demand, size_t project) const;
  const char* EnterpriseFault(size_t demand, size_t enterprise) const;
  const char* SpecialtyFault(size_t demand, size_t specialty) const;

 private:
  bool Excluded(const Demand& demand, const std::string& resource) const;

  const Problem& problem_;
  std::set<std::pair<std::string, std::string>> excluded_;
  // Normalised: requester's name and credit code, by demand; those a volunteer
  // must not serve, by volunteer.
  std::vector<std::pair<std::string, std::string>> requesters_;
  std::vector<std::set<std::string>> avoided_names_;
  std::vector<std::string> employer_codes_;
};

// The digits of the region the volunteer serves: all that lies below it begins
// with them.
std::string ServedPrefix(const Volunteer& person);

// The 3-digit discipline of a GB/T 13745 code.
std::string Discipline(const std::string& subject);

}  // namespace jiedui::matcher::engine::judging
