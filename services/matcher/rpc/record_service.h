// jiedui.matcher.v1.RecordService over the matcher's commands.
#pragma once

#include "common/runtime/writer.h"
#include "jiedui/matcher/v1/record_service.grpc.pb.h"

namespace jiedui::matcher {

// What each call promises stands in record_service.proto.
class RecordServiceImpl : public v1::RecordService::CallbackService {
 public:
  // `writer` must outlive the server.
  explicit RecordServiceImpl(runtime::Writer* writer) : writer_(*writer) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* AddLateRecord(Context* context,
                         const v1::AddLateRecordRequest* request,
                         v1::ServiceRecord* response) override;
  Reactor* ApproveRecord(Context* context,
                         const v1::ApproveRecordRequest* request,
                         v1::ServiceRecord* response) override;
  Reactor* RejectRecord(Context* context,
                        const v1::RejectRecordRequest* request,
                        v1::ServiceRecord* response) override;
  Reactor* SupersedeRecord(Context* context,
                           const v1::SupersedeRecordRequest* request,
                           v1::ServiceRecord* response) override;
  Reactor* RequestCorrection(Context* context,
                             const v1::RequestCorrectionRequest* request,
                             v1::Correction* response) override;
  Reactor* GrantCorrection(Context* context,
                           const v1::GrantCorrectionRequest* request,
                           v1::Correction* response) override;
  Reactor* RefuseCorrection(Context* context,
                            const v1::RefuseCorrectionRequest* request,
                            v1::Correction* response) override;
  Reactor* GetCorrection(Context* context,
                         const v1::GetCorrectionRequest* request,
                         v1::Correction* response) override;
  Reactor* ListCorrections(Context* context,
                           const v1::ListCorrectionsRequest* request,
                           v1::ListCorrectionsResponse* response) override;
  Reactor* GetHours(Context* context, const v1::GetHoursRequest* request,
                    v1::Hours* response) override;
  Reactor* SetIndustryBaseline(Context* context,
                               const v1::SetIndustryBaselineRequest* request,
                               v1::Reading* response) override;
  Reactor* RecordReading(Context* context,
                         const v1::RecordReadingRequest* request,
                         v1::Reading* response) override;
  Reactor* GetReading(Context* context, const v1::GetReadingRequest* request,
                      v1::Reading* response) override;
  Reactor* ListReadings(Context* context,
                        const v1::ListReadingsRequest* request,
                        v1::ListReadingsResponse* response) override;
  Reactor* IssueCertificate(Context* context,
                            const v1::IssueCertificateRequest* request,
                            v1::ServiceCertificate* response) override;
  Reactor* RevokeCertificate(Context* context,
                             const v1::RevokeCertificateRequest* request,
                             v1::ServiceCertificate* response) override;
  Reactor* GetServiceCertificate(
      Context* context, const v1::GetServiceCertificateRequest* request,
      v1::ServiceCertificate* response) override;
  Reactor* ListServiceCertificates(
      Context* context, const v1::ListServiceCertificatesRequest* request,
      v1::ListServiceCertificatesResponse* response) override;
  Reactor* CheckCertificate(Context* context,
                            const v1::CheckCertificateRequest* request,
                            v1::CheckCertificateResponse* response) override;
  Reactor* RenderCertificate(Context* context,
                             const v1::RenderCertificateRequest* request,
                             v1::RenderCertificateResponse* response) override;

 private:
  runtime::Writer& writer_;
};

}  // namespace jiedui::matcher
