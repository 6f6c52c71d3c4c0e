// The configuration of sigapd: one TOML file, every key documented in deploy/sigap.toml with its default. Flags
// override.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/privacy/retention.h"

namespace sigap::config {

struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
/// "127.0.0.1:8110", "[::1]:0". Refusal "invalid".
Result<HostPort> host_port(const std::string& text);

struct TrunkConfig {
  std::string name;
  std::vector<std::string> addresses;  ///< addresses or CIDR blocks from which this trunk's calls come
  std::string station;                 ///< whose calls it brings when nothing better is known
  std::string station_at;              ///< FILE:LINE: KEY of it: which stations there are, the journal says
  std::string tls_name;              ///< in the certificate that it must show, to the edge or by TLS to us; empty: none
  bool outgoing = false;             ///< takes calls of ours
  std::string caller_id = "110";     ///< the number that the callee is shown
  std::string call_to;               ///< ADDRESS:PORT where they go; empty: the first address, port 5060
  std::string call_over = "udp";     ///< or "tcp", "tls"
  std::vector<std::string> dialled;  ///< what is ours to answer; empty: as usual (adapters/sip/dialled.h)
  bool media_learned = false;        ///< its voices do not come from where they are described to be
  bool identity_believed = true;     ///< P-Asserted-Identity and Remote-Party-ID
  std::int64_t calls_per_second = 1'000;  ///< let through by the edge; what the SIP hand takes on one core, measured
};

/// Citizens who call by a page, without a telephone.
struct WebCallersConfig {
  /// At once; 0: none is taken. Not written: 200, or a quarter of media.voices_max or sip.legs_max where that is less.
  std::int64_t calls_max = kNotWritten;
  static constexpr std::int64_t kNotWritten = -1;
  std::int64_t calls_of_address = 32;  ///< at once
  std::string station;                 ///< whose calls they are when the page does not say where it is
  std::string station_at;              ///< FILE:LINE: KEY of it
};

/// A TURN relay for browsers whose network lets a voice go nowhere else. What `sigap edge coturn` makes its
/// configuration from is here, too; the server itself reads the first three.
struct TurnConfig {
  std::vector<std::string> urls;               ///< as browsers are told, RFC 7065; empty: there is none
  std::filesystem::path secret_file;           ///< what the relay and we know (keys/relay_secret.h)
  std::int64_t ttl_s = 3600;                   ///< for which a browser's credentials open another way through the relay
  std::vector<std::string> listen;             ///< addresses of the relay's machine
  std::uint16_t port = 3478, tls_port = 5349;  ///< UDP and TCP; TLS where there is a certificate. RFC 8656 section 3
  std::string certificate, key;                ///< PEM files
  std::string outside;                         ///< the address that the internet knows, where that is another one
  std::uint16_t port_min = 49'152, port_max = 65'535;  ///< of what is relayed; RFC 8656 section 7.2
};

/// What `sigap edge kamailio` makes a proxy's configuration from; the server itself reads only sip.edge.
struct EdgeConfig {
  std::vector<std::string> udp, tcp, tls;  ///< ADDRESS:PORT, as trunks reach them
  HostPort inside{"127.0.0.1", 5062};      ///< the edge's own address towards the server
  std::string certificate, key;            ///< PEM files, for tls
  std::string client_ca;                   ///< who signs the certificates that trunks show; empty: none is asked for
};

/// SIP over TLS by the server itself, without an edge.
struct SipTlsConfig {
  std::optional<HostPort> listen;
  std::filesystem::path certificate, key;  ///< PEM
  std::filesystem::path ca;                ///< who signs the certificates that trunks show
};

/// Two machines; without a name there is one.
struct ClusterConfig {
  std::string node;                          ///< this machine's name, another one than its peer's
  HostPort listen{"127.0.0.1", 8210};        ///< where the other machine brings its journal while it leads
  HostPort peer{"127.0.0.1", 8211};          ///< the other machine's `listen`
  HostPort witness{"127.0.0.1", 8212};       ///< sigap witness
  std::string lead_command, follow_command;  ///< for the shell, when the lead is taken and lost
  bool on() const { return !node.empty(); }
};

/// Which handled calls are reviewed, and how.
struct QualityConfig {
  std::filesystem::path form;                       ///< review_form.h; empty: no review can be answered
  std::int64_t sample_percent = 3;                  ///< of all handled calls
  std::vector<std::string> all_of = {"complaint"};  ///< besides: quality::SampleReason
  std::int64_t within_days = 14;                    ///< of the call
};

/// Complaints.
struct CasesConfig {
  std::filesystem::path categories;  ///< case_categories.h; empty: citizens cannot complain by the page
  std::int64_t answer_days = 5;      ///< of each level; then a complaint goes one up
};

struct Config {
  std::filesystem::path data;
  std::filesystem::path keys;   ///< outside of `data`
  std::string cell = "nation";  ///< whose journal this is
  std::filesystem::path nation, places, prompts, pages;
  HostPort http{"127.0.0.1", 8110};
  std::filesystem::path certificate, key;  ///< PEM; `http` then speaks HTTPS. Empty: plain HTTP
  std::optional<HostPort> redirect_from;   ///< plain HTTP there leads to HTTPS
  std::filesystem::path authority;         ///< of a local certificate, handed out for whoever is to trust it
  bool insecure_cookie = false;            ///< only where there is no TLS, on loopback
  std::vector<std::string> allowed_origins;
  std::vector<std::string> trusted_proxies;  ///< whose X-Forwarded-For is believed
  std::string public_url;
  HostPort sip{"127.0.0.1", 5060};
  std::vector<std::string> sip_edges;  ///< addresses believed when they name a trunk
  SipTlsConfig sip_tls;
  EdgeConfig edge;
  std::int64_t legs_max = 20'000;
  std::vector<TrunkConfig> trunks;
  std::vector<std::string> observers = {"127.0.0.0/8", "::1"};  ///< see /metrics and all of /healthz
  std::vector<std::string> hosts;                               ///< by which the pages may be asked for; empty: by any
  bool second_person = true;                                    ///< roles and passwords are given by two administrators
  bool second_factor_required = true;        ///< of supervisors and administrators; false: it is offered
  std::filesystem::path breached_passwords;  ///< SHA-1 in order (vault/known_passwords); empty: none
  std::int64_t proof_s = 900;                ///< administration within this of giving the password
  bool client_private_addresses = false;   ///< programs of others may be told within our own network, and by plain HTTP
  std::filesystem::path client_authority;  ///< certificates that are believed of them besides the system's; empty: none
  privacy::Terms retention;
  std::string history_postgres;              ///< a connection string of libpq; empty: the history is in SQLite
  std::int64_t ring_back_after_s = 0;        ///< the system itself calls back whom nobody answered; 0: it does not
  std::map<std::string, std::string> lines;  ///< numbers outside that operators may bring into a call, by name
  std::vector<std::string> numbers_out;      ///< may be dialled whatever they are; `*` at the end: a prefix
  std::string rtp_address = "127.0.0.1";
  std::string rtp_address6;  ///< of RTP to callers who have IPv6 alone; empty: they are turned away
  std::uint16_t rtp_min = 30'000, rtp_max = 40'000;
  std::string ng_host = "127.0.0.1";
  std::uint16_t ng_port = 22'222;
  std::uint16_t dtmf_port = 22'223;  ///< 0: keys that callers press are not heard
  std::string rtpengine = "rtpengine";
  bool media_ends_with_us = false;             ///< a demo or a test: the media process is taken down with the server
  bool record = true;                          ///< calls, from when caller and operator are joined
  std::filesystem::path recordings;            ///< empty: beside the journal, in DATA/recordings
  std::uint16_t recorder_port = 0;             ///< 0: any, the same after each start
  std::int64_t recordings_reserve_mb = 2'000;  ///< that recordings leave free on their disk
  std::filesystem::path recorder;              ///< the program; empty: the one beside the server
  std::int64_t voices_max = 4'000;
  WebCallersConfig web_callers;
  QualityConfig quality;
  CasesConfig cases;
  TurnConfig turn;
  ClusterConfig cluster;
};

/// Refusals: "io", "invalid" with the key's path in `field`. Unknown keys are refused: a slip of the pen must not turn
/// into a default.
Result<Config> load_config(const std::filesystem::path& file);

}  // namespace sigap::config
