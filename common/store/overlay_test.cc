#include "common/store/overlay.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "common/store/memory_store.h"

namespace jiedui::store {
namespace {

using Rows = std::map<std::string, std::string>;

Rows All(const Reader& reader) {
  Rows rows;
  reader.Scan("", "", [&](std::string_view key, std::string_view value) {
    rows.emplace(key, value);
    return true;
  });
  return rows;
}

// A plain map is the model of what base and changes look like together.
TEST(OverlayTest, ReadsLikeTheWrittenChangesWhateverTheOrder) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    MemoryStore base;
    Batch batch;
    Rows model;
    auto random_key = [&] { return std::string(1, 'a' + random() % 8); };
    for (int i = 0; i < 4; ++i) {
      const std::string key = random_key();
      batch.Put(key, "base");
      model[key] = "base";
    }
    ASSERT_TRUE(base.Write(batch).ok());
    Overlay lower(&base);
    Overlay upper(&lower);
    for (int i = 0; i < 6; ++i) {
      Overlay& layer = i < 3 ? lower : upper;
      const std::string key = random_key();
      if (random() % 3 == 0) {
        layer.Delete(key);
        model.erase(key);
      } else {
        layer.Put(key, std::to_string(i));
        model[key] = std::to_string(i);
      }
    }
    EXPECT_EQ(All(upper), model);
    for (char c = 'a'; c < 'i'; ++c) {
      const std::string key(1, c);
      const auto it = model.find(key);
      EXPECT_EQ(upper.Get(key), it == model.end()
                                    ? std::nullopt
                                    : std::optional<std::string>(it->second));
    }
    upper.MoveTo(lower);
    Batch all;
    lower.MoveTo(all);
    ASSERT_TRUE(base.Write(all).ok());
    EXPECT_EQ(All(base), model);
  }
}

TEST(OverlayTest, AVisitorThatStopsIsNotCalledAgain) {
  MemoryStore base;
  Batch batch;
  batch.Put("b", "1");
  batch.Put("d", "1");
  ASSERT_TRUE(base.Write(batch).ok());
  Overlay overlay(&base);
  overlay.Put("a", "2");
  overlay.Put("c", "2");
  for (int stop_after = 1; stop_after <= 4; ++stop_after) {
    int calls = 0;
    overlay.Scan("", "\xff", [&](std::string_view, std::string_view) {
      return ++calls < stop_after;
    });
    EXPECT_EQ(calls, stop_after);
  }
}

}  // namespace
}  // namespace jiedui::store
