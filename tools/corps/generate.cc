#include "tools/corps/generate.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "tools/corps/sheets.h"

namespace jiedui::corps {
namespace {

namespace fs = std::filesystem;

constexpr size_t kBufferBytes = 1 << 20;
constexpr uint64_t kRowsBetweenReports = 20'000;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

absl::Status Unusable(const fs::path& path, std::string detail) {
  return base::MakeError(
      base::Reason::kDataFolderUnusable,
      {{"path", path.string()}, {"detail", std::move(detail)}});
}

std::string SystemError(int error) {
  return std::generic_category().message(error);
}

absl::Status CheckNothingThere(const fs::path& folder) {
  for (const Sheet& sheet : Sheets()) {
    const fs::path path = folder / sheet.file;
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    return Unusable(folder,
                    absl::StrCat(std::string(sheet.file),
                                 " 已存在，--force 可覆盖 / exists already, "
                                 "--force replaces it"));
  }
  return absl::OkStatus();
}

// Empties `buffer`.
bool Flush(std::string& buffer, std::FILE* file) {
  const bool written =
      std::fwrite(buffer.data(), 1, buffer.size(), file) == buffer.size();
  buffer.clear();
  return written;
}

// False when writing fails; errno says why.
bool WriteRows(const Corps& corps, const Sheet& sheet, std::FILE* file,
               const std::function<void(const Progress&)>& report) {
  std::string buffer;
  buffer.reserve(kBufferBytes + kBufferBytes / 8);
  buffer.append(sheet.header).append("\n");
  const uint64_t total = sheet.count(corps);
  for (uint64_t i = 0; i < total; ++i) {
    sheet.append(corps, i, buffer);
    if (buffer.size() >= kBufferBytes && !Flush(buffer, file)) return false;
    if (i % kRowsBetweenReports == 0) report({sheet.file, i, total});
  }
  if (!Flush(buffer, file) || std::fflush(file) != 0) return false;
  report({sheet.file, total, total});
  return true;
}

absl::Status WriteSheet(const Corps& corps, const Sheet& sheet,
                        const fs::path& folder,
                        const std::function<void(const Progress&)>& report) {
  const fs::path path = folder / sheet.file;
  fs::path part = path;
  part += ".part";
  {
    const File file(std::fopen(part.c_str(), "wb"));
    if (file == nullptr) return Unusable(part, SystemError(errno));
    if (!WriteRows(corps, sheet, file.get(), report)) {
      const std::string reason = SystemError(errno);
      std::remove(part.c_str());
      return Unusable(part, reason);
    }
  }
  std::error_code error;
  fs::rename(part, path, error);
  return error ? Unusable(path, error.message()) : absl::OkStatus();
}

}  // namespace

absl::Status WriteSheets(const Corps& corps, const std::string& folder,
                         bool replace,
                         const std::function<void(const Progress&)>& report) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return Unusable(folder, error.message());
  if (!replace) RETURN_IF_ERROR(CheckNothingThere(folder));
  for (const Sheet& sheet : Sheets()) {
    RETURN_IF_ERROR(WriteSheet(corps, sheet, folder, report));
  }
  return absl::OkStatus();
}

}  // namespace jiedui::corps
