#include "services/matcher/engine/solve/npy.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr size_t kMostDimensions = 4;
constexpr double kMostExact = 9007199254740992.0;  // 2^53
constexpr size_t kShown = 40;  // bytes of what was found, in an error

absl::Status Malformed(const std::string& file, std::string_view what,
                       std::string_view found, std::string_view expected) {
  return base::MakeError(Reason::kArrayMalformed,
                         {{"file", file},
                          {"what", std::string(what)},
                          {"found", std::string(found.substr(0, kShown))},
                          {"expected", std::string(expected)}});
}

struct Header {
  std::string type;  // "<f8"
  bool fortran_order = false;
  std::vector<int64_t> shape;
  int64_t count = 1;  // product of the shape
};

// The header is a Python dictionary of three entries. numpy itself accepts only
// literals there, and writes them in one way.
class HeaderReader {
 public:
  HeaderReader(std::string_view text, const std::string& file)
      : text_(text), file_(file) {}

  absl::StatusOr<Header> Read() {
    Header header;
    int entries = 0;
    if (!Take('{')) return Broken("{");
    while (!Take('}')) {
      const std::optional<std::string> key = Quoted();
      if (!key || !Take(':')) return Broken("'key': value");
      RETURN_IF_ERROR(ReadEntry(*key, header));
      ++entries;
      Take(',');
    }
    if (entries != 3) return Broken("descr, fortran_order, shape");
    return header;
  }

 private:
  absl::Status ReadEntry(const std::string& key, Header& header) {
    if (key == "descr") {
      const std::optional<std::string> type = Quoted();
      if (!type) return Broken("'<f8'");
      header.type = *type;
      return absl::OkStatus();
    }
    if (key == "fortran_order") {
      header.fortran_order = TakeWord("True");
      if (header.fortran_order || TakeWord("False")) return absl::OkStatus();
      return Broken("True, False");
    }
    if (key == "shape") return ReadShape(header);
    return Malformed(file_, "header", key, "descr, fortran_order, shape");
  }

  absl::Status ReadShape(Header& header) {
    if (!Take('(')) return Broken("(");
    while (!Take(')')) {
      int64_t size = 0;
      if (!Number(&size)) return Broken("(rows, columns)");
      header.shape.push_back(size);
      if (header.shape.size() > kMostDimensions ||
          __builtin_mul_overflow(header.count, size, &header.count)) {
        return Malformed(file_, "shape", absl::StrJoin(header.shape, ", "),
                         absl::StrCat("at most ", kMostDimensions,
                                      " dimensions that memory can hold"));
      }
      Take(',');
    }
    return absl::OkStatus();
  }

  absl::Status Broken(std::string_view expected) const {
    return Malformed(file_, "header", text_, expected);
  }

