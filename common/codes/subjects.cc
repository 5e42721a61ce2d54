#include "common/codes/subjects.h"

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/codes/embedded.h"

namespace jiedui::codes {
namespace {

bool IsSection(std::string_view code) { return code.size() == 1; }

class SubjectTable {
 public:
  static const SubjectTable& Get() {
    static const SubjectTable* const table = new SubjectTable();
    return *table;
  }

  std::span<const Subject> subjects() const { return subjects_; }

  const Subject* Find(std::string_view code) const {
    return Lookup(by_code_, code);
  }
  const Subject* FindByName(std::string_view name) const {
    return Lookup(by_name_, name);
  }

 private:
  using Index = absl::flat_hash_map<std::string_view, const Subject*>;

  SubjectTable() {
    ForEachLine(EmbeddedSubjects(), [&](std::string_view line) {
      const std::string_view code = TakeField(line, ',');
      if (code != "code") subjects_.push_back({code, line});
    });
    for (const Subject& subject : subjects_) {
      by_code_.emplace(subject.code, &subject);
      AddName(subject);
    }
    LinkParents();
  }

  void AddName(const Subject& subject) {
    const auto [at, is_new] = by_name_.try_emplace(subject.name, &subject);
    if (is_new) return;
    const std::string_view known = at->second->code;
    if (subject.code.size() < known.size() ||
        (subject.code.size() == known.size() && subject.code < known)) {
      at->second = &subject;
    }
  }

  void LinkParents() {
    const Subject* section = nullptr;
    for (Subject& subject : subjects_) {
      if (IsSection(subject.code)) {
        section = &subject;
        continue;
      }
      subject.parent = section;
      for (size_t digits = subject.code.size() - 2; digits >= 3; digits -= 2) {
        if (const Subject* above = Find(subject.code.substr(0, digits))) {
          subject.parent = above;
          break;
        }
      }
    }
  }

  static const Subject* Lookup(const Index& index, std::string_view key) {
    const auto at = index.find(key);
    return at == index.end() ? nullptr : at->second;
  }

  std::vector<Subject> subjects_;
  Index by_code_;
  Index by_name_;
};

// Children follow their parent in the standard's order.
bool HasChildren(std::string_view code) {
  const std::span<const Subject> all = AllSubjects();
  const Subject* const next = FindSubject(code) + 1;
  return next != all.data() + all.size() && next->code.starts_with(code);
}

}  // namespace

std::span<const Subject> AllSubjects() {
  return SubjectTable::Get().subjects();
}

const Subject* FindSubject(std::string_view code) {
  return SubjectTable::Get().Find(code);
}

const Subject* FindSubjectByName(std::string_view name) {
  return SubjectTable::Get().FindByName(name);
}

int SubjectSimilarity(std::string_view a, std::string_view b) {
  size_t shared = 0;
  while (shared < a.size() && shared < b.size() && a[shared] == b[shared]) {
    ++shared;
  }
  const bool in_line = shared == a.size() || shared == b.size();
  if (a == b && shared >= 5 && !HasChildren(a)) return kMillion;
  if (shared >= 5) return in_line ? 800'000 : 550'000;
  if (shared >= 3) return in_line ? 450'000 : 300'000;
  return 0;
}

}  // namespace jiedui::codes
