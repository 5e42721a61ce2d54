#include "tests/bench/sheets.h"

#include <grpcpp/client_context.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "absl/strings/str_cat.h"
#include "jiedui/event/v1/event.grpc.pb.h"
#include "jiedui/sheet/v1/sheet_service.grpc.pb.h"
#include "tests/bench/fail.h"
#include "tests/bench/latencies.h"
#include "tools/corps/sheets.h"

namespace jiedui::bench {
namespace {

event::v1::Head HeadOf(event::v1::EventLogService::Stub& stub,
                       const std::string& source) {
  grpc::ClientContext context;
  event::v1::GetHeadRequest request;
  request.set_source(source);
  event::v1::Head head;
  const grpc::Status status = stub.GetHead(&context, request, &head);
  if (!status.ok()) Fail(status.error_message());
  return head;
}

}  // namespace

std::string GeneratedSheet(const corps::Corps& corps, const std::string& file,
                           uint64_t begin, uint64_t end) {
  const auto sheets = corps::Sheets();
  const auto sheet =
      std::find_if(sheets.begin(), sheets.end(),
                   [&](const corps::Sheet& one) { return one.file == file; });
  std::string content(sheet->header);
  if (!content.ends_with('\n')) content += '\n';
  for (uint64_t i = begin; i < end; ++i) sheet->append(corps, i, content);
  return content;
}

double Import(const std::shared_ptr<grpc::Channel>& channel,
              const std::string& kind, const std::string& content) {
  const auto stub = sheet::v1::SheetService::NewStub(channel);
  sheet::v1::ImportSheetRequest request;
  request.set_kind(kind);
  request.set_content(content);
  request.set_verify(true);
  const Clock::time_point start = Clock::now();
  grpc::ClientContext context;
  const auto reader = stub->ImportSheet(&context, request);
  sheet::v1::ImportSheetResponse response;
  while (reader->Read(&response)) {
  }
  const grpc::Status status = reader->Finish();
  const double took = SecondsSince(start);
  if (!status.ok()) Fail(absl::StrCat(kind, ": ", status.error_message()));
  if (response.summary().failed() > 0) {
    const auto& error = response.summary().errors(0);
    Fail(absl::StrCat(kind, ": row ", error.row(), ", ", error.column(), ": ",
                      error.message_en()));
  }
  return took;
}

double Settle(const std::shared_ptr<grpc::Channel>& channel,
              const std::string& source, const std::string& follower) {
  const auto stub = event::v1::EventLogService::NewStub(channel);
  const Clock::time_point start = Clock::now();
  const uint64_t goal = HeadOf(*stub, source).seq();
  const auto taken_in = [&]() -> uint64_t {
    const event::v1::Head head = HeadOf(*stub, follower);
    for (const event::v1::Cursor& cursor : head.cursors()) {
      if (cursor.source() == source) return cursor.seq();
    }
    return 0;
  };
  while (taken_in() < goal) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return SecondsSince(start);
}

}  // namespace jiedui::bench
