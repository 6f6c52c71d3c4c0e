#include "domain/people/password.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/characters.h"

namespace sigap::people {
namespace {

/// What is left of a password beside words that a guesser has: fewer characters are tried one after the other. Own.
constexpr std::size_t kOwnLeast = 6;
constexpr std::size_t kWordLeast = 4;  // shorter names stand in other words by chance

/// Of what people use most, here and elsewhere, and of this house: a guesser's first page. The long lists are
/// ports::KnownPasswords' matter. Without what stands in another one.
constexpr std::array<std::string_view, 92> kTriedFirst = {
    "password",   "passwort",      "passphrase", "katasandi", "sandi",    "rahasia",     "qwertyuiop",
    "qwerty",     "asdfghjkl",     "asdfgh",     "zxcvbnm",   "zxcvbn",   "qazwsx",      "wsxedc",
    "q1w2e3r4t5", "q1w2e3",        "1q2w3e4r",   "1q2w3e",    "1qaz2wsx", "iloveyou",    "loveyou",
    "sayangku",   "sayang",        "cintaku",    "akucinta",  "cinta",    "bismillah",   "alhamdulillah",
    "indonesia",  "merdeka",       "garuda",     "pancasila", "jakarta",  "surabaya",    "bandung",
    "semarang",   "yogyakarta",    "jogja",      "medan",     "makassar", "polisi",      "kepolisian",
    "polri",      "polres",        "polda",      "polsek",    "mabes",    "bhayangkara", "tribrata",
    "presisi",    "sigap",         "darurat",    "emergency", "police",   "operator",    "petugas",
    "supervisor", "administrator", "admin",      "welcome",   "selamat",  "changeme",    "letmein",
    "secret",     "master",        "dragon",     "monkey",    "football", "baseball",    "sepakbola",
    "superman",   "batman",        "sunshine",   "princess",  "shadow",   "michael",     "jordan",
    "liverpool",  "chelsea",       "arsenal",    "barcelona", "juventus", "pokemon",     "naruto",
    "freedom",    "whatever",      "computer",   "komputer",  "internet", "trustno1",    "abcdefgh",
    "abcdef"};

/// How figures and signs are read: as they are, or as the letters that they stand for; a 1 as either letter.
struct Reading {
  std::string_view written, meant;
};
constexpr std::array kReadings = {Reading{"", ""}, Reading{"01!34@5$7", "oiieaasst"},
                                  Reading{"01!34@5$7", "olleaasst"}};

/// Letters and figures alone, small.
std::string folded(std::string_view text, const Reading& reading) {
  std::string out;
  for (char c : lower_ascii(text)) {
    if (const auto at = reading.written.find(c); at != std::string_view::npos) c = reading.meant[at];
    const bool counts = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (counts) out += c;
  }
  return out;
}

void take_out(std::string& text, std::string_view word) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at)) text.erase(at, word.size());
}

/// One character again and again, and rows of figures up or down, count as one.
std::size_t weight(const std::string& text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int step = i > 0 ? text[i] - text[i - 1] : 99;
    if (step < -1 || step > 1) ++count;
  }
  return count;
}

template <class Words>
bool little_but(std::string_view password, const Words& words) {
  for (const auto& reading : kReadings) {
    auto left = folded(password, reading);
    const auto whole = left.size();
    for (const auto& word : words) take_out(left, folded(word, reading));
    if (left.size() < whole && weight(left) < kOwnLeast) return true;
  }
  return false;
}

std::vector<std::string> words_of(const PasswordOwner& owner) {
  std::vector<std::string> words;
  const auto add = [&](std::string_view word) {
    if (folded(word, kReadings[0]).size() >= kWordLeast) words.emplace_back(word);
  };
  for (const auto& whole : {owner.login, owner.name, owner.station, owner.station_name}) {
    add(whole);
    std::string_view rest = whole;
    while (!rest.empty()) {
      const auto end = std::min(rest.find_first_of(" .-_"), rest.size());
      add(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  std::ranges::sort(words, std::ranges::greater{}, &std::string::size);  // the whole before its parts
  return words;
}

Refusal bad(const char* code, const char* message) {
  return {code, "password", message};
}

}  // namespace

std::optional<Refusal> password_objection(std::string_view password, const PasswordOwner& owner) {
  std::size_t length = 0;
  for (auto rest = password; !rest.empty(); ++length) {
    const auto next = first_character(rest);
    const bool control = next && (next->code < 0x20 || (next->code >= 0x7f && next->code < 0xa0));
    if (!next || control) return bad("password_text", "only characters that can be written");
    rest.remove_prefix(next->bytes);
  }
  if (length < kPasswordLeast) return bad("password_short", "at least 12 characters");
  if (length > kPasswordMost) return bad("password_long", "at most 128 characters");
  if (weight(std::string(password)) < kOwnLeast)
    return bad("password_known", "one row, or one character again and again");
  if (little_but(password, words_of(owner)))
    return bad("password_own", "little but the login, the name or the station");
  auto words = words_of(owner);
  words.insert(words.end(), kTriedFirst.begin(), kTriedFirst.end());
  if (little_but(password, words)) return bad("password_known", "little but words that are tried first");
  return std::nullopt;
}

}  // namespace sigap::people
