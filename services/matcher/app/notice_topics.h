// What facts are about, as far as telling people of them goes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/store/store.h"
#include "jiedui/journal/v1/journal.pb.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/record_kinds.h"
#include "services/matcher/domain/notice_texts.h"

namespace jiedui::matcher {

struct Topic {
  std::string demand;
  std::string region;
  bool urgent = false;  // the demand is critical or high
  // Whose coordinators are told.
  type::v1::Tier tier = type::v1::TIER_COUNTY;
  std::vector<std::string> persons;  // volunteers it is about, each once
  std::vector<std::string> asked;    // recipients who are to act next
  // headline, subject, reason, and those of ArgsOf.
  NoticeArgs args;
};

// Of an offer: its addressee.
Topic TopicOf(const jiedui::store::Reader& state, const event::v1::Offer& offer,
              const journal::v1::Fact& fact);
NoticeArgs ArgsOf(const event::v1::Offer& offer);

// Of a pairing: those who serve, teams by their leaders.
Topic TopicOf(const jiedui::store::Reader& state,
              const event::v1::Pairing& pairing, const journal::v1::Fact& fact);
NoticeArgs ArgsOf(const event::v1::Pairing& pairing);

// Of a dispatch: those asked by its last hop; the province's coordinators.
Topic TopicOf(const jiedui::store::Reader& state,
              const event::v1::Dispatch& dispatch,
              const journal::v1::Fact& fact);
NoticeArgs ArgsOf(const event::v1::Dispatch& dispatch);

// Of a visit: those who go.
Topic TopicOf(const jiedui::store::Reader& state, const event::v1::Visit& visit,
              const journal::v1::Fact& fact);
NoticeArgs ArgsOf(const event::v1::Visit& visit);

// Of what comes of a service: its volunteer.
Topic TopicOf(const jiedui::store::Reader& state,
              const event::v1::ServiceRecord& record,
              const journal::v1::Fact& fact);
NoticeArgs ArgsOf(const event::v1::ServiceRecord& record);
Topic TopicOf(const jiedui::store::Reader& state,
              const event::v1::Correction& correction,
              const journal::v1::Fact& fact);
NoticeArgs ArgsOf(const event::v1::Correction& correction);
Topic TopicOf(const jiedui::store::Reader& state,
              const event::v1::ServiceCertificate& certificate,
              const journal::v1::Fact& fact);
NoticeArgs ArgsOf(const event::v1::ServiceCertificate& certificate);

// Of a reading: nobody but the coordinators.
Topic TopicOf(const jiedui::store::Reader& state,
              const event::v1::Reading& reading, const journal::v1::Fact& fact);
NoticeArgs ArgsOf(const event::v1::Reading& reading);

// What all topics have, for a demand that is called `headline`.
NoticeArgs CommonArgs(const std::string& headline,
                      const journal::v1::Fact& fact);

}  // namespace jiedui::matcher
