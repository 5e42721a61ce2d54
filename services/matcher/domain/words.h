// What people read of a proposal: one line about each resource, features,
// gaps.
#pragma once

#include <string>
#include <string_view>

#include "jiedui/demand/event/v1/demand_event.pb.h"
#include "jiedui/type/v1/pairing.pb.h"
#include "jiedui/volunteer/event/v1/volunteer_event.pb.h"
#include "services/matcher/engine/plan.h"

namespace jiedui::matcher {

// 广州天河: the names of city and county without the words for their kind.
// Empty for an unknown code.
std::string PlaceInWords(std::string_view region);

// 正高 · 华南农业大学 · 广州天河 · 果树学.
std::string SummaryOf(const volunteer::event::v1::Volunteer& volunteer);
// 县（市、区） · 科协 · 茂名高州 · 果树学.
std::string SummaryOf(const volunteer::event::v1::Team& team);
// 技术 · 华南农业大学 · 成熟度 8 级.
std::string SummaryOf(const volunteer::event::v1::Project& project);
// 合作社 · 茂名高州 · 水果种植 · 龙头.
std::string SummaryOf(const volunteer::event::v1::Enterprise& enterprise);
// 茂名高州 · 水果种植.
std::string SummaryOf(const volunteer::event::v1::Specialty& specialty);

// 荔枝采后腐烂 · 茂名高州: a demand in one line, without contact data.
std::string Headline(const demand::event::v1::Demand& demand);

// Stable name of a feature: "subject".
std::string_view FeatureName(engine::Feature feature);
// Its raw value: "路程 38 分钟".
std::string RawInWords(engine::Feature feature, int64_t raw);

// What the API says of it; the engine tells apart more than people need.
type::v1::Constraint ToConstraint(engine::Constraint constraint);
type::v1::GapReason ToGapReason(engine::GapReason reason);
// 层级未开放.
std::string_view ConstraintInWords(type::v1::Constraint constraint);

}  // namespace jiedui::matcher
