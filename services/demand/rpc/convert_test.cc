#include "services/demand/rpc/convert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/query/convert.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace jiedui::demand {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void FillSingular(Message& message, const FieldDescriptor& field);

// Sets every field of `message` and of what is in it to something.
void FillAll(Message& message) {
  const google::protobuf::Reflection& write = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (!field->is_repeated()) {
      FillSingular(message, *field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      write.AddString(&message, field, field->name());
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      write.AddEnumValue(&message, field, 2);
    } else {
      ADD_FAILURE() << field->full_name() << ": teach this test its type";
    }
  }
}

void FillSingular(Message& message, const FieldDescriptor& field) {
  const google::protobuf::Reflection& write = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return FillAll(*write.MutableMessage(&message, &field));
    case FieldDescriptor::CPPTYPE_STRING:
      return write.SetString(&message, &field, field.name());
    case FieldDescriptor::CPPTYPE_ENUM:
      return write.SetEnumValue(&message, &field, 2);
    case FieldDescriptor::CPPTYPE_BOOL:
      return write.SetBool(&message, &field, true);
    case FieldDescriptor::CPPTYPE_INT32:
      return write.SetInt32(&message, &field, 7);
    case FieldDescriptor::CPPTYPE_INT64:
      return write.SetInt64(&message, &field, 7);
    case FieldDescriptor::CPPTYPE_UINT64:
      return write.SetUInt64(&message, &field, 7);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return write.SetDouble(&message, &field, 1.5);
    default:
      ADD_FAILURE() << field.full_name() << ": teach this test its type";
  }
}

TEST(ConvertTest, CarriesEveryFieldToTheApi) {
  store::v1::DemandRecord record;
  FillAll(record);
  record.mutable_demand()->set_state("OPEN");
  v1::Demand expected;
  query::CopyByName(record.demand(), expected);
  *expected.mutable_contact() = record.contact();
  expected.set_etag(std::to_string(record.version()));
  v1::Demand api;
  ToApi(record, &api);
  EXPECT_EQ(api.ShortDebugString(), expected.ShortDebugString());
  EXPECT_EQ(api.state(), v1::Demand::STATE_OPEN);
}

TEST(ConvertTest, TakesOverAllContentAndNothingOfTheRegistrys) {
  v1::Demand api;
  FillAll(api);
  store::v1::DemandRecord record;
  record.set_version(3);
  event::v1::Demand& own = *record.mutable_demand();
  own.set_name("demands/D00000009");
  own.set_state("OPEN");
  own.set_state_reason("why");
  own.set_pairing("pairings/P00000001");
  own.mutable_create_time()->set_seconds(9);
  own.set_risks("goes");
  event::v1::Demand expected;
  query::CopyByName(api, expected);
  expected.set_name(own.name());
  expected.set_state(own.state());
  expected.set_state_reason(own.state_reason());
  expected.set_pairing(own.pairing());
  *expected.mutable_create_time() = own.create_time();
  expected.clear_submit_time();
  expected.clear_update_time();
  SetContent(api, record);
  EXPECT_EQ(record.demand().ShortDebugString(), expected.ShortDebugString());
  EXPECT_EQ(record.contact().ShortDebugString(),
            api.contact().ShortDebugString());
  EXPECT_EQ(record.version(), 3u);

  SetContent(v1::Demand(), record);
  EXPECT_EQ(record.demand().risks(), "");
  EXPECT_FALSE(record.demand().has_metric());
  EXPECT_FALSE(record.has_contact());
}

}  // namespace
}  // namespace jiedui::demand
