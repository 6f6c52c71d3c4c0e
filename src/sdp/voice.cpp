#include "sdp/voice.h"

#include <arpa/inet.h>
#include <sofia-sip/sdp.h>
#include <strings.h>

#include <algorithm>
#include <array>
#include <memory>

namespace sigap::sdp {
namespace {

constexpr std::size_t kLanguageMax = 35;  // RFC 5646 4.4.1
constexpr std::string_view kTagAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";

constexpr std::size_t kDescriptionMax_bytes = std::size_t{64} * 1024;
constexpr std::size_t kLinesMax = 32;  // own: a conference of everything has a dozen
constexpr std::size_t kKeysMax = 16;   // own: suites that exist

/// What rtpengine 10.5 both takes and makes, beside G.711 (`rtpengine --codecs`); AMR, AMR-WB and iLBC it only takes,
/// EVS it does not know.
constexpr std::array<std::string_view, 4> kTranslated = {"G722", "opus", "G729", "GSM"};
/// RFC 4568 section 6.2, RFC 6188, RFC 7714: what rtpengine knows.
constexpr std::array<std::string_view, 7> kSuites = {
    "AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32", "AES_256_CM_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_32",
    "F8_128_HMAC_SHA1_80",     "AEAD_AES_128_GCM",        "AEAD_AES_256_GCM"};

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}
std::string_view text(const char* value) {
  return value ? std::string_view(value) : std::string_view();
}

/// RFC 4566 section 9, token.
bool is_token(std::string_view text) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`{|}~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kOthers.find(c) != std::string_view::npos;
  });
}

/// Takes what stands before the next of these characters, and it.
std::string_view next_part(std::string_view& rest, std::string_view ends) {
  const auto end = rest.find_first_of(ends);
  const auto part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

bool is_port(std::string_view text) {  // "4000", "4000/2"
  const auto number = next_part(text, "/");
  const auto digits = [](std::string_view some) {
    return some.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return !number.empty() && digits(number) && digits(text);
}

bool is_transport(std::string_view text) {  // "RTP/AVP"
  bool good = !text.empty();
  while (!text.empty()) good = is_token(next_part(text, "/")) && good;
  return good;
}

/// An m= line in single blanks, without formats that are none: over one of another transport than RTP sofia 1.12 (up to
/// Debian 12) goes round for ever and takes all memory. A line that has lost all of them is still one, to be refused;
/// one whose fields do not stand apart cannot be read.
std::string readable_line(std::string_view line) {
  std::string kept;
  for (int field = 0; !line.empty();) {
    const auto part = next_part(line, " \t");
    if (part.empty()) continue;
    const bool good = field == 0   ? is_token(part.substr(2))
                      : field == 1 ? is_port(part)
                      : field == 2 ? is_transport(part)
                                   : true;
    if (!good) return "m=";
    if (field > 2 && !is_token(part)) continue;
    if (field++ > 0) kept += ' ';
    kept += part;
  }
  return kept;
}

/// What we use of it, in lines as sofia parts them: without those of a session's name and times, of bandwidths and the
/// like, and without the attributes of lines that are no audio. A mistake there must not cost the voice.
std::string essential(std::string_view description) {
  constexpr std::string_view kUnused = "iuepbtrzk";
  std::string kept;
  bool audio = true;
  while (!description.empty()) {
    auto line = next_part(description, "\r\n");
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const bool begins = line.starts_with("m=");
    if (begins) audio = line.starts_with("m=audio");
    if (line.empty() || !(audio || begins) ||
        (line.substr(1).starts_with('=') && kUnused.find(line[0]) != std::string_view::npos))
      continue;
    auto text = begins ? readable_line(line) : std::string(line);
    // What of it we say again (parameters of a codec) goes into texts.
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    kept += text;
    kept += "\r\n";
  }
  return kept;
}

struct Parsed {
  explicit Parsed(std::string_view whole) {
    if (whole.empty() || whole.size() > kDescriptionMax_bytes) return;
    const auto description = essential(whole);
    // A description that lacks a line which we do not use is still a caller: no sanity check.
    parser = sdp_parse(nullptr, description.data(), static_cast<issize_t>(description.size()),
                       sdp_f_insane | sdp_f_c_missing | sdp_f_anynet | sdp_f_mode_0000);
    session = sdp_session(parser);
  }
  ~Parsed() { sdp_parser_free(parser); }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;
  sdp_parser_t* parser = nullptr;
  const sdp_session_t* session = nullptr;
};

/// "101 telephone-event/8000", "111 opus/48000/2"
std::optional<Codec> mapped(std::string_view value) {
  const auto space = value.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  Codec codec;
  codec.payload = std::atoi(std::string(value.substr(0, space)).c_str());
  const auto name = value.substr(space + 1);
  const auto slash = name.find('/');
  codec.name = name.substr(0, slash);
  if (slash == std::string_view::npos) return codec;
  const auto rest = name.substr(slash + 1);
  const auto second = rest.find('/');
  codec.rate = std::atoi(std::string(rest.substr(0, second)).c_str());
  if (second != std::string_view::npos) codec.channels = rest.substr(second + 1);
  return codec;
}

Codec codec_of(const sdp_rtpmap_t& map) {
  return {static_cast<int>(map.rm_pt), std::string(text(map.rm_encoding)), static_cast<int>(map.rm_rate),
          std::string(text(map.rm_params)), std::string(text(map.rm_fmtp))};
}

/// In the line's order. sofia reads the maps of RTP/AVP and RTP/SAVP; those of other profiles stay attributes.
std::vector<Codec> codecs_of(const sdp_media_t& media) {
  std::vector<Codec> codecs;
  for (const auto* map = media.m_rtpmaps; map; map = map->rm_next) codecs.push_back(codec_of(*map));
  for (const auto* format = media.m_format; format && codecs.size() < 128; format = format->l_next) {
    const int payload = std::atoi(format->l_text);
    if (payload < 0 || payload > 127 || text(format->l_text).find_first_not_of("0123456789") != std::string_view::npos)
      continue;
    Codec codec;
    codec.name.clear();
    if (const auto* known = sdp_rtpmap_well_known[payload]) codec = codec_of(*known);
    codec.payload = payload;
    for (const auto* a = media.m_attributes; a; a = a->a_next) {
      if (same(text(a->a_name), "rtpmap"))
        if (auto found = mapped(text(a->a_value)); found && found->payload == payload) codec = *found;
      const auto prefix = std::to_string(payload) + " ";
      if (same(text(a->a_name), "fmtp") && text(a->a_value).starts_with(prefix))
        codec.fmtp = text(a->a_value).substr(prefix.size());
    }
    codecs.push_back(std::move(codec));
  }
  return codecs;
}

std::optional<std::size_t> position(const auto& among, std::string_view name) {
  const auto found =
      std::find_if(among.begin(), among.end(), [&](std::string_view known) { return same(known, name); });
  if (found == among.end()) return std::nullopt;
  return static_cast<std::size_t>(found - among.begin());
}

std::vector<std::string> keys_of(const sdp_media_t& media) {
  std::vector<std::string> keys;
  for (const auto* a = media.m_attributes; a && keys.size() < kKeysMax; a = a->a_next) {
    if (!same(text(a->a_name), "crypto")) continue;
    const auto value = text(a->a_value);  // "1 AES_CM_128_HMAC_SHA1_80 inline:..."
    const auto begin = value.find(' ');
    if (begin == std::string_view::npos) continue;
    const auto suite = value.substr(begin + 1, value.find(' ', begin + 1) - begin - 1);
    if (position(kSuites, suite)) keys.emplace_back(value);
  }
  return keys;
}

Direction direction_of(const sdp_media_t& media) {
  switch (media.m_mode) {
    case sdp_inactive:
      return Direction::inactive;
    case sdp_sendonly:
      return Direction::sendonly;
    case sdp_recvonly:
      return Direction::recvonly;
    default:
      return Direction::sendrecv;
  }
}

bool nowhere(const std::string& address) {  // RFC 2543's hold: they hear nothing
  return address == "0.0.0.0" || address == "::";
}

const char* objection_to_address(const std::string& address, bool v6) {
  in_addr four{};
  in6_addr six{};
  if (inet_pton(AF_INET, address.c_str(), &four) == 1) return nullptr;
  return v6 && inet_pton(AF_INET6, address.c_str(), &six) == 1 ? nullptr : kNoAddress;
}

struct Candidate {
  Voice voice;
  int rank = 0;  ///< the lower the better
};

/// Why this line cannot be, or how good it is.
const char* weigh(const sdp_session_t& session, const sdp_media_t& media, bool v6, Candidate& candidate) {
  if (media.m_type != sdp_media_audio || media.m_port == 0 || media.m_port > 65'535) return kNoAudio;
  auto& voice = candidate.voice;
  voice.profile = text(media.m_proto_name);
  const bool plain = same(voice.profile, "RTP/AVP") || same(voice.profile, "RTP/AVPF");
  const bool encrypted = same(voice.profile, "RTP/SAVP") || same(voice.profile, "RTP/SAVPF");
  if (encrypted) voice.keys = keys_of(media);
  if (!plain && voice.keys.empty()) return kNoProfile;
  const auto* connection = media.m_connections ? media.m_connections : session.sdp_connection;
  voice.address = connection ? text(connection->c_address) : "";
  if (const auto* why = objection_to_address(voice.address, v6)) return why;
  voice.port = static_cast<std::uint16_t>(media.m_port);
  voice.direction = direction_of(media);
  if (nowhere(voice.address))
    voice.direction = voice.direction == Direction::recvonly || voice.direction == Direction::inactive
                          ? Direction::inactive
                          : Direction::sendonly;
  const auto codecs = codecs_of(media);
  const Codec* best = nullptr;
  for (const auto& codec : codecs)
    if (codec.g711() && codec.rate == 8000 && !best) best = &codec;
  const bool g711 = best != nullptr;
  for (const auto& codec : codecs)
    if (!best && position(kTranslated, codec.name)) best = &codec;
  if (!best) return kNoCodec;
  voice.codec = *best;
  // Keys are said in the clock of the voice (RFC 4733 2.1), or in the telephone's own.
  for (const int rate : {best->rate, 8000})
    for (const auto& codec : codecs)
      if (!voice.events && codec.is("telephone-event") && codec.rate == rate) voice.events = codec;
  candidate.rank = (g711 ? 0 : 2) + (plain ? 0 : 1);
  return nullptr;
}

const char* said(std::string_view code) {
  if (code == kNoCodec) return "no codec that we carry: G.711, G.722, G.729, GSM or Opus";
  if (code == kNoProfile) return "no media transport that we speak: RTP/AVP, RTP/AVPF, or RTP/SAVP with a key";
  if (code == kNoAddress) return "no address that our media reaches";
  if (code == kNoAudio) return "no audio line that is in use";
  return "not a session description";
}

tl::unexpected<Refusal> none(const char* code) {
  return refuse(code, said(code));
}

std::string family(const std::string& address) {
  return address.find(':') == std::string::npos ? "IN IP4 " : "IN IP6 ";
}

std::string head(const std::string& address, Origin origin) {
  return "v=0\r\no=sigap " + std::to_string(origin.session) + " " + std::to_string(origin.version) + " " +
         family(address) + address + "\r\ns=-\r\nc=" + family(address) + address + "\r\nt=0 0\r\n";
}

std::string map_lines(const Codec& codec) {
  const auto payload = std::to_string(codec.payload);
  std::string lines = "a=rtpmap:" + payload + " " + codec.name + "/" + std::to_string(codec.rate) +
                      (codec.channels.empty() ? "" : "/" + codec.channels) + "\r\n";
  if (!codec.fmtp.empty()) lines += "a=fmtp:" + payload + " " + codec.fmtp + "\r\n";
  return lines;
}

constexpr std::array<const char*, 4> kDirections = {"sendrecv", "sendonly", "recvonly", "inactive"};
const char* name(Direction direction) {
  return kDirections.at(static_cast<std::size_t>(direction));
}

/// RFC 4733 section 7.1.1: which keys, 0 to 9, *, #, A to D.
constexpr char kKeysSaid[] = "0-15";

std::string audio_line(const std::string& profile, std::uint16_t port, const std::vector<Codec>& codecs) {
  std::string line = "m=audio " + std::to_string(port) + " " + profile;
  for (const auto& codec : codecs) line += " " + std::to_string(codec.payload);
  line += "\r\n";
  for (const auto& codec : codecs) line += map_lines(codec);
  return line;
}

std::string audio_line(const Voice& voice) {
  std::vector<Codec> codecs = {voice.codec};
  if (voice.events) codecs.push_back(*voice.events);
  if (voice.events) codecs.back().fmtp = kKeysSaid;
  std::string lines = audio_line(voice.profile, voice.port, codecs);
  for (const auto& key : voice.keys) lines += "a=crypto:" + key + "\r\n";
  return lines + "a=ptime:20\r\na=" + name(voice.direction) + "\r\n";
}

std::string refused_line(const sdp_media_t& media) {
  std::string line = "m=" + std::string(text(media.m_type_name)) + " 0 " + std::string(text(media.m_proto_name));
  for (const auto* map = media.m_rtpmaps; map; map = map->rm_next) line += " " + std::to_string(map->rm_pt);
  for (const auto* format = media.m_format; format; format = format->l_next)
    line += " " + std::string(text(format->l_text));
  return line + (media.m_rtpmaps || media.m_format ? "" : " 0") + "\r\n";
}

}  // namespace

bool Codec::is(std::string_view other) const {
  return same(name, other);
}

Result<Voice> read(std::string_view description, bool v6) {
  const Parsed parsed(description);
  if (!parsed.session) return none(kUnreadable);
  std::optional<Candidate> best;
  const char* why = kNoAudio;
  std::size_t line = 0;
  for (const auto* media = parsed.session->sdp_media; media && line < kLinesMax; media = media->m_next, ++line) {
    Candidate candidate;
    candidate.voice.line = line;
    if (const auto* objection = weigh(*parsed.session, *media, v6, candidate)) {
      if (why == kNoAudio) why = objection;
      continue;
    }
    if (!best || candidate.rank < best->rank) best = std::move(candidate);
  }
  if (!best) return none(why);
  return std::move(best->voice);
}

std::optional<std::uint16_t> port_of(std::string_view description) {
  const Parsed parsed(description);
  for (const auto* media = parsed.session ? parsed.session->sdp_media : nullptr; media; media = media->m_next)
    if (media->m_type == sdp_media_audio && media->m_port <= 65'535) return static_cast<std::uint16_t>(media->m_port);
  return std::nullopt;
}

std::string language_of(std::string_view description) {
  for (const std::string_view name : {"a=hlang-send:", "a=hlang-recv:"}) {
    for (auto rest = description; !rest.empty();) {
      const auto end = rest.find('\n');
      auto line = rest.substr(0, end);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      if (!line.starts_with(name)) continue;
      line.remove_prefix(name.size());
      const auto tag = line.substr(0, line.find_first_of(" \r"));  // the first is the one that they like best
      const bool sound = tag.size() <= kLanguageMax && tag.find_first_not_of(kTagAlphabet) == std::string_view::npos;
      if (!tag.empty() && sound) return std::string(tag);
    }
  }
  return {};
}

Direction mirrored(Direction theirs) {
  switch (theirs) {
    case Direction::sendonly:
      return Direction::recvonly;
    case Direction::recvonly:
      return Direction::sendonly;
    default:
      return theirs;
  }
}

std::string with_direction(std::string_view description, Direction direction) {
  std::string written;
  written.reserve(description.size() + 16);
  while (!description.empty()) {
    const auto end = description.find('\n');
    const auto whole = description.substr(0, end == std::string_view::npos ? end : end + 1);
    description.remove_prefix(whole.size());
    auto line = whole.substr(0, whole.find_last_not_of("\r\n") + 1);
    const bool says = line.starts_with("a=") && position(kDirections, line.substr(2));
    written += says ? "a=" + std::string(name(direction)) + "\r\n" : std::string(whole);
  }
  return written;
}

std::string write(const Voice& voice, Origin origin) {
  return head(voice.address, origin) + audio_line(voice);
}

std::string write_answer(std::string_view offer, const Voice& ours, Origin origin) {
  const Parsed parsed(offer);
  std::string lines;
  std::size_t line = 0;
  for (const auto* media = parsed.session ? parsed.session->sdp_media : nullptr; media; media = media->m_next, ++line)
    lines += line == ours.line ? audio_line(ours) : refused_line(*media);
  return head(ours.address, origin) + lines;
}

std::string write_offer(const std::string& address, std::uint16_t port, Origin origin) {
  const std::vector<Codec> codecs = {
      {8, "PCMA", 8000, "", ""}, {0, "PCMU", 8000, "", ""}, {101, "telephone-event", 8000, "", kKeysSaid}};
  return head(address, origin) + audio_line("RTP/AVP", port, codecs) + "a=ptime:20\r\na=sendrecv\r\n";
}

}  // namespace sigap::sdp
