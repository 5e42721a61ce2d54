// Lists of millions that are looked into all over the place: on pages of 2 MiB
// where the system has them, since looking up pages of 4 KiB takes as long as
// reading the memory itself.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

namespace jiedui::matcher::engine {

template <typename T>
class BigPageAllocator {
 public:
  using value_type = T;

  BigPageAllocator() = default;
  template <typename U>
  BigPageAllocator(const BigPageAllocator<U>&) {}  // NOLINT: as others do

  T* allocate(size_t count) {
    const size_t bytes = count * sizeof(T);
    if (bytes < kLeast) return static_cast<T*>(::operator new(bytes));
    const size_t whole = (bytes + kPage - 1) / kPage * kPage;
    void* const list = std::aligned_alloc(kPage, whole);
    if (list == nullptr) throw std::bad_alloc();
    madvise(list, whole, MADV_HUGEPAGE);  // a wish
    return static_cast<T*>(list);
  }
  void deallocate(T* list, size_t count) {
    if (count * sizeof(T) < kLeast) return ::operator delete(list);
    std::free(list);
  }

  friend bool operator==(const BigPageAllocator&, const BigPageAllocator&) {
    return true;
  }

 private:
  static constexpr size_t kPage = size_t{2} << 20;
  static constexpr size_t kLeast = 2 * kPage;  // else half of it may be waste
};

template <typename T>
using BigList = std::vector<T, BigPageAllocator<T>>;

}  // namespace jiedui::matcher::engine
