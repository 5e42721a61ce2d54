#include "tests/taste/rules.h"

#include <array>

namespace jiedui::taste {
namespace {

using std::string_view;

constexpr string_view kClock =
    "take the time as a parameter (absl::Time now); outside the domain, read "
    "it from a base::Clock (common/base/clock.h)";
constexpr string_view kRandomness =
    "take ids and seeds as parameters; they are made with common/base";
constexpr string_view kNoRpc =
    "return absl::Status with a reason of common/base/error.h; "
    "services/<name>/rpc converts it";
constexpr string_view kNoStorage =
    "return events and take the state as a parameter; services/<name>/app "
    "loads and commits through common/store";
constexpr string_view kNoIo =
    "keep the domain free of I/O: common/runtime runs it, and "
    "services/<name>/app talks to the world";

constexpr string_view kBelowEngine[] = {"proto", "common/base", "common/codes",
                                        "common/text"};

constexpr Floor kFloors[] = {
    {"proto", 0},
    {"common/base", 10},
    {"common/calendar", 15},
    {"common/codes", 20},
    {"common/text", 30},
    {"common/fields", 33},
    {"common/query", 35},
    {"common/sheet", 40},
    {"common/store", 50},
    {"common/journal", 60},
    {"common/runtime", 70},
    {"common/rpc", 80},
    {"services/*/engine", 90, Reach::kWithSubfolders, kBelowEngine},
    {"services/*/domain", 100},
    {"services/*/app", 110},
    {"services/*/webhook", 115},
    {"services/*/rpc", 120},
    {"services/gateway/wire", 115},
    {"services/gateway/web", 120},
    {"services/*", 130, Reach::kThisFolderOnly},  // bind and main
    {kAllInOneFolder, 140},
    {"tools", 150},
    {"tests", 160},
};

constexpr string_view kPureFolders[] = {
    "services/*/domain", "services/*/engine", "services/gateway/wire"};

constexpr Ban kPureIncludes[] = {
    {"grpc*", kNoRpc},
    {"*.grpc.pb.h", kNoRpc},
    {"common/rpc/*", kNoRpc},
    {"rocksdb/*", kNoStorage},
    {"boost/asio*", kNoIo},
    {"boost/beast*", kNoIo},
    {"prometheus/*", kNoIo},
    {"spdlog/*", kNoIo},
    {"fstream", kNoIo},
    {"iostream", kNoIo},
    {"chrono", kClock},
    {"ctime", kClock},
    {"time.h", kClock},
    {"sys/time.h", kClock},
    {"absl/time/clock.h", kClock},
    {"random", kRandomness},
    {"absl/random/*", kRandomness},
};

constexpr Ban kPureCalls[] = {
    {"steady_clock", kClock},      {"system_clock", kClock},
    {"clock_gettime(", kClock},    {"Clock::System()", kClock},
    {"absl::BitGen", kRandomness}, {"std::random_device", kRandomness},
    {"std::mt19937", kRandomness},
};

constexpr Ban kBaseOnlyCalls[] = {
    {"absl::Now()", kClock},     {"system_clock::now()", kClock},
    {"gettimeofday(", kClock},   {"std::time(", kClock},
    {"time(nullptr)", kClock},   {"time(NULL)", kClock},
    {"time(0)", kClock},         {"random_device", kRandomness},
    {"std::rand(", kRandomness}, {"rand()", kRandomness},
    {"srand(", kRandomness},
};

// In two halves, so that this file passes its own check.
constexpr string_view kUnfinished[] = {
    "TO"
    "DO",
    "FIX"
    "ME"};

constexpr string_view kSkipped[] = {".git", ".cache", "build", "node_modules",
                                    "proto/google"};

constexpr string_view kEndings[] = {
    ".cc",          ".h",  ".def",     ".proto", ".cmake", "CMakeLists.txt",
    ".md",          ".sh", ".yaml",    ".yml",   ".json",  ".py",
    ".ts",          ".js", ".service", ".env",   ".conf",  ".clang-tidy",
    ".clang-format"};

}  // namespace

std::span<const Floor> Floors() { return kFloors; }
std::span<const string_view> PureFolders() { return kPureFolders; }
std::span<const Ban> IncludesBannedInPureFolders() { return kPureIncludes; }
std::span<const Ban> CallsBannedInPureFolders() { return kPureCalls; }
std::span<const Ban> CallsOfBaseOnly() { return kBaseOnlyCalls; }
std::span<const string_view> UnfinishedMarks() { return kUnfinished; }
std::span<const string_view> SkippedFolders() { return kSkipped; }
std::span<const string_view> CheckedEndings() { return kEndings; }

}  // namespace jiedui::taste
