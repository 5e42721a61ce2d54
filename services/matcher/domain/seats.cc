#include "services/matcher/domain/seats.h"

#include <algorithm>
#include <set>

namespace jiedui::matcher {
namespace {

using store::v1::OfferRecord;
using store::v1::PairingRecord;
using store::v1::Seat;
using type::v1::Part;
using type::v1::PartKind;

constexpr PartKind kSeated[] = {type::v1::PART_KIND_EXPERT,
                                type::v1::PART_KIND_TEAM,
                                type::v1::PART_KIND_TALENTS};

void ShowGap(type::v1::PartStatus status, const char* detail, Part& part) {
  part.set_status(status);
  part.set_gap_reason(type::v1::GAP_REASON_DECLINED);
  part.set_gap_detail(detail);
}

}  // namespace

void SetSeats(PairingRecord& record) {
  record.clear_seats();
  for (PartKind kind : kSeated) {
    const Part& part = PartOf(record.pairing(), kind);
    for (int i = 0; i < part.choices_size(); ++i) {
      Seat* seat = record.add_seats();
      seat->set_part(kind);
      seat->set_index(i);
      seat->set_state(std::string(kSeatAsking));
      seat->set_resource(part.choices(i).resource());
      seat->add_candidates(seat->resource());
      for (const auto& runner : part.runners_up()) {
        seat->add_candidates(runner.resource());
      }
    }
  }
}

int AnchorSeat(const PairingRecord& record) {
  const PartKind anchor = AnchorOf(record.pairing());
  for (int i = 0; i < record.seats_size(); ++i) {
    if (record.seats(i).part() == anchor) return i;
  }
  return -1;
}

std::string BroughtTo(const Seat& seat, const OfferRecord& offer) {
  for (const store::v1::Hold& hold : offer.holds()) {
    const auto& candidates = seat.candidates();
    if (std::find(candidates.begin(), candidates.end(), hold.resource()) !=
        candidates.end()) {
      return hold.resource();
    }
  }
  return "";
}

std::vector<std::string> ServingResources(const PairingRecord& record) {
  std::set<std::string> resources;
  for (const Seat& seat : record.seats()) {
    if (seat.state() == kSeatTaken) resources.insert(seat.resource());
  }
  return {resources.begin(), resources.end()};
}

void Vacate(PairingRecord& record, const OfferRecord& offer) {
  for (int place : offer.seats()) {
    const Seat& seat = record.seats(place);
    if (seat.resource().empty() || seat.resource() != BroughtTo(seat, offer)) {
      continue;
    }
    Empty(record, place);
    record.mutable_seats(place)->set_state(std::string(kSeatAsking));
  }
}

void Empty(PairingRecord& record, int place) {
  Seat& seat = *record.mutable_seats(place);
  if (seat.resource().empty()) return;
  TakeOut(*record.mutable_pairing(), seat.resource());
  seat.clear_resource();
}

void CloseSeats(PairingRecord& record) {
  for (int place = 0; place < record.seats_size(); ++place) {
    if (record.seats(place).state() == kSeatTaken) continue;
    Empty(record, place);
    record.mutable_seats(place)->set_state(std::string(kSeatGap));
  }
  ShowSeats(record);
}

void ShowSeats(PairingRecord& record) {
  for (PartKind kind : kSeated) {
    bool asking = false;
    bool gap = false;
    for (const Seat& seat : record.seats()) {
      if (seat.part() != kind) continue;
      asking |= seat.state() == kSeatAsking && seat.resource().empty();
      gap |= seat.state() == kSeatGap;
    }
    Part& part = MutablePart(*record.mutable_pairing(), kind);
    if (asking) {
      ShowGap(type::v1::PART_STATUS_PENDING, "受邀者不能来，正在询问下一位",
              part);
    } else if (gap) {
      ShowGap(type::v1::PART_STATUS_GAP, "受邀者已谢绝或未答复", part);
    } else if (part.status() == type::v1::PART_STATUS_PENDING) {
      part.set_status(part.choices_size() < part.seats()
                          ? type::v1::PART_STATUS_GAP
                          : type::v1::PART_STATUS_FILLED);
      if (part.status() == type::v1::PART_STATUS_FILLED) {
        part.clear_gap_reason();
        part.clear_gap_detail();
      }
    }
  }
}

}  // namespace jiedui::matcher
