#include "services/matcher/rpc/record_service.h"

#include <string>

#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "common/query/convert.h"
#include "services/matcher/app/certificates.h"
#include "services/matcher/app/corrections.h"
#include "services/matcher/app/hours.h"
#include "services/matcher/app/readings.h"
#include "services/matcher/app/record_kinds.h"
#include "services/matcher/app/records.h"
#include "services/matcher/app/stays.h"
#include "services/matcher/domain/certificate_page.h"
#include "services/matcher/domain/grades.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/rpc/handlers.h"

namespace jiedui::matcher {
namespace {

template <typename Request>
Stay StayIn(const Request& request) {
  return {TimeOf(request.start_time()), TimeOf(request.end_time()),
          request.travel_minutes()};
}

absl::Status FillHours(const Reader& state, const std::string& subject,
                       v1::Hours* hours) {
  ASSIGN_OR_RETURN(*hours->mutable_display_name(),
                   SubjectOfHours(state, subject));
  query::CopyByName(HoursOf(state, subject), *hours);
  hours->set_subject(subject);
  if (!subject.starts_with(kVolunteers)) return absl::OkStatus();
  const int64_t minutes = hours->measured_minutes() + hours->entered_minutes();
  hours->set_grade(GradeOf(minutes));
  hours->set_next_grade_minutes(NextGradeMinutes(minutes));
  return absl::OkStatus();
}

// What anybody may know of a certificate.
void Disclose(const store::v1::ServiceCertificateRecord& record,
              v1::CheckCertificateResponse* response) {
  v1::ServiceCertificate certificate;
  ToApi(record, &certificate);
  response->set_number(
      certificate.name().substr(certificate.name().find('/') + 1));
  response->set_state(certificate.state());
  response->set_issuer(certificate.issuer());
  response->set_year(static_cast<int32_t>(
      base::ChinaDay(TimeOf(certificate.create_time())).year()));
  response->set_minutes(certificate.measured_minutes() +
                        certificate.entered_minutes());
  response->set_masked_name(MaskedName(certificate.holder_name()));
}

}  // namespace

using Reactor = RecordServiceImpl::Reactor;

Reactor* RecordServiceImpl::AddLateRecord(
    Context* context, const v1::AddLateRecordRequest* request,
    v1::ServiceRecord* response) {
  return Change(
      writer_, context, request, response, [request](Transaction& txn) {
        return matcher::AddLateRecord(
            txn, AskOf(*request),
            {request->volunteer(),
             StayIn(*request),
             {request->evidence().begin(), request->evidence().end()}});
      });
}

Reactor* RecordServiceImpl::ApproveRecord(
    Context* context, const v1::ApproveRecordRequest* request,
    v1::ServiceRecord* response) {
  return Change(writer_, context, request, response,
                [request](Transaction& txn) {
                  return matcher::ApproveRecord(txn, AskOf(*request));
                });
}

Reactor* RecordServiceImpl::RejectRecord(Context* context,
                                         const v1::RejectRecordRequest* request,
                                         v1::ServiceRecord* response) {
  return Change(writer_, context, request, response,
                [request](Transaction& txn) {
                  return matcher::RejectRecord(txn, AskOf(*request));
                });
}

Reactor* RecordServiceImpl::SupersedeRecord(
    Context* context, const v1::SupersedeRecordRequest* request,
    v1::ServiceRecord* response) {
  return Change(
      writer_, context, request, response, [request](Transaction& txn) {
        return matcher::SupersedeRecord(txn, AskOf(*request), StayIn(*request));
      });
}

Reactor* RecordServiceImpl::RequestCorrection(
    Context* context, const v1::RequestCorrectionRequest* request,
    v1::Correction* response) {
  return Change(writer_, context, request, response,
                [request](Transaction& txn) {
                  return matcher::RequestCorrection(
                      txn, AskOf(*request), request->text(), StayIn(*request));
                });
}

Reactor* RecordServiceImpl::GrantCorrection(
    Context* context, const v1::GrantCorrectionRequest* request,
    v1::Correction* response) {
  return Change(
      writer_, context, request, response, [request](Transaction& txn) {
        return matcher::GrantCorrection(txn, AskOf(*request), StayIn(*request));
      });
}

Reactor* RecordServiceImpl::RefuseCorrection(
    Context* context, const v1::RefuseCorrectionRequest* request,
    v1::Correction* response) {
  return Change(writer_, context, request, response,
                [request](Transaction& txn) {
                  return matcher::RefuseCorrection(txn, AskOf(*request));
                });
}

Reactor* RecordServiceImpl::GetCorrection(
    Context* context, const v1::GetCorrectionRequest* request,
    v1::Correction* response) {
  return Get<CorrectionKind>(writer_, context, *request, response);
}

Reactor* RecordServiceImpl::ListCorrections(
    Context* context, const v1::ListCorrectionsRequest* request,
    v1::ListCorrectionsResponse* response) {
  return List<CorrectionKind>(writer_, context, *request,
                              response->mutable_corrections(),
                              response->mutable_next_page_token());
}

Reactor* RecordServiceImpl::GetHours(Context* context,
                                     const v1::GetHoursRequest* request,
                                     v1::Hours* response) {
  return rpc::Finish(context,
                     FillHours(writer_.store(), request->subject(), response));
}

Reactor* RecordServiceImpl::SetIndustryBaseline(
    Context* context, const v1::SetIndustryBaselineRequest* request,
    v1::Reading* response) {
  return Change(writer_, context, request, response,
                [request](Transaction& txn) {
                  return matcher::SetIndustryBaseline(
                      txn, AskOf(*request),
                      {request->value(), request->indicator(), request->unit(),
                       request->source()});
                });
}

Reactor* RecordServiceImpl::RecordReading(
    Context* context, const v1::RecordReadingRequest* request,
    v1::Reading* response) {
  return Change(writer_, context, request, response,
                [request](Transaction& txn) {
                  return matcher::RecordReading(
                      txn, AskOf(*request),
                      {request->value(), "", "", request->source()});
                });
}

Reactor* RecordServiceImpl::GetReading(Context* context,
                                       const v1::GetReadingRequest* request,
                                       v1::Reading* response) {
  return Get<ReadingKind>(writer_, context, *request, response);
}

Reactor* RecordServiceImpl::ListReadings(Context* context,
                                         const v1::ListReadingsRequest* request,
                                         v1::ListReadingsResponse* response) {
  return List<ReadingKind>(writer_, context, *request,
                           response->mutable_readings(),
                           response->mutable_next_page_token());
}

Reactor* RecordServiceImpl::IssueCertificate(
    Context* context, const v1::IssueCertificateRequest* request,
    v1::ServiceCertificate* response) {
  return Change(
      writer_, context, request, response, [request](Transaction& txn) {
        return matcher::IssueCertificate(
            txn, {request->volunteer(), request->issuer(), request->region(),
                  request->start_date(), request->end_date()});
      });
}

Reactor* RecordServiceImpl::RevokeCertificate(
    Context* context, const v1::RevokeCertificateRequest* request,
    v1::ServiceCertificate* response) {
  return Change(writer_, context, request, response,
                [request](Transaction& txn) {
                  return matcher::RevokeCertificate(txn, AskOf(*request));
                });
}

Reactor* RecordServiceImpl::GetServiceCertificate(
    Context* context, const v1::GetServiceCertificateRequest* request,
    v1::ServiceCertificate* response) {
  return Get<ServiceCertificateKind>(writer_, context, *request, response);
}

Reactor* RecordServiceImpl::ListServiceCertificates(
    Context* context, const v1::ListServiceCertificatesRequest* request,
    v1::ListServiceCertificatesResponse* response) {
  return List<ServiceCertificateKind>(writer_, context, *request,
                                      response->mutable_certificates(),
                                      response->mutable_next_page_token());
}

Reactor* RecordServiceImpl::CheckCertificate(
    Context* context, const v1::CheckCertificateRequest* request,
    v1::CheckCertificateResponse* response) {
  const auto record = CertificateOfNumber(writer_.store(), request->number());
  if (record.ok()) Disclose(*record, response);
  return rpc::Finish(context, record.status());
}

Reactor* RecordServiceImpl::RenderCertificate(
    Context* context, const v1::RenderCertificateRequest* request,
    v1::RenderCertificateResponse* response) {
  const auto record =
      ServiceCertificates::Require(writer_.store(), request->name());
  if (record.ok()) {
    response->set_html(
        CertificatePage(record->certificate(), record->holder_name()));
  }
  return rpc::Finish(context, record.status());
}

}  // namespace jiedui::matcher
