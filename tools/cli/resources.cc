#include "tools/cli/resources.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"
#include "tools/cli/errors.h"
#include "tools/cli/fields.h"
#include "tools/cli/reflection.h"
#include "tools/cli/session.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

absl::Status Get(Session& session, const ResourceKind& kind,
                 const std::string& name, Message* resource) {
  const std::string method = kind.MethodOf("Get");
  const std::unique_ptr<Message> request = NewRequest(method);
  ASSIGN_OR_RETURN(const std::string full,
                   ResolveName(session, kind.collection, name));
  SetText(*request, "name", full);
  return session.Call(method, *request, resource);
}

absl::Status RunAdd(Session& session, const ResourceKind& kind,
                    const Arguments& arguments) {
  const std::string method = kind.MethodOf("Create");
  const std::unique_ptr<Message> request = NewRequest(method);
  const Reflection& reflection = *request->GetReflection();
  std::vector<std::string> changed;
  RETURN_IF_ERROR(
      FillFields(kind, arguments, session.language(),
                 reflection.MutableMessage(request.get(),
                                           &FieldOf(*request, *kind.message)),
                 &changed));
  const bool dry = arguments.Has("dry-run");
  reflection.SetBool(request.get(), Find(*request, "validate_only"), dry);
  const std::unique_ptr<Message> created = NewResponse(method);
  RETURN_IF_ERROR(session.Call(method, *request, created.get()));
  if (dry && !session.json()) {
    session.out() << session.Say(Msg::kChecked) << "\n";
  } else {
    session.ShowChanged(*created);
  }
  return absl::OkStatus();
}

// Reads the resource, changes it, and sends it back under the etag it was read
// with (or the one given), so that nobody else's change is overwritten.
absl::Status RunUpdate(Session& session, const ResourceKind& kind,
                       const Arguments& arguments) {
  const std::unique_ptr<Message> resource = NewMessage(*kind.message);
  RETURN_IF_ERROR(Get(session, kind, arguments.Get("NAME"), resource.get()));
  std::vector<std::string> changed;
  RETURN_IF_ERROR(FillFields(kind, arguments, session.language(),
                             resource.get(), &changed));
  if (changed.empty()) {
    return UsageError(session.Say(Msg::kNothingToChange));
  }
  if (arguments.Has("etag")) SetText(*resource, "etag", arguments.Get("etag"));
  const std::string method = kind.MethodOf("Update");
  const std::unique_ptr<Message> request = NewRequest(method);
  const Reflection& reflection = *request->GetReflection();
  reflection.MutableMessage(request.get(), &FieldOf(*request, *kind.message))
      ->CopyFrom(*resource);
  auto* mask = static_cast<google::protobuf::FieldMask*>(
      reflection.MutableMessage(request.get(), Find(*request, "update_mask")));
  for (const std::string& path : changed) mask->add_paths(path);
  const std::unique_ptr<Message> updated = NewResponse(method);
  RETURN_IF_ERROR(session.Call(method, *request, updated.get()));
  session.ShowChanged(*updated);
  return absl::OkStatus();
}

absl::Status RunVerb(Session& session, const ResourceKind& kind,
                     const Verb& verb, const Arguments& arguments) {
  const std::vector<std::string>& names = arguments.All("NAME");
  for (const char* option : {"etag", "request-id"}) {
    if (names.size() > 1 && arguments.Has(option)) {
      return UsageError(session.Say(Msg::kOneNameOnly,
                                    {{"option", absl::StrCat("--", option)}}));
    }
  }
  for (const std::string& name : names) {
    const std::unique_ptr<Message> request = NewRequest(verb.method);
    ASSIGN_OR_RETURN(const std::string full,
                     ResolveName(session, kind.collection, name));
    SetText(*request, "name", full);
    SetText(*request, "etag", arguments.Get("etag"));
    SetText(*request, "note", arguments.Get("note"));
    SetText(*request, "reason_code", arguments.Get("reason"));
    if (verb.fill) {
      RETURN_IF_ERROR(verb.fill(arguments, session.language(), request.get()));
    }
    const std::unique_ptr<Message> changed = NewResponse(verb.method);
    RETURN_IF_ERROR(session.Call(verb.method, *request, changed.get()));
    session.ShowChanged(*changed);
  }
  return absl::OkStatus();
}

Argument NameArgument(const ResourceKind& kind) {
  return Positional("NAME",
                    {"名称，可省去 " + kind.collection + "/",
                     "its name; " + kind.collection + "/ may be left out"});
}

Argument FieldArgument(const InputField& field) {
  const std::string zh = FieldWord(Language::kChinese, *field.field);
  const std::string en = FieldWord(Language::kEnglish, *field.field);
  std::string value_name = "TEXT";
  if (field.field->enum_type() != nullptr) {
    value_name = absl::StrJoin(EnumChoices(*field.field->enum_type()), "|");
  } else if (field.field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    value_name = "yes|no";
  } else if (field.field->cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
             field.field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
    value_name = "N";
  } else if (field.field->message_type() != nullptr) {
    std::vector<std::string> parts;
    for (int i = 0; i < field.field->message_type()->field_count(); ++i) {
      parts.push_back(field.field->message_type()->field(i)->name());
    }
    value_name = absl::StrJoin(parts, ":");
  }
  return field.field->is_repeated()
             ? List(field.Option(), value_name, {zh, en})
             : Value(field.Option(), value_name, {zh, en});
}

std::string TopField(const std::string& path) {
  return path.substr(0, path.find('.'));
}

