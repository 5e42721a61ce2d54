#include "common/store/overlay.h"

#include <utility>

namespace jiedui::store {

std::optional<std::string> Overlay::Get(std::string_view key) const {
  const auto it = changes_.find(std::string(key));
  return it == changes_.end() ? base_->Get(key) : it->second;
}

void Overlay::Scan(std::string_view begin, std::string_view end,
                   Visitor visit) const {
  auto change = changes_.lower_bound(std::string(begin));
  const auto last = changes_.lower_bound(std::string(end));
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
  for (auto& [key, value] : changes_) {
    target.changes_.insert_or_assign(key, std::move(value));
  }
  changes_.clear();
}

void Overlay::MoveTo(Batch& target) {
  for (auto& [key, value] : changes_) {
    if (value) {
      target.Put(key, *std::move(value));
    } else {
      target.Delete(key);
    }
  }
  changes_.clear();
}

}  // namespace jiedui::store
