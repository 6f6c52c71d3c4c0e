#include "sigapd/hand_configs.h"

#include <spdlog/spdlog.h>

#include "adapters/media/prompt_file.h"
#include "adapters/web/origin.h"
#include "config/review_form.h"
#include "sigapd/secure_web.h"

namespace sigap::sigapd {
namespace {

std::optional<sip::WayOut> way_out(const config::TrunkConfig& trunk) {
  if (!trunk.outgoing) return std::nullopt;
  const auto over = trunk.call_over == "tls"   ? sip::Transport::tls
                    : trunk.call_over == "tcp" ? sip::Transport::tcp
                                               : sip::Transport::udp;
  sip::WayOut out{trunk.addresses.front(), 5060, over, trunk.caller_id};
  if (const auto to = config::host_port(trunk.call_to)) {
    out.host = to->host;
    out.port = to->port;
  }
  return out;
}

/// The recorder stands beside the media process, and is told over a socket of the file system.
bool records(const config::Config& c) {
  return c.record && c.ng_host.starts_with("127.");
}

/// As a browser writes it: a port that goes without saying is not said.
std::string written(const web::WebOrigin& origin) {
  const auto usual = origin.scheme == "https" ? 443 : 80;
  return origin.scheme + "://" + origin.host + (origin.port == usual ? "" : ":" + std::to_string(origin.port));
}

/// Passkeys are those of the name by which the pages are reached, and of pages at the same name or below it. An address
/// is no name, but for this machine's own: there it is `localhost` (WebAuthn Level 2, 5.1.3: effective domain).
ports::PasskeyHost passkey_host(const std::string& public_url, const std::vector<std::string>& others) {
  auto ours = web::read_origin(public_url);
  if (!ours) return {};
  if (ours->host.starts_with("127.") || ours->host == "[::1]") ours->host = "localhost";
  const bool number = ours->host.starts_with('[') || ours->host.find_first_not_of("0123456789.") == std::string::npos;
  if (number) return {};
  ports::PasskeyHost found{ours->host, {written(*ours)}};
  for (const auto& text : others)
    if (const auto other = web::read_origin(text);
        other && (other->host == ours->host || other->host.ends_with('.' + ours->host)))
      found.origins.push_back(written(*other));
  return found;
}

}  // namespace

core::Policy policy_of(const config::Config& c) {
  core::Policy policy;
  if (!c.public_url.empty()) policy.public_url = c.public_url;
  policy.numbers_out = c.numbers_out;
  policy.lines = c.lines;
  policy.second_person = c.second_person;
  policy.record = records(c);
  policy.second_factor_required = c.second_factor_required;
  policy.proof_lasts = seconds(c.proof_s);
  policy.ring_back = c.ring_back_after_s > 0;
  policy.ring_back_after = seconds(c.ring_back_after_s);
  policy.review_percent = c.quality.sample_percent;
  policy.reviewed_all.clear();
  for (const auto& name : c.quality.all_of)
    if (const auto reason = config::sample_reason(name)) policy.reviewed_all.insert(*reason);
  policy.case_answer_within = hours(c.cases.answer_days * 24);
  policy.review_within = hours(c.quality.within_days * 24);
  for (const auto& trunk : c.trunks)
    if (trunk.outgoing) policy.trunks_out.push_back({trunk.name});
  return policy;
}

media::MediaConfig media_of(const config::Config& c) {
  media::MediaConfig m;
  m.process.binary = c.rtpengine;
  m.process.address = c.rtp_address;
  m.process.address6 = c.rtp_address6;
  m.process.ng_host = c.ng_host;
  m.process.ng_port = c.ng_port ? c.ng_port : media::free_udp_port();
  m.process.dtmf_port = c.dtmf_port && !c.ng_port ? media::free_udp_port() : c.dtmf_port;
  m.process.port_min = c.rtp_min;
  m.process.port_max = c.rtp_max;
  m.process.ends_with_us = c.media_ends_with_us;
  m.process.pid_file = c.data / "rtpengine.pid";
  m.prompts = {{ports::Prompt::welcome, c.prompts / "welcome.au"},
               {ports::Prompt::hold, c.prompts / "hold.au"},
               {ports::Prompt::press, c.prompts / "press.au"},
               {ports::Prompt::ring_back, c.prompts / "ring_back.au"},
               {ports::Prompt::waiting, c.prompts / "waiting.au"}};
  if (c.ng_host == "127.0.0.1")  // elsewhere, rtpengine reads them there
    for (const auto& [prompt, file] : m.prompts)
      if (const auto fault = media::fault_of_prompt(file))
        spdlog::error("media.prompts: {}: {}: callers may hear silence instead", file.string(), *fault);
  return m;
}

std::filesystem::path recordings_of(const config::Config& c) {
  return std::filesystem::absolute(c.recordings.empty() ? c.data / "recordings" : c.recordings);
}

std::optional<recorder::HandConfig> recorder_of(const config::Config& c) {
  if (!records(c)) {
    if (c.record)
      spdlog::error(
          "calls are not recorded: the media process is on another machine ({}), and so is its recorder's place",
          c.ng_host);
    return std::nullopt;
  }
  recorder::HandConfig r;
  std::error_code unknown;
  r.program = c.recorder.empty()
                  ? std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path() / "sigap-recorder"
                  : c.recorder;
  r.folder = recordings_of(c);
  r.address = c.rtp_address;
  r.port = c.recorder_port;
  r.reserve_mb = c.recordings_reserve_mb;
  r.ends_with_us = c.media_ends_with_us;
  r.log_file = c.data / "recorder.log";
  return r;
}

sip::SipConfig sip_of(const config::Config& c, std::int64_t epoch) {
  constexpr std::uint32_t kRequestsMax = 1'000;  // of one process within one dialog
  sip::SipConfig s;
  s.address = c.sip.host;
  s.port = c.sip.port;
  for (const auto& trunk : c.trunks) {
    sip::Reading reading{sip::kUsuallyOurs, trunk.identity_believed};
    if (!trunk.dialled.empty()) reading.dialled = trunk.dialled;
    s.trunks.push_back({{trunk.name}, trunk.addresses, trunk.tls_name, way_out(trunk), std::move(reading)});
  }
  s.edges = c.sip_edges;
  if (const auto& listen = c.sip_tls.listen)
    s.tls = {listen->host, listen->port, c.sip_tls.certificate, c.sip_tls.key, c.sip_tls.ca};
  s.tell_of_tls = [](const std::string& why) { spdlog::warn("SIP by TLS: {}", why); };
  s.user_agent = "Sigap " SIGAP_VERSION;
  // A few more than the switchboard takes: whoever is beyond is turned away by the journal, with a task.
  s.legs_max = static_cast<std::size_t>(c.legs_max + c.legs_max / 20 + 1);
  s.media_v6 = !c.rtp_address6.empty();
  s.own_addresses = {c.sip.host, c.rtp_address, c.rtp_address6};
  s.first_cseq = static_cast<std::uint32_t>(epoch) * kRequestsMax;
  return s;
}

http_client::HttpClientConfig http_client_of(const config::Config& c) {
  return {c.client_private_addresses, c.client_authority, std::string("Sigap/") + SIGAP_VERSION};
}

web::WebConfig web_of(const config::Config& c) {
  web::WebConfig w;
  secure(w, c);
  w.address = c.http.host;
  w.port = c.http.port;
  w.static_dir = c.pages;
  w.allowed_origins = c.allowed_origins;
  w.trusted_proxies = c.trusted_proxies;
  w.observers = c.observers;
  w.hosts = c.hosts;
  w.unnamed_proxy = [](const std::string& address) {
    spdlog::warn(
        "{} writes X-Forwarded-For and is not in web.trusted_proxies: if it is our proxy, the limits take all "
        "who come through it for one, and one guesser there delays everybody",
        address);
  };
  w.secure_cookie = !c.insecure_cookie;
  return w;
}

runtime::GatewayConfig gateway_of(const config::Config& c) {
  const auto policy = policy_of(c);
  return {SIGAP_VERSION, policy, passkey_host(policy.public_url, c.allowed_origins)};
}

runtime::PageCallsConfig pages_of(const config::Config& c) {
  runtime::PageCallsConfig p;
  p.calls_max = static_cast<std::size_t>(c.web_callers.calls_max);
  p.calls_of_address = static_cast<std::size_t>(c.web_callers.calls_of_address);
  p.relay_lasts = seconds(c.turn.ttl_s);
  return p;
}

runtime::SwitchboardConfig switchboard_of(const config::Config& c) {
  runtime::SwitchboardConfig s;
  for (const auto& trunk : c.trunks) {
    s.trunk_stations[{trunk.name}] = {trunk.station};
    if (trunk.media_learned) s.learned.insert({trunk.name});
  }
  s.trunk_stations[{calls::kPageTrunk}] = {c.web_callers.station};
  s.voices_max = static_cast<std::size_t>(c.voices_max);
  s.legs_max = static_cast<std::size_t>(c.legs_max);
  return s;
}

}  // namespace sigap::sigapd
