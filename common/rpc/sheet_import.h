// What all imports of sheets have in common: read, check, rehearse on a
// snapshot, then commit in portions with progress.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/rpc/sheet_service.h"
#include "common/runtime/transaction.h"
#include "common/runtime/writer.h"
#include "common/sheet/columns.h"
#include "common/sheet/sheet.h"

namespace jiedui::rpc {

enum class RowOutcome { kCreated, kUpdated, kUnchanged };

// One kind of sheet. A Row has external_id(), the natural key.
template <typename Row>
struct SheetRules {
  std::string kind;
  const sheet::Schema<Row>* schema = nullptr;

  // What is wrong with a row by itself; fields are named as in the messages.
  std::function<base::Violations(const Row&)> validate;

  // Brings one row into the registry. On error it has recorded nothing. Also
  // run on snapshots, from any thread.
  std::function<absl::StatusOr<RowOutcome>(runtime::Transaction&, const Row&,
                                           bool verify)>
      upsert;

  // Resource name and similarity (×10⁶) of what a new row probably repeats.
  // May be empty.
  std::function<std::optional<std::pair<std::string, int64_t>>(const Row&)>
      find_duplicate;
};

template <typename Row>
class SheetImport : public SheetImporter {
 public:
  // `writer` must outlive it.
  SheetImport(runtime::Writer* writer, SheetRules<Row> rules)
      : writer_(writer), rules_(std::move(rules)) {}

  std::string_view kind() const override { return rules_.kind; }

  std::string Template(base::Language language) const override {
    return sheet::Template(rules_.schema->headings(), language);
  }

  absl::Status Import(
      const sheet::v1::ImportSheetRequest& request, const std::string& actor,
      absl::FunctionRef<bool(const sheet::v1::ImportSheetResponse&)> report)
      override {
    ASSIGN_OR_RETURN(const sheet::Table table,
                     sheet::ParseTable(request.content()));
    ASSIGN_OR_RETURN(sheet::Sheet<Row> sheet, rules_.schema->Read(table));
    Job job{request, actor, report, sheet, {}, {}};
    Check(job);
    Rehearse(job);
    const bool refused =
        job.sheet.errors.count() > 0 && !request.skip_bad_rows();
    if (!request.validate_only() && !refused) {
      job.counts = {};
      RETURN_IF_ERROR(CommitAll(job));
    }
    Summarise(job, request.validate_only() || refused);
    return absl::OkStatus();
  }

 private:
  // Rows in one commit: enough for one fsync to cost little, few enough for
  // other commands not to wait long.
  static constexpr size_t kRowsPerCommit = 500;

  using Entry = typename sheet::Sheet<Row>::Entry;

  struct Counts {
    int created = 0;
    int updated = 0;
    int unchanged = 0;

    void Add(RowOutcome outcome) {
      switch (outcome) {
        case RowOutcome::kCreated:
          ++created;
          break;
        case RowOutcome::kUpdated:
          ++updated;
          break;
        case RowOutcome::kUnchanged:
          ++unchanged;
          break;
      }
    }
  };

  struct Job {
    const sheet::v1::ImportSheetRequest& request;
    const std::string& actor;
    absl::FunctionRef<bool(const sheet::v1::ImportSheetResponse&)> report;
    sheet::Sheet<Row>& sheet;
    Counts counts;
    sheet::v1::ImportSummary summary;
  };

  // Takes rows out that are wrong by themselves or repeat another's number.
  void Check(Job& job) {
    absl::flat_hash_map<std::string, int32_t> row_of_id;
    KeepRows(job, [&](Entry& entry) -> std::vector<base::Violation> {
      std::vector<base::Violation> wrong = rules_.validate(entry.row).list();
      const std::string& id = entry.row.external_id();
      if (id.empty()) {
        wrong.push_back({"external_id", base::Reason::kFieldRequired, {}});
      } else if (const auto [it, fresh] =
                     row_of_id.try_emplace(id, entry.row_number);
                 !fresh) {
        wrong.push_back({"external_id",
                         base::Reason::kRowRepeated,
                         {{"value", id}, {"row", absl::StrCat(it->second)}}});
      }
      return wrong;
    });
  }

  // Does everything on a snapshot that is thrown away: finds what only shows
  // against what is stored, and counts what would happen.
  void Rehearse(Job& job) {
    const auto snapshot = writer_->store().Snapshot();
    runtime::Transaction txn(snapshot.get(), &writer_->machine(),
                             writer_->clock().Now(), job.actor);
    KeepRows(job, [&](Entry& entry) -> std::vector<base::Violation> {
      const auto outcome = rules_.upsert(txn, entry.row, job.request.verify());
      // Nobody will journal them, and a whole sheet's would fill the memory.
      txn.entry().clear_facts();
      txn.entry().clear_numbers();
      if (!outcome.ok()) return ViolationsOf(outcome.status());
      job.counts.Add(*outcome);
      if (*outcome == RowOutcome::kCreated && rules_.find_duplicate) {
        NoteDuplicate(job, entry);
      }
      return {};
    });
  }

  void NoteDuplicate(Job& job, const Entry& entry) {
    const auto found = rules_.find_duplicate(entry.row);
    if (!found) return;
    auto* duplicate = job.summary.add_duplicates();
    duplicate->set_row(entry.row_number);
    duplicate->set_resource(found->first);
    duplicate->set_similarity(found->second);
  }

