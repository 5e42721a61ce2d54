// Many short lists in one array, each of which may grow: no allocation a list,
// and reading one is reading consecutive memory.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/types/span.h"

namespace jiedui::matcher::engine {

// `T` is copied freely. A list that outgrows its place moves to the end of the
// array with room to double; when more than half of the array is left behind,
// all lists are moved together. Amortised constant time an element.
template <typename T>
class GrowingLists {
 public:
  int64_t lists() const { return static_cast<int64_t>(places_.size()); }

  // Valid until any list changes.
  absl::Span<const T> operator[](int64_t list) const {
    const Place& place = places_[list];
    return {items_.data() + place.begin, static_cast<size_t>(place.size)};
  }

  void Reserve(int64_t lists, int64_t items) {
    places_.reserve(lists);
    items_.reserve(items);
  }

  // One more list, at the end.
  void AddList(absl::Span<const T> items) {
    const auto size = static_cast<int32_t>(items.size());
    places_.push_back({static_cast<int64_t>(items_.size()), size, size});
    items_.insert(items_.end(), items.begin(), items.end());
  }

  // `sizes` lists of default items, which the caller fills in through
  // Mutable(); what was there is gone.
  void Reset(const std::vector<int32_t>& sizes) {
    places_.clear();
    places_.reserve(sizes.size());
    int64_t begin = 0;
    for (int32_t size : sizes) {
      places_.push_back({begin, size, size});
      begin += size;
    }
    items_.assign(begin, T());
    abandoned_ = 0;
  }

  // The items may be written, not added to. Valid as operator[] is.
  absl::Span<T> Mutable(int64_t list) {
    const Place& place = places_[list];
    return {items_.data() + place.begin, static_cast<size_t>(place.size)};
  }

  void Replace(int64_t list, const std::vector<T>& items) {
    places_[list].size = 0;
    MakeRoom(list, static_cast<int32_t>(items.size()));
    std::copy(items.begin(), items.end(), items_.begin() + places_[list].begin);
    places_[list].size = static_cast<int32_t>(items.size());
  }

  void Append(int64_t list, const T& item) {
    MakeRoom(list, places_[list].size + 1);
    Place& place = places_[list];
    items_[place.begin + place.size++] = item;
  }

  // The last item takes the erased one's place.
  void Erase(int64_t list, int64_t index) {
    Place& place = places_[list];
    items_[place.begin + index] = items_[place.begin + --place.size];
  }

 private:
  struct Place {
    int64_t begin;
    int32_t size;
    int32_t room;
  };

  void MakeRoom(int64_t list, int32_t wanted) {
    if (places_[list].room >= wanted) return;
    abandoned_ += places_[list].room;
    if (2 * abandoned_ > static_cast<int64_t>(items_.size())) MoveTogether();
    Place& place = places_[list];
    const auto begin = static_cast<int64_t>(items_.size());
    const int32_t room = std::max(wanted, 2 * place.room);
    items_.resize(begin + room);
    std::copy_n(items_.begin() + place.begin, place.size,
                items_.begin() + begin);
    place.begin = begin;
    place.room = room;
  }

  void MoveTogether() {
    std::vector<T> items;
    items.reserve(items_.size());
    for (Place& place : places_) {
      const auto begin = static_cast<int64_t>(items.size());
      items.insert(items.end(), items_.begin() + place.begin,
                   items_.begin() + place.begin + place.size);
      place.begin = begin;
      place.room = place.size;
    }
    items_ = std::move(items);
    abandoned_ = 0;
  }

  std::vector<Place> places_;
  std::vector<T> items_;
  int64_t abandoned_ = 0;  // items of places that lists have left
};

}  // namespace jiedui::matcher::engine
