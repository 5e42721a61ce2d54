#include "common/text/search_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/text/tokens.h"

namespace jiedui::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SearchIndex, FindsDocumentsWithEveryTokenInOrderOfId) {
  SearchIndex index;
  index.Put("c", "高州荔枝采后保鲜");
  index.Put("a", "荔枝保鲜技术");
  index.Put("b", "龙眼保鲜技术");
  EXPECT_THAT(index.Search("荔枝 保鲜"), ElementsAre("a", "c"));
  EXPECT_THAT(index.Search("荔枝保鲜"), ElementsAre("a"));
  EXPECT_THAT(index.Search("荔枝 技术 龙眼"), IsEmpty());
}

TEST(SearchIndex, FindsALoneHanCharacterAnywhere) {
  SearchIndex index;
  index.Put("a", "单丛茶树");
  index.Put("b", "茶叶");
  index.Put("c", "LED茶");
  index.Put("d", "陈皮");
  EXPECT_THAT(index.Search("茶"), ElementsAre("a", "b", "c"));
}

TEST(SearchIndex, FindsWordsInWhateverWidthAndCase) {
  SearchIndex index;
  index.Put("a", "ＬＥＤ补光，功率 2.5 kW");
  EXPECT_THAT(index.Search("led 2.5"), ElementsAre("a"));
}

TEST(SearchIndex, FindsNothingForAQueryWithoutTokens) {
  SearchIndex index;
  index.Put("a", "荔枝");
  EXPECT_THAT(index.Search("，！"), IsEmpty());
}

TEST(SearchIndex, ReplacesTheTextOfAKnownDocument) {
  SearchIndex index;
  index.Put("a", "荔枝");
  index.Put("a", "龙眼");
  EXPECT_THAT(index.Search("荔枝"), IsEmpty());
  EXPECT_THAT(index.Search("龙眼"), ElementsAre("a"));
  EXPECT_EQ(index.size(), 1u);
}

TEST(SearchIndex, ForgetsErasedDocuments) {
  SearchIndex index;
  index.Put("a", "荔枝");
  index.Erase("a");
  index.Erase("never there");
  EXPECT_THAT(index.Search("荔枝"), IsEmpty());
  EXPECT_THAT(index.Similar("荔枝", 5, 1), IsEmpty());
  EXPECT_EQ(index.size(), 0u);
}

TEST(SearchIndex, RanksSimilarDocumentsAndBreaksTiesById) {
  SearchIndex index;
  index.Put("b", "荔枝保鲜");
  index.Put("a", "荔枝保鲜");
  index.Put("c", "荔枝保鲜剂");
  index.Put("d", "陶瓷釉料");
  EXPECT_THAT(index.Similar("荔枝保鲜", 5, 500'000),
              ElementsAre(SearchIndex::Neighbour{"a", 1'000'000},
                          SearchIndex::Neighbour{"b", 1'000'000},
                          SearchIndex::Neighbour{"c", 750'000}));
  EXPECT_THAT(index.Similar("荔枝保鲜", 1, 500'000),
              ElementsAre(SearchIndex::Neighbour{"a", 1'000'000}));
}

// A plain model: tokens of every document, scanned.
class Model {
 public:
  void Put(const std::string& id, const std::string& text) {
    const auto tokens = Tokenize(text);
    documents_[id] = {tokens.begin(), tokens.end()};
  }
  void Erase(const std::string& id) { documents_.erase(id); }

  std::vector<std::string> Search(const std::string& query) const {
    std::vector<std::string> ids;
    const auto tokens = Tokenize(query);
    for (const auto& [id, has] : documents_) {
      if (Common(tokens, has) == static_cast<int64_t>(tokens.size())) {
        ids.push_back(id);
      }
    }
    return ids;
  }

  std::vector<SearchIndex::Neighbour> Similar(const std::string& text,
                                              size_t limit,
                                              int64_t at_least) const {
    std::vector<SearchIndex::Neighbour> all;
    const auto tokens = Tokenize(text);
    for (const auto& [id, has] : documents_) {
      const int64_t common = Common(tokens, has);
      const int64_t either = tokens.size() + has.size() - common;
      const int64_t ppm = either == 0 ? 0 : common * 1'000'000 / either;
      if (ppm >= at_least) all.push_back({id, ppm});
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.similarity_ppm > b.similarity_ppm;
    });
    if (all.size() > limit) all.resize(limit);
    return all;
  }

 private:
  static int64_t Common(const std::vector<Token>& tokens,
                        const std::set<Token>& has) {
    return std::count_if(tokens.begin(), tokens.end(),
                         [&has](Token t) { return has.count(t) > 0; });
  }

  std::map<std::string, std::set<Token>> documents_;
};

// Short texts over few characters, so that nearly equal ones are common.
std::string RandomText(std::mt19937& random) {
  static constexpr const char* kCharacters[] = {"荔", "枝", "保", "鲜",
                                                "鱼", "虾", "，", "a"};
  std::string text;
  for (size_t n = 2 + random() % 14; n > 0; --n) {
    text += kCharacters[random() % std::size(kCharacters)];
  }
  return text;
}

TEST(SearchIndex, AgreesWithAPlainModelThroughRandomChanges) {
  std::mt19937 random(20261122);
  SearchIndex index;
  Model model;
  for (int step = 0; step < 12'000; ++step) {
    const std::string id = absl::StrCat("d", random() % 600);
    if (random() % 4 == 0) {
      index.Erase(id);
      model.Erase(id);
    } else {
      const std::string text = RandomText(random);
      index.Put(id, text);
      model.Put(id, text);
    }
    if (step % 40 != 0) continue;
    const std::string query = RandomText(random);
    const int64_t at_least = 100'000 + random() % 900'001;
    ASSERT_EQ(index.Similar(query, 10, at_least),
              model.Similar(query, 10, at_least))
        << query << " at " << at_least;
    const std::string words = step % 80 == 0 ? "荔枝" : "保鲜 a";
    ASSERT_EQ(index.Search(words), model.Search(words));
  }
}

TEST(SearchIndex, MayBeReadWhileItIsWritten) {
  SearchIndex index;
  index.Put("fixed", "荔枝保鲜");
  std::thread writer([&index] {
    for (int i = 0; i < 3000; ++i) {
      index.Put(absl::StrCat("d", i % 7), absl::StrCat("鱼虾", i));
    }
  });
  for (int i = 0; i < 300; ++i) {
    EXPECT_THAT(index.Search("保鲜"), ElementsAre("fixed"));
    EXPECT_EQ(index.Similar("荔枝保鲜", 1, 900'000).size(), 1u);
  }
  writer.join();
}

}  // namespace
}  // namespace jiedui::text
