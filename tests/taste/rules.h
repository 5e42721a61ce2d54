// What the taste check demands of the tree, as data.
//
// To let a folder exist, add its floor; to ban something, add it with what to
// use instead. The words are shown to whoever breaks the rule.
#pragma once

#include <span>
#include <string_view>

namespace jiedui::taste {

// Whether what lies in a folder's subfolders belongs to its floor.
enum class Reach { kWithSubfolders, kThisFolderOnly };

// A folder, and how high it stands. A file may include what is as high as
// itself or lower.
struct Floor {
  std::string_view folder;  // from the root; "*" stands for one name
  int height;
  Reach reach = Reach::kWithSubfolders;
  // When not empty: of this project's folders, only these (and itself).
  std::span<const std::string_view> only = {};
};

// Something that must not be, and its remedy.
struct Ban {
  // An include: exact, or with "*" at one end. A call: as it stands in code.
  std::string_view what;
  std::string_view remedy;
};

// Lowest first.
std::span<const Floor> Floors();

// Folders whose code must be pure, in the notation of Floor::folder.
std::span<const std::string_view> PureFolders();
std::span<const Ban> IncludesBannedInPureFolders();
std::span<const Ban> CallsBannedInPureFolders();

// Calls that only common/base may make.
std::span<const Ban> CallsOfBaseOnly();
inline constexpr std::string_view kBaseFolder = "common/base";

// Where all services meet: may include the bind.h of each.
inline constexpr std::string_view kAllInOneFolder = "services/jiedui";

inline constexpr int kMaxLines = 700;

// Words that mark something unfinished.
std::span<const std::string_view> UnfinishedMarks();

// Folders that are not looked into: a name anywhere, or a path from the root.
std::span<const std::string_view> SkippedFolders();

// Endings of the names of files that are looked at; besides these, scripts,
// which have no ending and begin with "#!".
std::span<const std::string_view> CheckedEndings();

}  // namespace jiedui::taste
