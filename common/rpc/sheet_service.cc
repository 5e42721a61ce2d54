#include "common/rpc/sheet_service.h"

#include "absl/strings/str_cat.h"
#include "common/rpc/caller.h"
#include "common/rpc/journal_stream.h"
#include "common/rpc/stream_job.h"
#include "common/rpc/unary.h"

namespace jiedui::rpc {

using sheet::v1::ImportSheetResponse;

void SheetService::Add(SheetImporter* importer) {
  importers_.emplace(importer->kind(), importer);
}

absl::StatusOr<SheetImporter*> SheetService::Find(
    const std::string& kind) const {
  const auto it = importers_.find(kind);
  if (it != importers_.end()) return it->second;
  return base::MakeError(
      base::Reason::kNotFound,
      {{"resource", absl::StrCat("sheet kind '", kind, "'")}});
}

grpc::ServerWriteReactor<ImportSheetResponse>* SheetService::ImportSheet(
    grpc::CallbackServerContext* context,
    const sheet::v1::ImportSheetRequest* request) {
  const auto importer = Find(request->kind());
  if (!importer.ok()) {
    return new FailedStream<ImportSheetResponse>(
        ToGrpcStatus(importer.status()));
  }
  return StreamJob<ImportSheetResponse>::Run(
      *jobs_, [importer = *importer, request,
               actor = CallerOf(*context).actor](auto& job) {
        return importer->Import(
            *request, actor, [&job](const ImportSheetResponse& response) {
              return job.Write(response) && !job.cancelled();
            });
      });
}

grpc::ServerUnaryReactor* SheetService::GetSheetTemplate(
    grpc::CallbackServerContext* context,
    const sheet::v1::GetSheetTemplateRequest* request,
    sheet::v1::SheetTemplate* response) {
  const auto importer = Find(request->kind());
  if (!importer.ok()) return Finish(context, importer.status());
  response->set_file_name(absl::StrCat(request->kind(), ".csv"));
  response->set_content((*importer)->Template(request->english()
                                                  ? base::Language::kEnglish
                                                  : base::Language::kChinese));
  return Finish(context, absl::OkStatus());
}

}  // namespace jiedui::rpc
