#include "tests/simulation/auditor.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/sha256.h"
#include "common/journal/journal.h"
#include "common/runtime/runtime_keys.h"
#include "common/runtime/transaction.h"
#include "common/store/overlay.h"
#include "google/protobuf/wrappers.pb.h"
#include "tests/simulation/legal.h"

namespace jiedui::simulation {
namespace {

// Rows behind the journal's and the folder's format.
constexpr char kFirstRow[] = "\x03";

std::string Printable(std::string_view key) {
  std::string text;
  for (unsigned char c : key) {
    if (c >= ' ' && c < 0x7f) {
      text += static_cast<char>(c);
    } else {
      absl::StrAppend(&text, "<", absl::Hex(c, absl::kZeroPad2), ">");
    }
  }
  return text;
}

}  // namespace

Auditor::Auditor(const Node* node, Catalog* catalog, Wire* wire,
                 Verdict* verdict)
    : node_(node), catalog_(catalog), wire_(wire), verdict_(verdict) {}

void Auditor::Fail(std::string invariant, const std::string& what) const {
  verdict_->Fail(std::move(invariant),
                 absl::StrCat(node_->source(), " ", head_, ": ", what));
}

void Auditor::Look(const Seen& seen) {
  std::set<std::string> touched;
  for (;;) {
    const auto bytes = node_->store().Get(journal::Journal::KeyOf(head_ + 1));
    journal::v1::Record record;
    if (!bytes || !record.ParseFromString(*bytes)) break;
    CheckChain(record, *bytes);
    for (const journal::v1::Entry& entry : record.entries()) {
      CheckEntry(entry);
      Mirror(entry, touched);
      seen(entry, mirror_);
    }
  }
  for (const std::string& key : touched) {
    if (mirror_.Get(key) != node_->store().Get(key)) {
      Fail("I11",
           absl::StrCat("the journal makes another row ", Printable(key)));
    }
  }
}

void Auditor::CheckChain(const journal::v1::Record& record,
                         const std::string& bytes) {
  ++head_;
  if (record.seq() != head_) Fail("I6", "a gap in the journal");
  if (record.previous_sha256() != last_sha256_) {
    Fail("I7", "the chain of hashes is broken");
  }
  last_sha256_ = base::Sha256(bytes);
}

void Auditor::CheckEntry(const journal::v1::Entry& entry) {
  if (entry.actor().empty()) Fail("I7", "nobody did it");
  if (!entry.request_id().empty() &&
      !requests_.emplace(entry.actor(), entry.request_id()).second) {
    Fail("I2", absl::StrCat(entry.request_id(), " had a second effect"));
  }
  CheckConsumed(entry);
  for (const journal::v1::Fact& fact : entry.facts()) {
    CheckFact(fact);
    catalog_->Learn(fact);
  }
}

void Auditor::CheckFact(const journal::v1::Fact& fact) {
  const std::string& url = fact.record().type_url();
  const std::string kind = url.substr(url.rfind('/') + 1);
  const std::string about = absl::StrCat(fact.subject(), " ", fact.verb());
  ++verbs_[absl::StrCat(kind.substr(kind.rfind('.') + 1), " ", fact.verb())];
  if (fact.version() == 0 || kind.ends_with(".ExclusionRecord")) return;
  uint64_t& version = versions_[kind + fact.subject()];
  if (fact.version() != version + 1) {
    Fail("I6",
         absl::StrCat(about, ": version ", fact.version(), " after ", version));
  }
  version = fact.version();
  if (!IsThing(kind)) return;
  const Thing* before = catalog_->Find(fact.subject());
  const std::string from = before == nullptr ? "" : before->state;
  if (fact.from_state() != from ||
      !IsLegal(kind, fact.verb(), from, fact.to_state())) {
    Fail("I7", absl::StrCat(about, ": ", fact.from_state(), " → ",
                            fact.to_state(), " while ", from));
  }
}

// Everything the source had for others, once and in order, with the cursor that
// says so.
void Auditor::CheckConsumed(const journal::v1::Entry& entry) {
  int consumed = 0;
  for (const event::v1::Cursor& cursor : entry.cursors()) {
    uint64_t& at = cursors_[cursor.source()];
    if (cursor.seq() <= at) {
      Fail("I6", absl::StrCat("cursor of ", cursor.source(), " from ", at,
                              " to ", cursor.seq()));
      return;
    }
    for (uint64_t seq = at + 1; seq < cursor.seq(); ++seq) {
      if (wire_->Tells(cursor.source(), seq)) {
        Fail("I6", absl::StrCat(cursor.source(), " ", seq, " was left out"));
      }
    }
    at = cursor.seq();
    if (entry.consumed().empty()) continue;
    const Wire::Commit* commit = wire_->Events(cursor.source(), at);
    for (const event::v1::Event& event : *commit) {
      if (!event.has_payload()) continue;
      if (consumed == entry.consumed_size() ||
          entry.consumed(consumed).index() != event.index() ||
          entry.consumed(consumed).seq() != event.seq()) {
        Fail("I6", absl::StrCat("events of ", cursor.source(), " ", at,
                                " are not all consumed in order"));
        return;
      }
      ++consumed;
    }
  }
  if (consumed != entry.consumed_size()) {
    Fail("I5", "an event was consumed without its cursor");
  }
}

void Auditor::Mirror(const journal::v1::Entry& entry,
                     std::set<std::string>& touched) {
  store::Overlay state(&mirror_);
  runtime::ReplayEntry(entry, node_->reader(), state);
  store::Batch batch;
  state.MoveTo(batch);
  for (const auto& change : batch.changes()) touched.insert(change.key);
  mirror_.Write(batch).IgnoreError();
}

void Auditor::CompareAllRows() const {
  std::vector<std::pair<std::string, std::string>> live;
  node_->store().Scan(kFirstRow, "",
                      [&](std::string_view key, std::string_view value) {
                        live.emplace_back(key, value);
                        return true;
                      });
  size_t i = 0;
  mirror_.Scan("", "", [&](std::string_view key, std::string_view value) {
    if (i < live.size() && live[i].first == key && live[i].second == value) {
      ++i;
      return true;
    }
    Fail("I11", absl::StrCat("the journal makes another row ", Printable(key)));
    return false;
  });
  if (i < live.size()) {
    Fail("I5", absl::StrCat("row ", Printable(live[i].first),
                            " is not from the journal"));
  }
}

void Auditor::CheckLetters(const Mail& mail) const {
  for (size_t i = 0; i < mail.size(); ++i) {
    const Mail::Letter& letter = mail.at(i);
    if (letter.request.node != node_) continue;
    const bool happened = requests_.contains({letter.request.actor, letter.id});
    if (!letter.answer) {
      if (happened && letter.refused && !letter.lost) {
        Fail("I8", absl::StrCat("'", letter.request.what,
                                "' was refused and has an effect"));
      }
      continue;
    }
    journal::v1::Reply kept;
    google::protobuf::BytesValue answer;
    kept.ParseFromString(
        node_->store()
            .Get(runtime::keys::Reply(letter.request.actor, letter.id))
            .value_or(""));
    answer.ParseFromString(kept.payload());
    if (!happened || answer.value() != *letter.answer) {
      Fail("I1", absl::StrCat("'", letter.request.what,
                              "' was acknowledged and is not there"));
    }
  }
}

}  // namespace jiedui::simulation
