#include "recording/orders.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/overloaded.h"

namespace sigap::recording {
namespace {

constexpr std::string_view kProtocol = "1";
constexpr std::string_view kNone = "-";  // for an empty word

/// The words of a line, taken one after the other; once one is not what it has to be, all is refused.
class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) {}
  std::string_view word() {
    const auto end = rest_.find(' ');
    const auto found = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    good_ = good_ && !found.empty();
    return found;
  }
  std::int64_t number(std::int64_t least, std::int64_t most = std::numeric_limits<std::int64_t>::max()) {
    const auto text = word();
    std::int64_t number = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
    good_ = good_ && wrong == std::errc{} && end == text.data() + text.size() && number >= least && number <= most;
    return good_ ? number : 0;
  }
  PublicKey key() {
    PublicKey key{};
    const auto text = word();
    if (text.size() != 2 * key.size()) good_ = false;
    for (std::size_t i = 0; good_ && i < key.size(); ++i) {
      unsigned byte = 0;
      const auto* begin = text.data() + 2 * i;
      const auto [end, wrong] = std::from_chars(begin, begin + 2, byte, 16);
      good_ = wrong == std::errc{} && end == begin + 2;
      key[i] = static_cast<unsigned char>(byte);
    }
    return key;
  }
  void want(std::string_view what) { good_ = word() == what && good_; }
  /// Nothing is left, and nothing was wrong.
  bool good() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

template <class T>
std::optional<T> whole(const Words& words, T read) {
  return words.good() ? std::optional<T>(std::move(read)) : std::nullopt;
}

template <class... Parts>
std::string line(const Parts&... parts) {
  std::string text;
  const auto add = [&](const auto& part) {
    if (!text.empty()) text += ' ';
    if constexpr (std::is_arithmetic_v<std::decay_t<decltype(part)>>)
      text += std::to_string(part);
    else
      text += part;
  };
  (add(parts), ...);
  return text + '\n';
}

std::string hex(const PublicKey& key) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const auto byte : key) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

}  // namespace

std::string to_line(const Order& order) {
  return std::visit(Overloaded{
                        [](const Claim& c) {
                          return line("open", c.recording.value, hex(c.key), int{c.channel}, c.port, c.since.ms);
                        },
                        [](const Close& c) { return line("close", c.recording.value); },
                        [](const How&) { return line("how"); },
                    },
                    order);
}

std::string to_line(const Answer& answer) {
  return std::visit(
      Overloaded{
          [](const Here& a) { return line("here", kProtocol, a.process, a.parent, a.port); },
          [](const Has& a) { return line("has", a.recording.value); },
          [](const Ready&) { return line("ready"); },
          [](const Full& a) { return line("full", int{a.full}); },
          [](const Closed& a) {
            return line("closed", a.recording.value, a.bytes, a.sha256.empty() ? std::string(kNone) : a.sha256,
                        a.lasted.ms, a.missing.ms);
          },
          [](const Stands& a) { return line("stands", a.open, a.packets, a.unclaimed, a.dropped, a.free_bytes); },
      },
      answer);
}

std::optional<Order> read_order(std::string_view text) {
  Words words(text);
  const auto what = words.word();
  if (what == "open") {
    Claim claim;
    claim.recording = {words.number(1)};
    claim.key = words.key();
    claim.channel = static_cast<Channel>(words.number(0, kChannelsMax - 1));
    claim.port = static_cast<std::uint16_t>(words.number(1, 65'535));
    claim.since = {words.number(0)};
    return whole<Order>(words, claim);
  }
  if (what == "close") {
    const Close close{{words.number(1)}};
    return whole<Order>(words, close);
  }
  if (what == "how") return whole<Order>(words, How{});
  return std::nullopt;
}

std::optional<Answer> read_answer(std::string_view text) {
  constexpr std::int64_t kProcessMax = std::numeric_limits<int>::max();
  Words words(text);
  const auto what = words.word();
  if (what == "here") {
    words.want(kProtocol);
    Here here;
    here.process = static_cast<int>(words.number(1, kProcessMax));
    here.parent = static_cast<int>(words.number(0, kProcessMax));
    here.port = static_cast<std::uint16_t>(words.number(1, 65'535));
    return whole<Answer>(words, here);
  }
  if (what == "has") {
    const Has has{{words.number(1)}};
    return whole<Answer>(words, has);
  }
  if (what == "ready") return whole<Answer>(words, Ready{});
  if (what == "full") {
    const Full full{words.number(0, 1) == 1};
    return whole<Answer>(words, full);
  }
  if (what == "closed") {
    Closed closed;
    closed.recording = {words.number(1)};
    closed.bytes = words.number(0);
    const auto sha256 = words.word();
    if (sha256 != kNone) closed.sha256 = sha256;
    closed.lasted = {words.number(0)};
    closed.missing = {words.number(0)};
    return whole<Answer>(words, closed);
  }
  if (what == "stands") {
    Stands stands;
    for (auto* number : {&stands.open, &stands.packets, &stands.unclaimed, &stands.dropped, &stands.free_bytes})
      *number = words.number(0);
    return whole<Answer>(words, stands);
  }
  return std::nullopt;
}

std::optional<std::string> take_line(std::string& heard) {
  const auto end = heard.find('\n');
  if (end == std::string::npos) return std::nullopt;
  auto line = heard.substr(0, end);
  heard.erase(0, end + 1);
  return line;
}

}  // namespace sigap::recording
