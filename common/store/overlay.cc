#include "common/store/overlay.h"

#include <utility>

#include "absl/strings/string_view.h"

namespace jiedui::store {

std::optional<std::string> Overlay::Get(std::string_view key) const {
  const auto it = changes_.find(absl::string_view(key.data(), key.size()));
  return it == changes_.end() ? base_->Get(key) : it->second;
}

void Overlay::Scan(std::string_view begin, std::string_view end,
                   Visitor visit) const {
  auto change = changes_.lower_bound(std::string(begin));
  const auto last =
      end.empty() ? changes_.end() : changes_.lower_bound(std::string(end));
  bool more = true;
  // Visits the changes that stand before `key`; a deletion shows nothing.
  auto visit_changes_before = [&](std::optional<std::string_view> key) {
    while (more && change != last && (!key || change->first < *key)) {
      if (change->second) more = visit(change->first, *change->second);
      ++change;
    }
  };
  base_->Scan(begin, end, [&](std::string_view key, std::string_view value) {
    visit_changes_before(key);
    if (!more) return false;
    if (change != last && change->first == key) {
      if (change->second) more = visit(change->first, *change->second);
      ++change;
    } else {
      more = visit(key, value);
    }
    return more;
  });
  visit_changes_before(std::nullopt);
}

void Overlay::Put(std::string key, std::string value) {
  changes_.insert_or_assign(std::move(key), std::move(value));
}

void Overlay::Delete(std::string key) {
  changes_.insert_or_assign(std::move(key), std::nullopt);
}

void Overlay::MoveTo(Overlay& target) {
  while (!changes_.empty()) {
    auto change = changes_.extract(changes_.begin());
    target.changes_.insert_or_assign(std::move(change.key()),
                                     std::move(change.mapped()));
  }
}

void Overlay::MoveTo(Batch& target) {
  while (!changes_.empty()) {
    auto change = changes_.extract(changes_.begin());
    if (change.mapped()) {
      target.Put(std::move(change.key()), *std::move(change.mapped()));
    } else {
      target.Delete(std::move(change.key()));
    }
  }
}

}  // namespace jiedui::store