// The fields set in `file` replace those of `resource`.
absl::Status FillFromFile(const std::string& file, Language language,
                          Message* resource, std::set<std::string>* changed) {
  const std::unique_ptr<Message> read(resource->New());
  RETURN_IF_ERROR(MergeJsonFile(file, read.get(), language));
  std::set<std::string> settable;
  for (const InputField& field : InputFields(*resource->GetDescriptor())) {
    settable.insert(TopField(field.path));
  }
  std::vector<const FieldDescriptor*> fields;
  read->GetReflection()->ListFields(*read, &fields);
  for (const FieldDescriptor* field : fields) {
    if (settable.contains(field->name())) {
      resource->GetReflection()->ClearField(resource, field);
      changed->insert(field->name());
    } else if (field->name() != "etag") {
      read->GetReflection()->ClearField(read.get(), field);
    }
  }
  resource->MergeFrom(*read);
  return absl::OkStatus();
}

absl::Status FillFromSet(const std::vector<std::string>& assignments,
                         Language language, Message* resource,
                         std::set<std::string>* changed) {
  for (const std::string& assignment : assignments) {
    std::string path;
    std::string value;
    RETURN_IF_ERROR(SplitAssignment(assignment, &path, &value, language));
    RETURN_IF_ERROR(SetField(resource, path, {value}, language));
    changed->insert(TopField(path));
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Argument> FieldArguments(const ResourceKind& kind) {
  std::vector<Argument> arguments = {
      Value("file", "FILE",
            {"读取 JSON 文件（- 为标准输入）",
             "read a JSON file (-: standard input)"}),
      List("set", "FIELD=VALUE",
           {"设一个字段；等号后为空则清除",
            "set one field; nothing after the = clears it"}),
  };
  for (const InputField& field : InputFields(*kind.message)) {
    arguments.push_back(FieldArgument(field));
  }
  return arguments;
}

absl::Status FillFields(const ResourceKind& kind, const Arguments& arguments,
                        Language language, Message* resource,
                        std::vector<std::string>* changed) {
  std::set<std::string> tops;
  if (arguments.Has("file")) {
    RETURN_IF_ERROR(
        FillFromFile(arguments.Get("file"), language, resource, &tops));
  }
  for (const InputField& field : InputFields(*kind.message)) {
    if (!arguments.Has(field.Option())) continue;
    RETURN_IF_ERROR(SetField(resource, field.path,
                             arguments.All(field.Option()), language));
    tops.insert(TopField(field.path));
  }
  RETURN_IF_ERROR(FillFromSet(arguments.All("set"), language, resource, &tops));
  changed->assign(tops.begin(), tops.end());
  return absl::OkStatus();
}

Command ShowCommand(const ResourceKind& kind) {
  Command command;
  command.name = "show";
  command.summary = {"显示一个" + kind.noun.zh, "show one " + kind.noun.en};
  command.arguments = {NameArgument(kind)};
  command.run = [&kind](Session& session, const Arguments& arguments) {
    const std::unique_ptr<Message> resource = NewMessage(*kind.message);
    RETURN_IF_ERROR(Get(session, kind, arguments.Get("NAME"), resource.get()));
    session.ShowRecord(*resource);
    return absl::OkStatus();
  };
  return command;
}

Command AddCommand(const ResourceKind& kind) {
  Command command;
  command.name = "add";
  command.summary = {"登记" + kind.noun.zh, "register a " + kind.noun.en};
  command.arguments = FieldArguments(kind);
  command.arguments.push_back(
      Flag("dry-run", {"只检查，不登记", "only check"}));
  command.examples = {{"jiedui " + kind.command + " add --file new.json",
                       {"从 JSON 文件登记", "from a JSON file"}}};
  command.run = [&kind](Session& session, const Arguments& arguments) {
    return RunAdd(session, kind, arguments);
  };
  return command;
}

Command UpdateCommand(const ResourceKind& kind) {
  Command command;
  command.name = "update";
  command.summary = {"修改" + kind.noun.zh, "change a " + kind.noun.en};
  command.arguments = {NameArgument(kind)};
  for (Argument& argument : FieldArguments(kind)) {
    command.arguments.push_back(std::move(argument));
  }
  command.arguments.push_back(
      Value("etag", "ETAG",
            {"只在仍是这个版本时修改", "only while it is this version"}));
  command.run = [&kind](Session& session, const Arguments& arguments) {
    return RunUpdate(session, kind, arguments);
  };
  return command;
}

Command VerbCommand(const ResourceKind& kind, Verb verb) {
  const Descriptor& request = *Method(verb.method).input_type();
  Command command;
  command.name = verb.name;
  command.summary = verb.summary;
  command.details = verb.details;
  command.arguments = {Positionals(
      "NAME",
      {"名称，可省去 " + kind.collection + "/，可写几个",
       "names, one or more; " + kind.collection + "/ may be left out"})};
  if (!verb.reasons.empty()) {
    command.arguments.push_back(Required(OneOf(
        Value("reason", "CODE", {"原因代码", "reason code"}), verb.reasons)));
  }
  for (Argument& argument : verb.more) {
    command.arguments.push_back(std::move(argument));
  }
  if (request.FindFieldByName("note") != nullptr) {
    Argument note =
        Value("note", "TEXT", {"说明，留在记录中", "remark for the record"});
    note.required = verb.note_required;
    command.arguments.push_back(std::move(note));
  }
  if (request.FindFieldByName("etag") != nullptr) {
    command.arguments.push_back(
        Value("etag", "ETAG",
              {"只在仍是这个版本时执行", "only while it is this version"}));
  }
  command.examples = std::move(verb.examples);
  command.run = [&kind, verb = std::move(verb)](Session& session,
                                                const Arguments& arguments) {
    return RunVerb(session, kind, verb, arguments);
  };
  return command;
}

}  // namespace jiedui::cli
