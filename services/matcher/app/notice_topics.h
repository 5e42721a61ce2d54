// What facts are about, as far as telling people of them goes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/store/store.h"
#include "jiedui/journal/v1/journal.pb.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/domain/notice_texts.h"

namespace jiedui::matcher {

struct Topic {
  std::string demand;
  std::string region;
  bool urgent = false;               // the demand is critical or high
  type::v1::Tier review_tier;        // whose coordinators are told
  std::vector<std::string> persons;  // volunteers it is about, each once
  NoticeArgs args;
};

// Of an offer: its addressee; args headline, person, deadline, part, reason.
Topic TopicOf(const jiedui::store::Reader& state, const event::v1::Offer& offer,
              const journal::v1::Fact& fact);
NoticeArgs ArgsOf(const event::v1::Offer& offer, const journal::v1::Fact& fact);

// Of a pairing: those who serve, teams by their leaders; args headline,
// subject, reason.
Topic TopicOf(const jiedui::store::Reader& state,
              const event::v1::Pairing& pairing, const journal::v1::Fact& fact);
NoticeArgs ArgsOf(const event::v1::Pairing& pairing,
                  const journal::v1::Fact& fact);

}  // namespace jiedui::matcher
