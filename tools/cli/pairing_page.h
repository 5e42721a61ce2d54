// The page of one pairing, for a coordinator: what is asked, who is proposed
// for each of the six parts and why, what is missing, and what to type next.
#pragma once

#include <string>
#include <vector>

#include "jiedui/demand/v1/demand.pb.h"
#include "jiedui/matcher/v1/matcher.pb.h"
#include "tools/cli/messages.h"

namespace jiedui::cli {

// What the page shows. `offers` and `records` may be empty.
struct PairingPage {
  matcher::v1::Pairing pairing;
  demand::v1::Demand demand;
  std::vector<matcher::v1::Offer> offers;
  std::vector<matcher::v1::ServiceRecord> records;
};

std::string RenderPairingPage(const PairingPage& page, Language language);

// The commands that bring a pairing further, with what each does.
struct NextStep {
  Msg what;
  std::string line;
};
std::vector<NextStep> NextSteps(const PairingPage& page);

// Micro-points that the chosen of a part could bring at most, worked out from
// their features (a part's weight is a whole number of per mille); 0 when they
// do not tell.
int64_t MostPoints(const type::v1::Part& part);

// Cells of a list of pairings.
std::string ExpertOf(const google::protobuf::Message& pairing,
                     Language language);
// A mark a part, in the order of PartKind: ● filled, ■ locked, ○ gap, · not
// required.
std::string PartsOf(const google::protobuf::Message& pairing,
                    Language language);
// "81.2345/100".
std::string ScoreOf(const google::protobuf::Message& pairing,
                    Language language);

// "专业不对口、已排满" of the conditions that keep somebody out.
std::string ConstraintsText(const type::v1::Excluded& excluded,
                            Language language);

}  // namespace jiedui::cli
