#include "sdp/browser.h"

#include <algorithm>
#include <array>

namespace sigap::sdp {
namespace {

constexpr std::string_view kTransport = "UDP/TLS/RTP/SAVPF";
constexpr std::size_t kIceUserMin = 4, kIcePasswordMin = 22, kIceMax = 256;  // RFC 8839 section 5.4
constexpr std::size_t kMidMax = 32;                                          // own: browsers count from 0
/// Hashes that are not broken (RFC 8122 section 5), with their length.
constexpr std::array<std::pair<std::string_view, std::size_t>, 3> kHashes = {
    {{"sha-256", 32}, {"sha-384", 48}, {"sha-512", 64}}};

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_ice(std::string_view text, std::size_t least) {
  return text.size() >= least && text.size() <= kIceMax &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '+' || c == '/'; });
}

bool is_mid(std::string_view text) {
  return !text.empty() && text.size() <= kMidMax &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
}

/// "sha-256 AB:CD:..."
bool is_fingerprint(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos) return false;
  const auto hash = std::ranges::find(kHashes, text.substr(0, space), &decltype(kHashes)::value_type::first);
  const auto bytes = text.substr(space + 1);
  if (hash == kHashes.end() || bytes.size() != hash->second * 3 - 1) return false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    const bool right = i % 3 == 2 ? c == ':' : (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    if (!right) return false;
  }
  return true;
}

std::string_view next_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  auto line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// The value of `a=NAME:value`.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  if (!line.starts_with("a=")) return std::nullopt;
  line.remove_prefix(2);
  if (!line.starts_with(name) || line.substr(name.size(), 1) != ":") return std::nullopt;
  return line.substr(name.size() + 1);
}

/// Both laws of G.711 have a payload type of their own (RFC 3551), which no browser gives to anything else.
std::optional<Codec> law_in(std::string_view audio_line) {
  auto formats = audio_line.substr(std::min(audio_line.find(kTransport) + kTransport.size(), audio_line.size()));
  while (!formats.empty()) {
    formats.remove_prefix(std::min(formats.find_first_not_of(' '), formats.size()));
    const auto one = formats.substr(0, formats.find(' '));
    formats.remove_prefix(one.size());
    if (one == "8") return Codec{};
    if (one == "0") return Codec{0, "PCMU", 8000, "", ""};
  }
  return std::nullopt;
}

}  // namespace

bool is_browser(std::string_view description) {
  while (!description.empty())
    if (const auto line = next_line(description); line.starts_with("m="))
      return line.starts_with("m=audio ") && line.find(kTransport) != std::string_view::npos;
  return false;
}

Result<BrowserVoice> read_browser(std::string_view offer) {
  if (offer.size() > kBrowserOfferMax_bytes) return refuse("too_large", "a description of at most 16 kB", "sdp");
  if (!offer.starts_with("v=0")) return refuse(kUnreadable, "not a session description", "sdp");
  BrowserVoice voice;
  int lines = 0;
  bool muxed = false;
  std::optional<Codec> law;
  while (!offer.empty()) {
    const auto line = next_line(offer);
    if (line.starts_with("m=")) {
      const bool audio = line.starts_with("m=audio ") && line.find(kTransport) != std::string_view::npos;
      if (++lines > 1 || !audio) return refuse(kNoAudio, "one audio line of WebRTC, and no other", "sdp");
      law = law_in(line);
    }
    if (const auto mid = value_of(line, "mid")) voice.mid = *mid;
    if (const auto user = value_of(line, "ice-ufrag")) voice.ice_user = *user;
    if (const auto password = value_of(line, "ice-pwd")) voice.ice_password = *password;
    if (const auto print = value_of(line, "fingerprint")) voice.fingerprint = *print;
    if (const auto setup = value_of(line, "setup")) voice.setup = *setup;
    muxed = muxed || line == "a=rtcp-mux";
  }
  if (lines == 0) return refuse(kNoAudio, "one audio line of WebRTC, and no other", "sdp");
  if (!law) return refuse(kNoCodec, "no G.711", "sdp");
  if (!is_ice(voice.ice_user, kIceUserMin) || !is_ice(voice.ice_password, kIcePasswordMin))
    return refuse(kNoProfile, "no ICE user and password", "sdp");
  if (!is_fingerprint(voice.fingerprint)) return refuse(kNoProfile, "no fingerprint of SHA-256 or longer", "sdp");
  if (voice.setup != "actpass" && voice.setup != "active") return refuse(kNoProfile, "setup: actpass", "sdp");
  if (!muxed) return refuse(kNoProfile, "no rtcp-mux", "sdp");
  if (!is_mid(voice.mid)) return refuse(kUnreadable, "mid: letters and digits", "sdp");
  voice.codec = *law;
  return voice;
}

/// Of the address that a description must name: not theirs, and not 0.0.0.0, which would put them on hold. ICE finds
/// the right one.
std::string write(const BrowserVoice& v) {
  const auto payload = std::to_string(v.codec.payload);
  return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 " + std::string(kTransport) + " " + payload +
         "\r\nc=IN IP4 127.0.0.1\r\na=mid:" + v.mid + "\r\na=ice-ufrag:" + v.ice_user +
         "\r\na=ice-pwd:" + v.ice_password + "\r\na=fingerprint:" + v.fingerprint + "\r\na=setup:" + v.setup +
         "\r\na=rtcp-mux\r\na=rtpmap:" + payload + " " + v.codec.name + "/8000\r\na=sendrecv\r\n";
}

std::string with_own_mids(std::string_view description) {
  std::string renamed;
  int voices = 0;
  const auto name = [&] {
    if (voices > 0) renamed += "a=mid:" + std::to_string(voices - 1) + "\r\n";
  };
  // At the end of each voice: what an m= line is followed by has an order (RFC 8866 section 5), attributes have none.
  while (!description.empty()) {
    const auto line = next_line(description);
    if (value_of(line, "mid") || value_of(line, "group")) continue;
    if (line.starts_with("m=")) {
      name();
      ++voices;
    }
    renamed += line;
    renamed += "\r\n";
  }
  name();
  return renamed;
}

std::string ice_user_of(std::string_view description) {
  while (!description.empty())
    if (const auto user = value_of(next_line(description), "ice-ufrag")) return std::string(*user);
  return {};
}

}  // namespace sigap::sdp
