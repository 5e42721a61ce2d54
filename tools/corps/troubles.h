// What goes wrong in each trade, and what is done against it: the words of
// demands, and of the projects and people that answer them. {p} stands for the
// product in all texts.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tools/corps/industry_words.h"
#include "tools/corps/random.h"

namespace jiedui::corps {

struct Trouble {
  Trade trade;
  std::string_view subject;   // GB/T 13745-2009, who knows about it
  std::string_view title;     // of a demand
  std::string_view observed;  // what is seen, a clause
  std::string_view tried;     // what did not help, a clause
  std::string_view method;    // what helps, a noun: the name of a project
  std::string_view metric;
  std::string_view unit;
  int low, high;    // the metric as it stands
  int target_low;   // and as it should be, in hundredths of that
  int target_high;  //
};

// All troubles of a trade; never empty.
std::span<const Trouble> TroublesOf(Trade trade);

struct TradeWords {
  Trade trade;
  std::string_view scale;     // "种植面积约{n}亩"
  int scale_low, scale_high;  // of {n}, in tens
  std::string_view work;      // what people of the trade do, divided by bars
  std::string_view body;      // how companies end: "农业科技有限公司"
  std::string_view risks;     // divided by bars
};

const TradeWords& WordsOf(Trade trade);

// `text` with every `mark`, such as {p}, replaced by `value`.
std::string Fill(std::string_view text, std::string_view mark,
                 std::string_view value);

// How much of it there is: the trade's scale with a number drawn for {n}.
std::string ScaleOf(const TradeWords& words, Random& random);

// One of the parts of a text divided by bars; `choice` modulo their number.
std::string_view PartOf(std::string_view text, uint64_t choice);

}  // namespace jiedui::corps
