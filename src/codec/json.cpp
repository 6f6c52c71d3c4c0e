#include "codec/json.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <cstring>

#include "base/check.h"

namespace sigap::codec {
namespace {

namespace json = boost::json;

constexpr std::int64_t kIntegerMax = std::int64_t{1} << 53;  // beyond it a browser's number is no longer exact
constexpr std::size_t kDepthMax = 32;
/// Most events fit without growing; and the allocator hands out up to about this much quickly (glibc's tcache: 1032).
constexpr std::size_t kUsual_bytes = 1'000;

/// Where a value stands. Only what is sealed asks for its text.
struct Path {
  const Path* up = nullptr;
  const char* name = nullptr;  ///< of a member; else `index` of a list's item or a pair's half
  std::size_t index = 0;

  std::string text() const {
    if (!up) return {};
    return up->text() + (name ? "." + std::string(name) : "[" + std::to_string(index) + "]");
  }
};

/// Without an escape. Eight bytes at a time: an event is mostly text of this kind.
bool stands_as_it_is(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  const auto has_zero = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes & kHighs; };
  for (std::size_t i = 0; i < text.size(); i += 8) {
    std::uint64_t eight = kOnes * ' ';
    std::memcpy(&eight, text.data() + i, std::min<std::size_t>(8, text.size() - i));
    const auto below_space = (eight - kOnes * ' ') & ~eight & kHighs;
    if (below_space | has_zero(eight ^ kOnes * '"') | has_zero(eight ^ kOnes * '\\') | has_zero(eight ^ kOnes * 0x7f))
      return false;
  }
  return true;
}

/// What is written so far. Grows like a string and asks less often whether it must.
class Text {
 public:
  void operator+=(std::string_view more) { write(room(more.size()), more); }
  void operator+=(char c) { *room(1) = c; }
  void quoted(std::string_view plain) {
    char* const at = room(plain.size() + 2);
    *at = '"';
    write(at + 1, plain);
    at[plain.size() + 1] = '"';
  }
  std::string take() {
    kept_.resize(used_);
    return std::move(kept_);
  }

 private:
  static void write(char* at, std::string_view text) { std::memcpy(at, text.data(), text.size()); }
  /// Where so many more characters go.
  char* room(std::size_t more) {
    if (kept_.size() - used_ < more) kept_.resize(std::max({kUsual_bytes, used_ + more, 2 * kept_.size()}));
    used_ += more;
    return kept_.data() + used_ - more;
  }

  std::string kept_;
  std::size_t used_ = 0;
};

/// Writes text straight away: events are written in the path of every call, and a tree of values would cost four times
/// as much.
struct Writer {
  Sealer* sealer;
  std::string_view place;
  Secrets secrets;
  Text out = {};

  void write(const Type& t, const void* p, const Path& path) {
    void* mutable_p = const_cast<void*>(p);  // members are reached through one accessor for reading and writing
    switch (t.kind) {
      case Kind::integer:
        return number(t.get(p));
      case Kind::boolean:
        out += t.get(p) != 0 ? std::string_view("true") : std::string_view("false");
        return;
      case Kind::text:
        return text(*t.text(mutable_p));
      case Kind::enumeration:
        return out.quoted(label(t, t.get(p)));
      case Kind::structure:
        out += '{';
        members(t, mutable_p, path);
        out += '}';
        return;
      case Kind::pair:
        out += '[';
        write(t.members[0].type(), t.members[0].at(mutable_p), {&path, nullptr, 0});
        out += ',';
        write(t.members[1].type(), t.members[1].at(mutable_p), {&path, nullptr, 1});
        out += ']';
        return;
      case Kind::optional: {
        const void* held = t.held(p);
        if (held) return write(t.inner(), held, path);
        out += "null";
        return;
      }
      case Kind::list: {
        std::size_t index = 0;
        out += '[';
        t.each(p, [&](const void* item) {
          if (index) out += ',';
          write(t.inner(), item, {&path, nullptr, index++});
        });
        out += ']';
        return;
      }
      case Kind::variant: {
        const Type& chosen = t.alternatives[t.index(p)]();
        out += "{\"type\":\"";
        out += chosen.name;
        out += '"';
        members(chosen, const_cast<void*>(t.active(p)), path, true);
        out += '}';
        return;
      }
      case Kind::personal:
        return personal(t, mutable_p, path);
    }
  }

  void members(const Type& t, void* p, const Path& path, bool follow = false) {
    for (const Member& m : t.members) {
      const Type& type = m.type();
      void* value = m.at(p);
      if (type.kind == Kind::optional && !type.held(value)) continue;
      if (follow) out += ',';
      follow = true;
      out += m.key;
      write(type, value, {&path, m.name, 0});
    }
  }

  void personal(const Type& t, void* p, const Path& path) {
    const std::string& subject = *t.subject(p);
    out += "{\"subject\":";
    text(subject);
    const void* held = t.held(p);
    if (held && secrets == Secrets::sealed) {
      SIGAP_CHECK(sealer != nullptr && !subject.empty());
      Writer plain{sealer, place, secrets};
      plain.write(t.inner(), held, path);
      out += ",\"sealed\":";
      text(sealer->seal(subject, std::string(place) + path.text(), plain.out.take()));
    }
    out += '}';
  }

  void number(std::int64_t n) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), n).ptr;
    out += {digits.data(), static_cast<std::size_t>(end - digits.data())};
  }

  void text(std::string_view value) {
    if (stands_as_it_is(value)) return out.quoted(value);
    out += json::serialize(json::string_view(value.data(), value.size()));
  }

  static const std::string& label(const Type& t, std::int64_t value) {
    const auto usual = static_cast<std::size_t>(value);
    if (usual < t.values.size() && t.values[usual] == value) return t.labels[usual];
    for (std::size_t i = 0; i < t.values.size(); ++i)
      if (t.values[i] == value) return t.labels[i];
    SIGAP_CHECK(!"an enumeration holds a value without a label");
    return t.labels[0];
  }
};

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

std::string write_json(const Type& type, const void* object, Sealer* sealer, std::string_view place, Secrets secrets) {
  Writer writer{sealer, place, secrets};
  writer.write(type, object, {});
  return writer.out.take();
}

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
