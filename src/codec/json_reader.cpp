#include "codec/json.h"

#include <boost/json.hpp>

namespace sigap::codec {
namespace {

namespace json = boost::json;

constexpr std::int64_t kIntegerMax = std::int64_t{1} << 53;  // beyond it a browser's number is no longer exact
constexpr std::size_t kDepthMax = 32;

struct Reader {
  Sealer* sealer;
  std::string place;
  Refusal problem = {};

  bool wrong(const std::string& path, const std::string& why) {
    if (problem.code.empty()) problem = {"invalid", path.empty() ? path : path.substr(1), why};
    return false;
  }

  bool read(const Type& t, void* p, const json::value& v, const std::string& path) {
    switch (t.kind) {
      case Kind::integer: {
        if (!v.is_int64()) return wrong(path, "expected an integer");
        const auto n = v.get_int64();
        if (n > kIntegerMax || n < -kIntegerMax || !t.set(p, n)) return wrong(path, "out of range");
        return true;
      }
      case Kind::boolean:
        if (!v.is_bool()) return wrong(path, "expected true or false");
        return t.set(p, v.get_bool() ? 1 : 0);
      case Kind::text:
        if (!v.is_string()) return wrong(path, "expected a string");
        t.text(p)->assign(v.get_string().data(), v.get_string().size());
        return true;
      case Kind::enumeration: {
        if (!v.is_string()) return wrong(path, "expected a string");
        for (std::size_t i = 0; i < t.labels.size(); ++i)
          if (v.get_string() == t.labels[i]) return t.set(p, t.values[i]);
        return wrong(path, "not one of the known values");
      }
      case Kind::structure:
        if (!v.is_object()) return wrong(path, "expected an object");
        return members(t, p, v.get_object(), path, false);
      case Kind::pair: {
        if (!v.is_array() || v.get_array().size() != 2) return wrong(path, "expected two values");
        return read(t.members[0].type(), t.members[0].at(p), v.get_array()[0], path + "[0]") &&
               read(t.members[1].type(), t.members[1].at(p), v.get_array()[1], path + "[1]");
      }
      case Kind::optional:
        return read(t.inner(), t.emplace(p), v, path);
      case Kind::list: {
        if (!v.is_array()) return wrong(path, "expected a list");
        std::size_t i = 0;
        for (const json::value& item : v.get_array()) {
          const std::string here = path + "[" + std::to_string(i++) + "]";
          if (!t.append(p, [&](void* into) { return read(t.inner(), into, item, here); })) return wrong(here, "twice");
        }
        return true;
      }
      case Kind::variant: {
        if (!v.is_object()) return wrong(path, "expected an object");
        const json::value* type = v.get_object().if_contains("type");
        if (!type || !type->is_string()) return wrong(path + ".type", "expected a string");
        for (std::size_t i = 0; i < t.alternatives.size(); ++i)
          if (type->get_string() == t.alternatives[i]().name)
            return members(t.alternatives[i](), t.choose(p, i), v.get_object(), path, true);
        return wrong(path + ".type", "not one of the known types");
      }
      case Kind::personal:
        return personal(t, p, v, path);
    }
    return false;
  }

  bool members(const Type& t, void* p, const json::object& object, const std::string& path, bool has_type) {
    std::size_t known = has_type ? 1 : 0;
    for (const Member& m : t.members) {
      const Type& type = m.type();
      const json::value* v = object.if_contains(m.name);
      const std::string here = path + "." + m.name;
      if (!v) {
        if (type.kind != Kind::optional) return wrong(here, "missing");
        type.reset(m.at(p));
        continue;
      }
      ++known;
      if (!read(type, m.at(p), *v, here)) return false;
    }
    if (known == object.size()) return true;
    for (const auto& item : object) {
      bool found = has_type && item.key() == "type";
      for (const Member& m : t.members) found = found || item.key() == m.name;
      if (!found) return wrong(path + "." + std::string(item.key()), "unknown");
    }
    return true;
  }

  bool personal(const Type& t, void* p, const json::value& v, const std::string& path) {
    if (!v.is_object()) return wrong(path, "expected an object");
    const auto* subject = v.get_object().if_contains("subject");
    if (!subject || !subject->is_string()) return wrong(path + ".subject", "expected a string");
    t.subject(p)->assign(subject->get_string().c_str());
    t.reset(p);
    const auto* sealed = v.get_object().if_contains("sealed");
    if (!sealed) return true;
    if (!sealed->is_string()) return wrong(path + ".sealed", "expected a string");
    if (!sealer) return true;
    const auto plain = sealer->open(*t.subject(p), place + path, std::string_view(sealed->get_string()));
    if (!plain) return true;  // the key is gone: forgotten
    json::error_code error;
    const json::value inner = json::parse(*plain, error);
    if (error) return wrong(path, "not JSON inside");
    return read(t.inner(), t.emplace(p), inner, path);
  }
};

}  // namespace

Result<bool> read_json(const Type& type, void* object, std::string_view text, Sealer* sealer, std::string_view place) {
  json::parse_options options;
  options.max_depth = kDepthMax;
  json::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (error) return refuse("invalid", "not JSON: " + error.message());
  Reader reader{sealer, std::string(place)};
  if (!reader.read(type, object, value, "")) return tl::unexpected(reader.problem);
  return true;
}

}  // namespace sigap::codec
