// Writes values one after another so that different sequences of values give
// different bytes: fixed-width integers and length-prefixed strings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiedui::matcher::engine {

class CanonicalWriter {
 public:
  void Put(int64_t value) {
    for (int shift = 0; shift < 64; shift += 8) {
      bytes_ += static_cast<char>(value >> shift & 0xff);
    }
  }
  void Put(std::string_view text) {
    Put(static_cast<int64_t>(text.size()));
    bytes_ += text;
  }
  template <typename T, typename PutOne>
  void PutList(const std::vector<T>& list, PutOne put_one) {
    Put(static_cast<int64_t>(list.size()));
    for (const T& item : list) put_one(item);
  }
  void PutStrings(const std::vector<std::string>& list) {
    PutList(list,
            [this](const std::string& item) { Put(std::string_view(item)); });
  }
  template <typename Enum>
  void PutEnum(Enum value) {
    Put(static_cast<int64_t>(value));
  }

  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace jiedui::matcher::engine
