#include "codec/typescript.h"

#include <map>
#include <set>

namespace sigap::codec {
namespace {

struct Printer {
  std::map<const Type*, std::string> unions;  ///< named variants
  std::map<std::string, std::string> brands;
  std::map<std::string, std::string> interfaces;
  std::set<std::string> under_way;

  std::string name(const Type& t) {
    if (const auto it = unions.find(&t); it != unions.end()) return it->second;
    switch (t.kind) {
      case Kind::integer:
      case Kind::text: {
        std::string plain = t.kind == Kind::integer ? "number" : "string";
        if (t.name.empty()) return plain;
        brands[t.name] = plain;
        return t.name;
      }
      case Kind::boolean:
        return "boolean";
      case Kind::enumeration: {
        std::string text;
        for (const auto& label : t.labels) text += (text.empty() ? "\"" : " | \"") + label + "\"";
        return text;
      }
      case Kind::optional:
        return name(t.inner());
      case Kind::list: {
        const std::string inner = name(t.inner());
        return inner.find('|') == std::string::npos ? inner + "[]" : "(" + inner + ")[]";
      }
      case Kind::pair:
        return "[" + name(t.members[0].type()) + ", " + name(t.members[1].type()) + "]";
      case Kind::variant:
        return alternatives(t);
      case Kind::structure:
        if (under_way.insert(t.name).second) interfaces[t.name] = members(t);
        return t.name;
      case Kind::personal:
        return "never";  // does not leave the server
    }
    return "never";
  }

  std::string members(const Type& t) {
    std::string text;
    for (const Member& m : t.members)
      text += std::string("  ") + m.name + (m.type().kind == Kind::optional ? "?: " : ": ") + name(m.type()) + ";\n";
    return text;
  }

  std::string alternatives(const Type& t) {
    std::string text;
    for (const TypeRef alternative : t.alternatives) {
      const std::string inner = name(alternative());
      text += "\n  | ({ type: \"" + alternative().name + "\" } & " + inner + ")";
    }
    return text;
  }
};

}  // namespace

std::string print_typescript(const std::vector<std::pair<std::string, const Type*>>& unions) {
  Printer printer;
  std::string exported;
  for (const auto& [name, type] : unions) {
    exported += "export type " + name + " =" + printer.alternatives(*type) + ";\n\n";
    printer.unions[type] = name;
  }
  std::string text = "// Generated from the C++ message structs; a test fails when it is stale. Do not edit.\n\n";
  for (const auto& [name, plain] : printer.brands)
    text += "export type " + name + " = " + plain + " & { readonly __brand?: \"" + name + "\" };\n";
  text += "\n";
  for (const auto& [name, members] : printer.interfaces)
    text += members.empty() ? "export type " + name + " = Record<never, never>;\n\n"
                            : "export interface " + name + " {\n" + members + "}\n\n";
  return text + exported;
}

}  // namespace sigap::codec
