// The three beats of the matcher's unary handlers: convert, ask, convert back.
#pragma once

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/list.h"
#include "common/rpc/unary.h"
#include "common/runtime/collection.h"
#include "common/runtime/writer.h"
#include "services/matcher/app/steps.h"
#include "services/matcher/rpc/convert.h"

namespace jiedui::matcher {

// The record as the response, or why there is none.
template <typename Record, typename Api>
absl::Status Answer(const absl::StatusOr<Record>& record, Api* response) {
  if (record.ok()) ToApi(*record, response);
  return record.status();
}

// What a request for a transition says, whatever it calls its resource.
template <typename Request>
Ask AskOf(const Request& request) {
  Ask ask;
  if constexpr (requires { request.pairing(); }) {
    ask.name = request.pairing();
  } else {
    ask.name = request.name();
  }
  ask.etag = request.etag();
  if constexpr (requires { request.reason_code(); }) {
    ask.reason_code = request.reason_code();
  }
  if constexpr (requires { request.note(); }) ask.note = request.note();
  return ask;
}

// Commits what `decide(txn)` returns as a record, and answers with it.
template <typename Request, typename Api, typename Decide>
grpc::ServerUnaryReactor* Change(runtime::Writer& writer,
                                 grpc::CallbackServerContext* context,
                                 const Request* request, Api* response,
                                 Decide decide) {
  return rpc::Commit(writer, context, request, response,
                     [response, decide = std::move(decide)](Transaction& txn) {
                       return Answer(decide(txn), response);
                     });
}

// One resource by the name that the request gives.
template <typename Kind, typename Request, typename Api>
grpc::ServerUnaryReactor* Get(const runtime::Writer& writer,
                              grpc::CallbackServerContext* context,
                              const Request& request, Api* response) {
  return rpc::Finish(context, Answer(runtime::Collection<Kind>::Require(
                                         writer.store(), request.name()),
                                     response));
}

// A page of a collection.
template <typename Kind, typename Request, typename Api>
grpc::ServerUnaryReactor* List(const runtime::Writer& writer,
                               grpc::CallbackServerContext* context,
                               const Request& request,
                               google::protobuf::RepeatedPtrField<Api>* page,
                               std::string* next_page_token) {
  const auto to_api = [](const typename Kind::Record& record, Api* api) {
    ToApi(record, api);
  };
  return rpc::Finish(
      context, rpc::ListPage<Kind>(writer.store(), rpc::ListQueryOf(request),
                                   nullptr, to_api, page, next_page_token));
}

}  // namespace jiedui::matcher
