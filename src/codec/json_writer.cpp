#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cstring>

#include "base/characters.h"
#include "base/check.h"
#include "codec/json.h"
#include "codec/write_plan.h"

namespace sigap::codec {
namespace {

constexpr std::size_t kUsual_bytes = 1'000;  ///< most events fit without growing
constexpr std::size_t kKept_bytes = 64'000;  ///< of the room for the next text; a checkpoint's is given back
constexpr std::size_t kDigitsMax = 20;       ///< of 64 bits, with the sign

/// Where a value stands: the path of a step, within that of the step which led there. Only what is sealed asks for it.
struct Place {
  const Place* up = nullptr;
  const std::string* path = nullptr;
  std::optional<std::size_t> index = {};  ///< of a list's item

  void append_to(std::string& text) const {
    if (up) up->append_to(text);
    if (path) text += *path;
    if (index) text.append(1, '[').append(std::to_string(*index)).append(1, ']');
  }
};

/// Without an escape, and ASCII. Eight bytes at a time: an event is mostly text of this kind.
bool stands_as_it_is(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  const auto has_zero = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes & kHighs; };
  for (std::size_t i = 0; i < text.size(); i += 8) {
    std::uint64_t eight = kOnes * ' ';
    std::memcpy(&eight, text.data() + i, std::min<std::size_t>(8, text.size() - i));
    const auto below_space = (eight - kOnes * ' ') & ~eight & kHighs;
    if (eight & kHighs) return false;
    if (below_space | has_zero(eight ^ kOnes * '"') | has_zero(eight ^ kOnes * '\\') | has_zero(eight ^ kOnes * 0x7f))
      return false;
  }
  return true;
}

/// What is written so far. Grows like a string and asks less often whether it must.
class Text {
 public:
  /// In the room that another one had.
  explicit Text(std::string room) : kept_(std::move(room)) {}
  void operator+=(std::string_view more) {
    std::memcpy(room(more.size()), more.data(), more.size());
    used_ += more.size();
  }
  void operator+=(std::int64_t n) {
    char* const at = room(kDigitsMax);
    used_ += static_cast<std::size_t>(std::to_chars(at, at + kDigitsMax, n).ptr - at);
  }
  /// Of a text, between its quotes.
  void escaped(std::string_view text) {
    if (stands_as_it_is(text)) return *this += text;
    // Whatever a hand has let through: what is written can be read. A line that cannot would end every later start.
    const auto good = utf8_only(std::string(text));
    const auto quoted = boost::json::serialize(boost::json::string_view(good.data(), good.size()));
    *this += std::string_view(quoted).substr(1, quoted.size() - 2);
  }
  char last() const { return kept_[used_ - 1]; }
  std::size_t size() const { return used_; }
  std::string_view from(std::size_t begin) const { return std::string_view(kept_).substr(begin, used_ - begin); }
  void cut(std::size_t size) { used_ = size; }
  /// As long as it is: the text and, unless it is very large, the room for the next one.
  std::string take(std::string& room) {
    if (kept_.size() <= kKept_bytes) {
      std::string text(from(0));
      room = std::move(kept_);
      return text;
    }
    kept_.resize(used_);
    return std::move(kept_);
  }

 private:
  /// Where the next so many characters go.
  char* room(std::size_t more) {
    if (kept_.size() - used_ < more) kept_.resize(std::max({kUsual_bytes, used_ + more, 2 * kept_.size()}));
    return kept_.data() + used_;
  }

  std::string kept_;
  std::size_t used_ = 0;
};

const std::string& label(const Type& t, std::int64_t value) {
  const auto usual = static_cast<std::size_t>(value);
  if (usual < t.values.size() && t.values[usual] == value) return t.labels[usual];
  for (std::size_t i = 0; i < t.values.size(); ++i)
    if (t.values[i] == value) return t.labels[i];
  SIGAP_CHECK(!"an enumeration holds a value without a label");
  return t.labels[0];
}

struct Writer {
  Sealer* sealer;
  std::string_view place;
  Secrets secrets;
  Text out;

  void write(const WritePlan& plan, const void* object, const Place& at) {
    using What = WritePlan::Step::What;
    for (const auto& step : plan.steps) {
      out += step.before;
      const void* value = static_cast<const char*>(object) + step.offset;
      const Type& type = *step.type;
      switch (step.what) {
        case What::text:
          out.escaped(*type.text(const_cast<void*>(value)));  // one accessor for reading and writing
          break;
        case What::number:
          out += type.get(value);
          break;
        case What::label:
          out += label(type, type.get(value));
          break;
        case What::truth:
          out += type.get(value) != 0 ? std::string_view("true") : std::string_view("false");
          break;
        case What::comma:
          if (out.last() != '{') out += ",";
          break;
        case What::member:
          if (const void* held = type.held(value)) {
            if (step.may_be_first && out.last() != '{') out += ",";
            write(*step.inner, held, {&at, &step.path});
          }
          break;
        case What::optional:
          if (const void* held = type.held(value))
            write(*step.inner, held, {&at, &step.path});
          else
            out += "null";
          break;
        case What::list:
          list(step, value, at);
          break;
        case What::variant:
          write(*step.alternatives[type.index(value)], type.active(value), {&at, &step.path});
          break;
        case What::personal:
          personal(step, value, {&at, &step.path});
          break;
      }
    }
    out += plan.after;
  }

  void list(const WritePlan::Step& step, const void* value, const Place& at) {
    std::size_t index = 0;
    out += "[";
    step.type->each(value, [&](const void* item) {
      if (index) out += ",";
      write(*step.inner, item, {&at, &step.path, index++});
    });
    out += "]";
  }

  void personal(const WritePlan::Step& step, const void* value, const Place& at) {
    const std::string& subject = *step.type->subject(const_cast<void*>(value));
    out += "{\"subject\":\"";
    out.escaped(subject);
    const void* held = step.type->held(value);
    if (held && secrets == Secrets::sealed) {
      SIGAP_CHECK(sealer != nullptr && !subject.empty());
      std::string where(place);
      at.append_to(where);
      const auto plain = out.size();
      write(*step.inner, held, at);
      const auto sealed = sealer->seal(subject, where, out.from(plain));
      out.cut(plain);
      out += "\",\"sealed\":\"";
      out.escaped(sealed);
    }
    out += "\"}";
  }
};

}  // namespace

std::string write_json(const Type& type, const void* object, Sealer* sealer, std::string_view place, Secrets secrets) {
  thread_local WritePlans plans;
  thread_local std::string room;
  Writer writer{sealer, place, secrets, Text(std::exchange(room, {}))};
  writer.write(plans.of(type), object, {});
  return writer.out.take(room);
}

}  // namespace sigap::codec
