#include "adapters/media/caller_sdp.h"

#include <strings.h>

#include <charconv>
#include <map>
#include <sstream>
#include <vector>

namespace sigap::media {
namespace {

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > 65'535) return std::nullopt;
  return value;
}

struct AudioLine {
  int port = 0;
  std::vector<int> payloads;
  std::map<int, std::string> names;  ///< "PCMA/8000"
};

std::optional<AudioLine> first_audio(std::string_view sdp) {
  std::istringstream in{std::string(sdp)};
  std::optional<AudioLine> audio;
  bool here = false;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.rfind("m=", 0) == 0) {
      here = !audio && line.rfind("m=audio ", 0) == 0;
      if (!here) continue;
      std::istringstream fields(line.substr(8));
      std::string port, protocol, payload;
      fields >> port >> protocol;
      const auto at = number(port.substr(0, port.find('/')));
      if (!at) return std::nullopt;
      audio.emplace();
      audio->port = *at;
      while (fields >> payload)
        if (const auto type = number(payload)) audio->payloads.push_back(*type);
    } else if (here && line.rfind("a=rtpmap:", 0) == 0) {
      const auto space = line.find(' ');
      if (space == std::string::npos) continue;
      if (const auto type = number(std::string_view(line).substr(9, space - 9)))
        audio->names[*type] = line.substr(space + 1);
    }
  }
  return audio;
}

bool is(const std::string& name, const char* wanted) {
  return strncasecmp(name.c_str(), wanted, std::string_view(wanted).size()) == 0;
}

}  // namespace

std::optional<CallerAudio> read_offer(std::string_view sdp) {
  const auto line = first_audio(sdp);
  if (!line) return std::nullopt;
  CallerAudio audio;
  bool found = false;
  for (const int type : line->payloads) {
    const auto named = line->names.find(type);
    // 0 and 8 need no rtpmap (RFC 3551 section 6).
    const std::string name = named != line->names.end() ? named->second
                             : type == 8                ? "PCMA/8000"
                             : type == 0                ? "PCMU/8000"
                                                        : "";
    if (!found && (is(name, "PCMA/8000") || is(name, "PCMU/8000"))) {
      audio.codec = type;
      audio.codec_name = is(name, "PCMA") ? "PCMA" : "PCMU";
      found = true;
    }
    if (!audio.events && is(name, "telephone-event/8000")) audio.events = type;
  }
  if (!found) return std::nullopt;
  return audio;
}

std::optional<std::uint16_t> audio_port(std::string_view sdp) {
  const auto line = first_audio(sdp);
  if (!line) return std::nullopt;
  return static_cast<std::uint16_t>(line->port);
}

namespace {

std::string head(const std::string& address, std::uint16_t port, std::int64_t session, std::int64_t version) {
  const std::string family = address.find(':') == std::string::npos ? "IN IP4 " : "IN IP6 ";
  return "v=0\r\no=sigap " + std::to_string(session) + " " + std::to_string(version) + " " + family + address +
         "\r\ns=-\r\nc=" + family + address + "\r\nt=0 0\r\nm=audio " + std::to_string(port) + " RTP/AVP ";
}

std::string event_lines(const std::string& type) {
  return "a=rtpmap:" + type + " telephone-event/8000\r\na=fmtp:" + type + " 0-15\r\n";
}

constexpr char kTail[] = "a=ptime:20\r\na=sendrecv\r\n";

}  // namespace

std::string write_answer(const CallerAudio& audio, const std::string& address, std::uint16_t port, std::int64_t session,
                         std::int64_t version) {
  const auto codec = std::to_string(audio.codec);
  std::string sdp = head(address, port, session, version) + codec;
  if (audio.events) sdp += " " + std::to_string(*audio.events);
  sdp += "\r\na=rtpmap:" + codec + " " + audio.codec_name + "/8000\r\n";
  if (audio.events) sdp += event_lines(std::to_string(*audio.events));
  return sdp + kTail;
}

std::string write_offer(const std::string& address, std::uint16_t port, std::int64_t session) {
  return head(address, port, session, 1) + "8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n" +
         event_lines("101") + kTail;
}

}  // namespace sigap::media
