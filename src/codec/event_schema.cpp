#include "codec/event_schema.h"

#include <map>
#include <vector>

#include "base/check.h"
#include "codec/fit.h"
#include "codec/tables.h"

namespace sigap::codec {
namespace {

std::string quoted(const std::string& text) {
  return '"' + text + '"';
}

/// `  "key": [` or `{`, lines with commas between, and the end.
std::string block(const std::string& indent, char begin, const std::vector<std::string>& lines, char end) {
  if (lines.empty()) return {begin, end};
  std::string text{begin};
  for (std::size_t i = 0; i < lines.size(); ++i) text += (i ? ",\n" : "\n") + indent + "  " + lines[i];
  return text + '\n' + indent + end;
}

struct SchemaPrinter {
  std::map<std::string, std::string> structs, enums;  ///< by name, each as it is printed
  std::map<std::string, const Type*> known;

  /// Notes a type that has a name and is told apart.
  void note(const Type& t) {
    const auto [it, first] = known.emplace(t.name, &t);
    SIGAP_CHECK(it->second == &t);  // two of one name would be told as one
    if (!first) return;
    if (t.kind == Kind::enumeration)
      enums[t.name] = values(t);
    else
      structs[t.name] = members(t);
  }

  std::string name(const Type& t) {
    switch (t.kind) {
      case Kind::integer:
        return t.name.empty() ? "integer" : t.name;
      case Kind::text:
        return t.name.empty() ? "text" : t.name;
      case Kind::boolean:
        return "boolean";
      case Kind::enumeration:
      case Kind::structure:
        note(t);
        return t.name;
      case Kind::optional:
      case Kind::personal:
        return name(t.inner());
      case Kind::list:
        return "[" + name(t.inner()) + "]";
      case Kind::pair:
        return "(" + name(t.members[0].type()) + ", " + name(t.members[1].type()) + ")";
      case Kind::variant:
        return "event";
    }
    return {};
  }

  static std::string since(std::int64_t format) {
    return format > 1 ? ", \"since\": " + std::to_string(format) : std::string();
  }

  std::string member(const Member& m) {
    const Type* type = &m.type();
    std::string text = "{\"name\": " + quoted(m.name) + ", \"type\": ";
    const bool optional = type->kind == Kind::optional;
    if (optional) type = &type->inner();
    text += quoted(name(*type));
    if (optional) text += ", \"optional\": true";
    if (type->kind == Kind::personal) text += ", \"personal\": true";
    return text + since(m.since) + "}";
  }

  std::string members(const Type& t) {
    std::vector<std::string> lines;
    for (const Member& m : t.members) lines.push_back(member(m));
    auto text = block("    ", '[', lines, ']');
    return t.since > 1 ? "{\"since\": " + std::to_string(t.since) + ", \"members\": " + text + "}" : text;
  }

  static std::string values(const Type& t) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < t.labels.size(); ++i)
      lines.push_back(t.label_since[i] > 1 ? "{\"value\": " + quoted(t.labels[i]) + since(t.label_since[i]) + "}"
                                           : quoted(t.labels[i]));
    return block("    ", '[', lines, ']');
  }
};

std::string table(const std::map<std::string, std::string>& parts) {
  std::vector<std::string> lines;
  for (const auto& [name, text] : parts) lines.push_back(quoted(name) + ": " + text);
  return block("  ", '{', lines, '}');
}

}  // namespace

std::string event_schema() {
  SchemaPrinter printer;
  std::map<std::string, std::string> events;
  for (const TypeRef alternative : type_of<core::EventBody>().alternatives)
    events[alternative().name] = printer.members(alternative());
  std::vector<std::string> envelope;
  for (const Member& m : type_of<core::Event>().members) envelope.push_back(printer.member(m));
  return "{\n  \"format\": " + std::to_string(newest_format(type_of<core::Event>())) +
         ",\n  \"envelope\": " + block("  ", '[', envelope, ']') + ",\n  \"events\": " + table(events) +
         ",\n  \"structs\": " + table(printer.structs) + ",\n  \"enumerations\": " + table(printer.enums) + "\n}\n";
}

}  // namespace sigap::codec
