// Changes not yet written, seen on top of what they will change.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/container/btree_map.h"
#include "common/store/store.h"

namespace jiedui::store {

// Reads as if the changes had been written to `base`. Not thread-safe.
class Overlay : public Reader {
 public:
  // `base` must outlive it.
  explicit Overlay(const Reader* base) : base_(base) {}

  std::optional<std::string> Get(std::string_view key) const override;
  void Scan(std::string_view begin, std::string_view end,
            Visitor visit) const override;

  void Put(std::string key, std::string value);
  void Delete(std::string key);

  // Moves all changes to `target`, leaving none here.
  void MoveTo(Overlay& target);
  void MoveTo(Batch& target);

 private:
  using Changes = absl::btree_map<std::string, std::optional<std::string>>;

  const Reader* base_;
  Changes changes_;
};

}  // namespace jiedui::store