  void SkipBlanks() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\n')) {
      text_.remove_prefix(1);
    }
  }
  bool Take(char c) {
    SkipBlanks();
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool TakeWord(std::string_view word) {
    SkipBlanks();
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  std::optional<std::string> Quoted() {
    SkipBlanks();
    if (text_.empty()) return std::nullopt;
    const char quote = text_.front();
    if (quote != '\'' && quote != '"') return std::nullopt;
    const size_t end = text_.find(quote, 1);
    if (end == text_.npos) return std::nullopt;
    std::string inner(text_.substr(1, end - 1));
    text_.remove_prefix(end + 1);
    return inner;
  }
  bool Number(int64_t* number) {
    SkipBlanks();
    size_t length = 0;
    while (length < text_.size() && text_[length] >= '0' &&
           text_[length] <= '9') {
      ++length;
    }
    const bool ok =
        absl::SimpleAtoi(absl::string_view(text_.data(), length), number);
    text_.remove_prefix(length);
    return ok;
  }

  std::string_view text_;
  const std::string& file_;
};

// Bytes of one value, little-endian.
uint64_t LittleEndian(const char* bytes, int width, bool big_endian) {
  uint64_t value = 0;
  for (int i = 0; i < width; ++i) {
    const auto byte =
        static_cast<unsigned char>(bytes[big_endian ? width - 1 - i : i]);
    value |= uint64_t{byte} << (8 * i);
  }
  return value;
}

double HalfFloat(uint64_t bits) {
  const int exponent = static_cast<int>(bits >> 10 & 31);
  const auto fraction = static_cast<double>(bits & 1023);
  double value;
  if (exponent == 31) {
    value = NAN;  // infinite or not a number: refused alike
  } else if (exponent == 0) {
    value = std::ldexp(fraction, -24);
  } else {
    value = std::ldexp(1024 + fraction, exponent - 25);
  }
  return bits & 0x8000 ? -value : value;
}

// How to make a number of the bytes of one value.
struct Type {
  char kind = 0;  // b, i, u, f
  int width = 0;
  bool big_endian = false;

  double Value(const char* bytes) const {
    const uint64_t bits = LittleEndian(bytes, width, big_endian);
    const int unused = 64 - 8 * width;
    switch (kind) {
      case 'b':
        return bits != 0;
      case 'u':
        return static_cast<double>(bits);
      case 'i':
        return static_cast<double>(static_cast<int64_t>(bits << unused) >>
                                   unused);
      default:
        if (width == 2) return HalfFloat(bits);
        if (width == 4) {
          return std::bit_cast<float>(static_cast<uint32_t>(bits));
        }
        return std::bit_cast<double>(bits);
    }
  }
};

std::optional<Type> TypeOf(std::string_view descr) {
  if (descr.size() != 3) return std::nullopt;
  const Type type{descr[1], descr[2] - '0', descr[0] == '>'};
  const bool known_order = descr[0] == '<' || descr[0] == '>' ||
                           (descr[0] == '|' && type.width == 1);
  const bool whole = type.kind == 'i' || type.kind == 'u';
  const bool known_width =
      type.width == 1
          ? whole || type.kind == 'b'
          : (type.width == 2 || type.width == 4 || type.width == 8) &&
                (whole || type.kind == 'f');
  if (!known_order || !known_width) return std::nullopt;
  return type;
}

// Where the element at `position` of the file belongs in row-major order.
class RowMajor {
 public:
  explicit RowMajor(const Header& header)
      : header_(header), index_(header.shape.size(), 0) {
    int64_t stride = 1;
    strides_.resize(header.shape.size());
    for (size_t i = header.shape.size(); i-- > 0;) {
      strides_[i] = stride;
      stride *= header.shape[i];
    }
  }
  int64_t Next(int64_t position) {
    if (!header_.fortran_order) return position;
    int64_t at = 0;
    for (size_t i = 0; i < index_.size(); ++i) at += index_[i] * strides_[i];
    for (size_t i = 0; i < index_.size(); ++i) {
      if (++index_[i] < header_.shape[i]) break;
      index_[i] = 0;
    }
    return at;
  }

 private:
  const Header& header_;
  std::vector<int64_t> index_;
  std::vector<int64_t> strides_;
};

absl::StatusOr<NpyArray> ReadValues(const Header& header, Type type,
                                    std::string_view data,
                                    const std::string& file) {
  NpyArray array;
  array.shape = header.shape;
  array.values.resize(header.count);
  RowMajor order(header);
  const double most = type.kind == 'f' ? HUGE_VAL : kMostExact;
  for (int64_t i = 0; i < header.count; ++i) {
    const double value = type.Value(data.data() + i * type.width);
    if (!std::isfinite(value) || std::abs(value) > most) {
      return base::MakeError(Reason::kValueOutOfRange,
                             {{"field", absl::StrCat(file, " [", i, "]")},
                              {"value", absl::StrCat(value)},
                              {"min", type.kind == 'f' ? "-1.8e308" : "-2^53"},
                              {"max", type.kind == 'f' ? "1.8e308" : "2^53"}});
    }
    array.values[order.Next(i)] = value;
  }
  return array;
}

}  // namespace

absl::StatusOr<NpyArray> ParseNpy(std::string_view bytes,
                                  const std::string& file) {
  const std::string_view whole = bytes;
  if (!bytes.starts_with(kMagic) || bytes.size() < kMagic.size() + 2) {
    return Malformed(file, "beginning", "something else", "\\x93NUMPY");
  }
  const int version = static_cast<unsigned char>(bytes[kMagic.size()]);
  const int length_bytes = version == 1 ? 2 : 4;
  if (version < 1 || version > 3) {
    return Malformed(file, "version", absl::StrCat(version), "1, 2, 3");
  }
  bytes.remove_prefix(kMagic.size() + 2);
  const uint64_t length = bytes.size() < static_cast<size_t>(length_bytes)
                              ? whole.size()
                              : LittleEndian(bytes.data(), length_bytes, false);
  if (length > bytes.size() - std::min<size_t>(length_bytes, bytes.size())) {
    return Malformed(file, "size", absl::StrCat(whole.size()),
                     "enough bytes for the header");
  }
  bytes.remove_prefix(length_bytes);
  ASSIGN_OR_RETURN(const Header header,
                   HeaderReader(bytes.substr(0, length), file).Read());
  bytes.remove_prefix(length);
  const std::optional<Type> type = TypeOf(header.type);
  if (!type) {
    return Malformed(file, "type", header.type, "f2, f4, f8, b1, i1-i8, u1-u8");
  }
  if (header.count != static_cast<int64_t>(bytes.size()) / type->width ||
      bytes.size() % type->width != 0) {
    return Malformed(
        file, "size", absl::StrCat(bytes.size()),
        absl::StrCat(header.count, " x ", type->width, " (bytes of values)"));
  }
  return ReadValues(header, *type, bytes, file);
}

}  // namespace jiedui::matcher::engine