  absl::Status CommitAll(Job& job) {
    const std::vector<Entry>& rows = job.sheet.rows;
    const size_t skipped = job.sheet.total_rows - rows.size();
    for (size_t begin = 0; begin < rows.size(); begin += kRowsPerCommit) {
      const size_t end = std::min(begin + kRowsPerCommit, rows.size());
      RETURN_IF_ERROR(CommitRows(job, begin, end));
      sheet::v1::ImportSheetResponse progress;
      progress.set_done_rows(static_cast<int32_t>(skipped + end));
      progress.set_total_rows(static_cast<int32_t>(job.sheet.total_rows));
      if (!job.report(progress)) {
        return base::MakeError(base::Reason::kCancelled);
      }
    }
    return absl::OkStatus();
  }

  absl::Status CommitRows(Job& job, size_t begin, size_t end) {
    Counts counts;
    std::vector<std::pair<const Entry*, absl::Status>> failed;
    runtime::Command command;
    command.actor = job.actor;
    command.decide = [&](runtime::Transaction& txn) {
      for (size_t i = begin; i < end; ++i) {
        const Entry& entry = job.sheet.rows[i];
        const auto outcome =
            rules_.upsert(txn, entry.row, job.request.verify());
        if (outcome.ok()) {
          counts.Add(*outcome);
        } else {  // somebody was quicker since the rehearsal
          failed.emplace_back(&entry, outcome.status());
        }
      }
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(writer_->Run(std::move(command)));
    job.counts.created += counts.created;
    job.counts.updated += counts.updated;
    job.counts.unchanged += counts.unchanged;
    for (const auto& [entry, status] : failed) {
      AddErrors(job, *entry, ViolationsOf(status));
    }
    return absl::OkStatus();
  }

  // Keeps the rows in which `check` finds nothing wrong.
  void KeepRows(Job& job,
                absl::FunctionRef<std::vector<base::Violation>(Entry&)> check) {
    std::vector<Entry> kept;
    kept.reserve(job.sheet.rows.size());
    for (Entry& entry : job.sheet.rows) {
      const std::vector<base::Violation> wrong = check(entry);
      if (wrong.empty()) {
        kept.push_back(std::move(entry));
      } else {
        AddErrors(job, entry, wrong);
      }
    }
    job.sheet.rows = std::move(kept);
  }

  static std::vector<base::Violation> ViolationsOf(const absl::Status& status) {
    const std::optional<base::ErrorInfo> info = base::Info(status);
    if (!info) {
      return {{"",
               base::Reason::kInternal,
               {{"detail", std::string(status.message())}}}};
    }
    if (!info->violations.empty()) return info->violations;
    std::string field;
    for (const auto& [name, value] : info->args) {
      if (name == "field") field = value;
    }
    return {{field, info->reason, info->args}};
  }

  void AddErrors(Job& job, const Entry& entry,
                 const std::vector<base::Violation>& wrong) {
    for (const base::Violation& violation : wrong) {
      sheet::CellError error;
      error.row = entry.row_number;
      error.column = HeadingOf(violation.field);
      error.reason = violation.reason;
      error.args = violation.args;
      for (const auto& [name, value] : violation.args) {
        if (name == "value") error.value = value;
      }
      job.sheet.errors.Add(std::move(error));
    }
  }

  // The column that a message's field is read from; the field itself when
  // there is no such column.
  std::string HeadingOf(const std::string& field) const {
    const std::string last = field.substr(field.rfind('.') + 1);
    for (const sheet::Heading& heading : rules_.schema->headings()) {
      if (heading.en == last || heading.en == field) return heading.zh;
    }
    return field;
  }

  void Summarise(Job& job, bool nothing_changed) {
    sheet::v1::ImportSheetResponse response;
    auto& summary = *response.mutable_summary();
    summary = std::move(job.summary);
    const auto total = static_cast<int32_t>(job.sheet.total_rows);
    response.set_done_rows(total);
    response.set_total_rows(total);
    summary.set_total_rows(total);
    summary.set_created(job.counts.created);
    summary.set_updated(job.counts.updated);
    summary.set_unchanged(job.counts.unchanged);
    summary.set_failed(total - job.counts.created - job.counts.updated -
                       job.counts.unchanged);
    std::vector<sheet::CellError> errors = job.sheet.errors.list();
    std::stable_sort(
        errors.begin(), errors.end(),
        [](const auto& a, const auto& b) { return a.row < b.row; });
    for (const sheet::CellError& error : errors) {
      auto* wire = summary.add_errors();
      wire->set_row(error.row);
      wire->set_column(error.column);
      wire->set_value(error.value);
      wire->set_reason(std::string(base::ReasonName(error.reason)));
      wire->set_message_zh(error.Message(base::Language::kChinese));
      wire->set_message_en(error.Message(base::Language::kEnglish));
    }
    summary.set_error_count(static_cast<int32_t>(job.sheet.errors.count()));
    for (const std::string& column : job.sheet.ignored_columns) {
      summary.add_ignored_columns(column);
    }
    summary.set_encoding(std::string(sheet::EncodingName(job.sheet.encoding)));
    summary.set_nothing_changed(nothing_changed);
    job.report(response);
  }

  runtime::Writer* const writer_;
  const SheetRules<Row> rules_;
};

}  // namespace jiedui::rpc
