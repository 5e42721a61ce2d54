#include "tools/cli/messages.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"
#include "jiedui/matcher/v1/matcher.pb.h"
#include "jiedui/type/v1/codes.pb.h"
#include "jiedui/type/v1/pairing.pb.h"
#include "tools/cli/fields.h"
#include "tools/cli/resources.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

bool HasHan(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return true;
  }
  return false;
}

// "{name}" and "{count}" of a message.
std::multiset<std::string> Holes(std::string_view text) {
  std::multiset<std::string> holes;
  for (size_t open = text.find('{'); open != text.npos;
       open = text.find('{', open + 1)) {
    holes.insert(
        std::string(text.substr(open, text.find('}', open) - open + 1)));
  }
  return holes;
}

TEST(Messages, EachHasBothLanguagesWithTheSameHoles) {
  for (const MessageRow& row : AllMessages()) {
    EXPECT_FALSE(row.zh.empty()) << row.id;
    EXPECT_FALSE(row.en.empty()) << row.id;
    EXPECT_EQ(Holes(row.zh), Holes(row.en)) << row.id;
  }
}

TEST(Messages, HolesAreFilled) {
  EXPECT_EQ(Say(Language::kEnglish, Msg::kNowIn,
                {{"name", "demands/D1"}, {"state", "open"}}),
            "demands/D1 is now open");
}

TEST(Words, EachHasBothLanguagesAndOneRow) {
  std::set<std::string_view> keys;
  for (const WordRow& row : AllWords()) {
    EXPECT_TRUE(keys.insert(row.key).second) << row.key << " stands twice";
    EXPECT_TRUE(HasHan(row.zh)) << row.key;
    EXPECT_FALSE(row.en.empty()) << row.key;
  }
}

void CheckEnum(const EnumDescriptor& type) {
  for (int i = 1; i < type.value_count(); ++i) {
    EXPECT_NE(EnumWord(Language::kChinese, *type.value(i)),
              type.value(i)->name())
        << "words.def lacks " << EnumKey(*type.value(i));
  }
}

// Every field and enum value that a resource can show.
void CheckMessage(const Descriptor& type) {
  if (type.file()->package() == "google.protobuf") return;
  for (int i = 0; i < type.enum_type_count(); ++i) {
    CheckEnum(*type.enum_type(i));
  }
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.message_type() != nullptr) CheckMessage(*field.message_type());
    if (field.enum_type() != nullptr) CheckEnum(*field.enum_type());
  }
}

TEST(Words, EveryFieldAndEnumValueOfEveryResourceHasAWord) {
  for (const ResourceKind* kind : AllKinds()) {
    CheckMessage(*kind->message);
    for (int i = 0; i < kind->message->field_count(); ++i) {
      const FieldDescriptor& field = *kind->message->field(i);
      EXPECT_NE(FieldWord(Language::kChinese, field), field.name())
          << kind->singular;
    }
  }
}

TEST(Words, EveryOptionThatSetsAFieldHasAWord) {
  for (const ResourceKind* kind :
       {&DemandKind(), &VolunteerKind(), &TeamKind(), &ProjectKind(),
        &EnterpriseKind(), &StationKind(), &SpecialtyKind()}) {
    for (const InputField& field : InputFields(*kind->message)) {
      EXPECT_NE(FieldWord(Language::kChinese, *field.field),
                field.field->name())
          << field.path;
    }
  }
}

TEST(Words, AnEnumValueIsFoundByAnyOfItsNames) {
  const EnumDescriptor& urgency = *type::v1::Urgency_descriptor();
  for (const char* text : {"紧急", "high", "HIGH", "URGENCY_HIGH", "High"}) {
    ASSERT_NE(FindEnumValue(urgency, text), nullptr) << text;
    EXPECT_EQ(FindEnumValue(urgency, text)->number(), type::v1::URGENCY_HIGH);
  }
  EXPECT_EQ(FindEnumValue(*type::v1::Mode_descriptor(), "on-site")->number(),
            type::v1::MODE_ON_SITE);
  EXPECT_EQ(FindEnumValue(urgency, "UNSPECIFIED"), nullptr);
  EXPECT_EQ(FindEnumValue(urgency, "soon"), nullptr);
}

std::string g_locale;
std::string Locale(const char* name) {
  return std::string_view(name) == "LANG" ? g_locale : "";
}

TEST(Language, IsAskedForElseByLocaleElseChinese) {
  g_locale = "en_GB.UTF-8";
  EXPECT_EQ(ChooseLanguage("zh", Locale), Language::kChinese);
  EXPECT_EQ(ChooseLanguage("en", Locale), Language::kEnglish);
  EXPECT_EQ(ChooseLanguage("", Locale), Language::kEnglish);
  g_locale = "C.UTF-8";
  EXPECT_EQ(ChooseLanguage("", Locale), Language::kChinese);
  g_locale = "";
  EXPECT_EQ(ChooseLanguage("", Locale), Language::kChinese);
}

}  // namespace
}  // namespace jiedui::cli
