// Serves the imports of the services in this process.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/error.h"
#include "common/runtime/loop.h"
#include "jiedui/sheet/v1/sheet_service.grpc.pb.h"

namespace jiedui::rpc {

// One kind of sheet.
class SheetImporter {
 public:
  virtual ~SheetImporter() = default;

  // "demands", "volunteers", …
  virtual std::string_view kind() const = 0;

  // Does what SheetService.ImportSheet promises, calling `report` with each
  // progress message and the summary; stops when it returns false. Runs on a
  // thread that may block.
  virtual absl::Status Import(
      const sheet::v1::ImportSheetRequest& request, const std::string& actor,
      absl::FunctionRef<bool(const sheet::v1::ImportSheetResponse&)>
          report) = 0;

  virtual std::string Template(base::Language language) const = 0;
};

class SheetService : public sheet::v1::SheetService::CallbackService {
 public:
  // Imports run on `jobs`, which must outlive the server.
  explicit SheetService(runtime::Loop* jobs) : jobs_(jobs) {}

  // REQUIRES: called before the server starts; `importer` outlives the server.
  void Add(SheetImporter* importer);

  grpc::ServerWriteReactor<sheet::v1::ImportSheetResponse>* ImportSheet(
      grpc::CallbackServerContext* context,
      const sheet::v1::ImportSheetRequest* request) override;

  grpc::ServerUnaryReactor* GetSheetTemplate(
      grpc::CallbackServerContext* context,
      const sheet::v1::GetSheetTemplateRequest* request,
      sheet::v1::SheetTemplate* response) override;

 private:
  absl::StatusOr<SheetImporter*> Find(const std::string& kind) const;

  runtime::Loop* const jobs_;
  std::map<std::string, SheetImporter*, std::less<>> importers_;
};

}  // namespace jiedui::rpc
