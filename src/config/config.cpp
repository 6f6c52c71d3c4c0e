#include "config/config.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "config/review_form.h"
#include "config/toml_file.h"
#include "domain/calls/call.h"

namespace sigap::config {
namespace {

constexpr std::size_t kLineNameMax_bytes = 40;      // fits a button
constexpr std::int64_t kRingBackAfterMax_s = 3600;  // after an hour it is no answer any more
constexpr std::size_t kLinesMax = 40;               // a list that a person can read
constexpr char kAsSignalled[] = "as-signalled", kLearned[] = "learned";
constexpr std::size_t kDialledMax_bytes = 100;        // of a name or URN, as the SIP hand keeps it
constexpr std::int64_t kCallsPerSecondMax = 100'000;  // a limit beyond this limits nothing

bool is_address(const std::string& text) {
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(AF_INET, text.c_str(), bytes) == 1 || inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

bool is_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// 110, 0274110, 8110*, urn:service:sos, trunk77
bool can_be_dialled(std::string_view text) {
  const auto star = text.find('*');
  if (star != std::string_view::npos) return star > 0 && star + 1 == text.size() && is_number(text.substr(0, star));
  return !text.empty() && text.size() <= kDialledMax_bytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

void address(TomlTable& t, const char* key, HostPort& into) {
  if (!t.node(key)) return;
  std::string text;
  t.read(key, text);
  if (auto parsed = host_port(text))
    into = *parsed;
  else
    t.blame(key, parsed.error().message);
}

constexpr std::int64_t kPageCallsMax = 2'000;         // each costs its media process encryption; own
constexpr std::int64_t kProofMin_s = 30;              // the request that asked for it has to come through; own
constexpr std::int64_t kSampleMin_percent = 2;        // APCO/NENA ANS 1.107.1
constexpr std::int64_t kReviewedWithinMax_days = 90;  // own: what is older teaches nobody
constexpr std::int64_t kAnsweredWithinMax_days = 14;  // UU 25/2009 art. 44
constexpr std::int64_t kKeptMax_days = 36'500;        // a century: more is a slip of the pen; own
constexpr std::int64_t kProofMax_s = 46'800;          // a session's thirteen hours

constexpr std::size_t kCellMax_bytes = 32;  // it stands in every line of the journal; own

bool is_cell(std::string_view text) {
  return !text.empty() && text.size() <= kCellMax_bytes && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

constexpr std::int64_t kRelayMin_s = 60, kRelayMax_s = 86'400;  // a call's beginning, a day; own
constexpr std::size_t kRelayUrlsMax = 6;                        // a browser tries each, for each of its addresses; own

/// "turn:host:3478?transport=udp", "turns:host". RFC 7065.
bool is_relay_url(std::string_view text) {
  const auto scheme = text.substr(0, text.find(':'));
  if ((scheme != "turn" && scheme != "turns") || text.size() <= scheme.size() + 1) return false;
  const auto rest = text.substr(scheme.size() + 1);
  const auto query = rest.find('?');
  if (query != std::string_view::npos && rest.substr(query) != "?transport=udp" &&
      rest.substr(query) != "?transport=tcp")
    return false;
  const auto host = rest.substr(0, query);
  return !host.empty() && std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
  });
}

void read_turn(TomlTable& top, TurnConfig& turn) {
  top.section("turn", [&](TomlTable& t) {
    t.read("urls", turn.urls);
    for (const auto& url : turn.urls)
      if (!is_relay_url(url)) t.blame("urls", "turn:HOST[:PORT][?transport=udp|tcp] or turns:HOST[:PORT]: " + url);
    if (turn.urls.size() > kRelayUrlsMax) t.blame("urls", "more than 6");
    t.read("secret_file", turn.secret_file);
    if (!turn.urls.empty() && turn.secret_file.empty()) t.blame("secret_file", "needed with urls");
    t.read("ttl_s", turn.ttl_s);
    if (turn.ttl_s < kRelayMin_s || turn.ttl_s > kRelayMax_s) t.blame("ttl_s", "60 to 86400");
    t.read("listen", turn.listen);
    t.read("port", turn.port);
    t.read("tls_port", turn.tls_port);
    t.read("certificate", turn.certificate);
    t.read("key", turn.key);
    t.read("outside", turn.outside);
    if (!turn.outside.empty() && !is_address(turn.outside)) t.blame("outside", "an address");
    t.read("port_min", turn.port_min);
    t.read("port_max", turn.port_max);
    if (turn.port_min < 1024 || turn.port_min > turn.port_max) t.blame("port_min", "1024 to port_max");
  });
}

void read_all(TomlFile& file, Config& c) {
  TomlTable top(file.root(), "", file);
  top.section("storage", [&](TomlTable& t) {
    t.read("data", c.data);
    t.read("keys", c.keys);
  });
  top.section("server", [&](TomlTable& t) {
    t.read("cell", c.cell);
    if (!is_cell(c.cell)) t.blame("cell", "1 to 32 of a-z 0-9 -");
  });
  top.section("nation", [&](TomlTable& t) {
    t.read("folder", c.nation);
    t.read("places", c.places);
  });
  top.section("web", [&](TomlTable& t) {
    address(t, "listen", c.http);
    t.read("pages", c.pages);
    t.read("public_url", c.public_url);
    t.read("allowed_origins", c.allowed_origins);
    t.read("trusted_proxies", c.trusted_proxies);
    t.read("observers", c.observers);
    t.read("hosts", c.hosts);
    t.read("insecure_cookie", c.insecure_cookie);
    t.read("certificate", c.certificate);
    t.read("key", c.key);
    t.read("authority", c.authority);
    std::string from;
    t.read("redirect_from", from);
    if (c.certificate.empty() != c.key.empty()) t.blame("key", "certificate and key are needed together");
    if (!c.certificate.empty() && c.insecure_cookie)
      t.blame("insecure_cookie", "not with a certificate: HTTPS is secure");
    if (from.empty()) return;
    if (auto parsed = host_port(from))
      c.redirect_from = *parsed;
    else
      t.blame("redirect_from", parsed.error().message);
    if (c.certificate.empty()) t.blame("redirect_from", "there is no HTTPS to lead to: web.certificate");
    if (c.hosts.empty()) t.blame("redirect_from", "needs web.hosts: whoever asks is led to no other");
  });
  top.section("web_callers", [&](TomlTable& t) {
    t.read("calls_max", c.web_callers.calls_max);
    const bool written = t.node("calls_max");
    if (written && (c.web_callers.calls_max < 0 || c.web_callers.calls_max > kPageCallsMax))
      t.blame("calls_max", "0 to 2000");
    t.read("calls_of_address", c.web_callers.calls_of_address);
    if (c.web_callers.calls_of_address < 1 || c.web_callers.calls_of_address > kPageCallsMax)
      t.blame("calls_of_address", "1 to 2000");
    t.read("station", c.web_callers.station);
    c.web_callers.station_at = t.place("station");
  });
  read_turn(top, c.turn);
  top.section("administration", [&](TomlTable& t) {
    t.read("second_person", c.second_person);
    std::string second_factor = "required";
    t.read("second_factor", second_factor);
    if (second_factor != "required" && second_factor != "offered") t.blame("second_factor", "required or offered");
    c.second_factor_required = second_factor == "required";
    t.read("breached_passwords", c.breached_passwords);
    t.read("proof_s", c.proof_s);
    if (c.proof_s < kProofMin_s || c.proof_s > kProofMax_s) t.blame("proof_s", "30 to 46800");
  });
  top.section("clients", [&](TomlTable& t) {
    t.read("private_addresses", c.client_private_addresses);
    t.read("authority", c.client_authority);
  });
  top.section("quality", [&](TomlTable& t) {
    t.read("form", c.quality.form);
    t.read("sample_percent", c.quality.sample_percent);
    if (c.quality.sample_percent < kSampleMin_percent || c.quality.sample_percent > 100)
      t.blame("sample_percent", "2 to 100: the standard asks for 2 at least");
    t.read("all_of", c.quality.all_of);
    for (const auto& name : c.quality.all_of)
      if (!sample_reason(name)) t.blame("all_of", "\"complaint\", \"silent\", \"priority_one\": " + name);
    t.read("within_days", c.quality.within_days);
    if (c.quality.within_days < 1 || c.quality.within_days > kReviewedWithinMax_days) t.blame("within_days", "1 to 90");
  });
  top.section("cases", [&](TomlTable& t) {
    t.read("categories", c.cases.categories);
    t.read("answer_days", c.cases.answer_days);
    if (c.cases.answer_days < 1 || c.cases.answer_days > kAnsweredWithinMax_days)
      t.blame("answer_days", "1 to 14: the law leaves 14 for the first answer");
  });
  top.section("retention", [&](TomlTable& t) {
    t.read("calls_days", c.retention.calls_days);
    t.read("incidents_days", c.retention.incidents_days);
    t.read("tasks_days", c.retention.tasks_days);
    t.read("complaints_days", c.retention.complaints_days);
    t.read("recordings_help_days", c.retention.recordings_help_days);
    t.read("recordings_other_days", c.retention.recordings_other_days);
    for (const auto& [key, days] :
         {std::pair("calls_days", c.retention.calls_days), std::pair("incidents_days", c.retention.incidents_days),
          std::pair("tasks_days", c.retention.tasks_days), std::pair("complaints_days", c.retention.complaints_days),
          std::pair("recordings_help_days", c.retention.recordings_help_days),
          std::pair("recordings_other_days", c.retention.recordings_other_days)})
      if (days < 0 || days > kKeptMax_days) t.blame(key, "0 to 36500");
  });
  top.section("history", [&](TomlTable& t) { t.read("postgres", c.history_postgres); });
  top.section("sip", [&](TomlTable& t) {
    address(t, "listen", c.sip);
    t.read("legs_max", c.legs_max);
    t.read("edge", c.sip_edges);
    std::string by_tls;
    t.read("tls_listen", by_tls);
    t.read("tls_certificate", c.sip_tls.certificate);
    t.read("tls_key", c.sip_tls.key);
    t.read("tls_ca", c.sip_tls.ca);
    if (by_tls.empty()) return;
    if (auto parsed = host_port(by_tls))
      c.sip_tls.listen = *parsed;
    else
      t.blame("tls_listen", parsed.error().message);
    for (const auto& [key, pem] :
         {std::pair("tls_certificate", &c.sip_tls.certificate), {"tls_key", &c.sip_tls.key}, {"tls_ca", &c.sip_tls.ca}})
      if (pem->empty()) t.blame(key, "a PEM file: needed with tls_listen");
  });
  top.section("edge", [&](TomlTable& t) {
    t.read("udp", c.edge.udp);
    t.read("tcp", c.edge.tcp);
    t.read("tls", c.edge.tls);
    address(t, "inside", c.edge.inside);
    t.read("certificate", c.edge.certificate);
    t.read("key", c.edge.key);
    t.read("client_ca", c.edge.client_ca);
  });
  top.section("media", [&](TomlTable& t) {
    t.read("address", c.rtp_address);
    t.read("address6", c.rtp_address6);
    if (!c.rtp_address6.empty() && (!is_address(c.rtp_address6) || c.rtp_address6.find(':') == std::string::npos))
      t.blame("address6", "an IPv6 address");
    t.read("port_min", c.rtp_min);
    t.read("port_max", c.rtp_max);
    t.read("ng_host", c.ng_host);
    if (!is_address(c.ng_host)) t.blame("ng_host", "an address");
    t.read("ng_port", c.ng_port);
    t.read("dtmf_port", c.dtmf_port);
    t.read("rtpengine", c.rtpengine);
    t.read("ends_with_server", c.media_ends_with_us);
    t.read("prompts", c.prompts);
    t.read("voices_max", c.voices_max);
  });
  top.section("recording", [&](TomlTable& t) {
    t.read("on", c.record);
    t.read("folder", c.recordings);
    t.read("port", c.recorder_port);
    t.read("reserve_mb", c.recordings_reserve_mb);
    if (c.recordings_reserve_mb < 0) t.blame("reserve_mb", "0 or more");
    t.read("recorder", c.recorder);
  });
  top.section("cluster", [&](TomlTable& t) {
    t.read("node", c.cluster.node);
    address(t, "listen", c.cluster.listen);
    address(t, "peer", c.cluster.peer);
    address(t, "witness", c.cluster.witness);
    t.read("lead_command", c.cluster.lead_command);
    t.read("follow_command", c.cluster.follow_command);
  });
  top.section("outgoing", [&](TomlTable& t) {
    t.read("ring_back_after_s", c.ring_back_after_s);
    if (c.ring_back_after_s < 0 || c.ring_back_after_s > kRingBackAfterMax_s) t.blame("ring_back_after_s", "0 to 3600");
    t.read("numbers", c.numbers_out);
    for (const auto& number : c.numbers_out)
      if (!is_number(std::string_view(number).substr(0, number.find('*'))) || number.find('*') + 1 < number.size())
        t.blame("numbers", "+ and digits, or digits; a prefix ends in *: " + number);
  });
  top.each("line", [&](TomlTable& t) {
    std::string name, number;
    t.read("name", name);
    t.read("number", number);
    if (name.empty() || name.size() > kLineNameMax_bytes) t.blame("name", "1 to 40 bytes");
    if (!is_number(number)) t.blame("number", "+ and digits, or digits");
    if (c.lines.size() >= kLinesMax) t.blame("name", "more than 40 lines");
    if (!c.lines.emplace(name, number).second) t.blame("name", "twice: " + name);
  });
  top.each("trunk", [&](TomlTable& t) {
    TrunkConfig trunk;
    t.read("name", trunk.name);
    t.read("addresses", trunk.addresses);
    t.read("station", trunk.station);
    trunk.station_at = t.place("station");
    t.read("tls_name", trunk.tls_name);
    t.read("calls_per_second", trunk.calls_per_second);
    t.read("dialled", trunk.dialled);
    for (const auto& entry : trunk.dialled)
      if (!can_be_dialled(entry))
        t.blame("dialled", "numbers, prefixes that end in *, urn:service:..., or names: " + entry);
    t.read("identity_believed", trunk.identity_believed);
    std::string media = kAsSignalled;
    t.read("media", media);
    trunk.media_learned = media == kLearned;
    if (media != kAsSignalled && media != kLearned) t.blame("media", "\"as-signalled\" or \"learned\"");
    t.read("outgoing", trunk.outgoing);
    t.read("caller_id", trunk.caller_id);
    t.read("call_to", trunk.call_to);
    t.read("call_over", trunk.call_over);
    if (trunk.name.empty()) t.blame("name", "a trunk needs one");
    if (trunk.name == calls::kPageTrunk) t.blame("name", "\"web\" is the name of calls by internet");
    if (trunk.addresses.empty()) t.blame("addresses", "at least one address");
    if (trunk.calls_per_second < 1 || trunk.calls_per_second > kCallsPerSecondMax)
      t.blame("calls_per_second", "1 to 100000");
    if (!is_number(trunk.caller_id)) t.blame("caller_id", "+ and digits, or digits");
    if (trunk.call_over != "udp" && trunk.call_over != "tcp" && trunk.call_over != "tls")
      t.blame("call_over", "\"udp\", \"tcp\" or \"tls\"");
    if (trunk.call_over == "tls" && !c.sip_tls.listen) t.blame("call_over", "\"tls\" needs sip.tls_listen");
    if (!trunk.call_to.empty()) {
      const auto to = host_port(trunk.call_to);
      if (!to || !is_address(to->host) || to->port == 0) t.blame("call_to", "write ADDRESS:PORT");
    } else if (trunk.outgoing && !trunk.addresses.empty() && !is_address(trunk.addresses.front())) {
      t.blame("call_to", "needed for calls going out: the first of addresses is a block");
    }
    c.trunks.push_back(std::move(trunk));
  });
  top.refuse_others();
}

}  // namespace

Result<HostPort> host_port(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return refuse("invalid", "write ADDRESS:PORT");
  HostPort result;
  result.host = text.substr(0, colon);
  if (result.host.size() > 2 && result.host.front() == '[') result.host = result.host.substr(1, result.host.size() - 2);
  const auto* begin = text.data() + colon + 1;
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), result.port);
  if (result.host.empty() || error != std::errc() || end != text.data() + text.size() || begin == end)
    return refuse("invalid", "write ADDRESS:PORT");
  return result;
}

namespace {

/// Telephones have the most of what there is.
void share_with_pages(Config& c, TomlFile& file) {
  constexpr std::int64_t kPageCalls = 200;
  const auto all = std::min(c.voices_max, c.legs_max);
  auto& most = c.web_callers.calls_max;
  if (most == WebCallersConfig::kNotWritten) most = std::clamp<std::int64_t>(all / 4, 0, kPageCalls);
  if (most > all / 2)
    file.blame(nullptr, "web_callers.calls_max", "at most half of media.voices_max and of sip.legs_max");
}

}  // namespace

Result<Config> load_config(const std::filesystem::path& file) {
  Config config;
  auto opened = TomlFile::open(file);
  if (!opened) return tl::unexpected(opened.error());
  read_all(*opened, config);
  share_with_pages(config, *opened);
  if (config.data.empty()) opened->blame(nullptr, "storage.data", "where the journal lives: needed");
  if (config.keys.empty()) opened->blame(nullptr, "storage.keys", "where the keys live: needed");
  if (opened->mistake()) return tl::unexpected(*opened->mistake());
  return config;
}

}  // namespace sigap::config
