// Any bytes as a journal's record: read back or missed, and replayed without a
// crash, twice with the same outcome.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "common/journal/journal.h"
#include "common/runtime/test_registry.h"
#include "common/runtime/transaction.h"
#include "common/store/memory_store.h"
#include "common/store/overlay.h"
#include "google/protobuf/stubs/logging.h"
#include "tests/fuzz/expect.h"

namespace jiedui {
namespace {

std::map<std::string, std::string> Replay(const journal::v1::Record& record) {
  const runtime::TestRegistry machine;
  const store::MemoryStore store;
  store::Overlay state(&store);
  for (const auto& entry : record.entries()) {
    runtime::ReplayEntry(entry, machine, state);
  }
  std::map<std::string, std::string> rows;
  state.Scan("", "\xff", [&](std::string_view key, std::string_view value) {
    rows.emplace(key, value);
    return true;
  });
  return rows;
}

void ReadAndReplay(std::string_view bytes) {
  const google::protobuf::LogSilencer silencer;  // of a line for each bad text
  store::MemoryStore store;
  store::Batch batch;
  batch.Put(std::string("\x01\0\0\0\0\0\0\0\x01", 9), std::string(bytes));
  FUZZ_EXPECT(store.Write(batch).ok());
  const auto record = journal::Journal::Read(store, 1);
  journal::Journal journal(&store);
  FUZZ_EXPECT(journal.Open("folder").ok() == (record && record->seq() == 1));
  if (record) FUZZ_EXPECT(Replay(*record) == Replay(*record));
}

}  // namespace
}  // namespace jiedui

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  jiedui::ReadAndReplay({reinterpret_cast<const char*>(data), size});
  return 0;
}
