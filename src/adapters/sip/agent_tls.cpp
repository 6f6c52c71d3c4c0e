// SIP over TLS without an edge: who connects shows a certificate that our authority signed and that is in its time, or
// the handshake fails (sofia's tport checks it, as OpenSSL does). Whose certificate it is decides which trunk's message
// this is, together with the address; each request is looked at.
// What sofia has against a certificate it says in its log alone, line by line: of that nothing but the reason and the
// subject is taken, for the log and /healthz.
// Sources: RFC 5922 (which names of a certificate count), RFC 3261 26.3.2.1 (server and proxy show each other theirs).
#include "adapters/sip/agent.h"
#include "adapters/sip/nta_magic.h"
//
#include <arpa/inet.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/nta.h>
#include <sofia-sip/nta_tport.h>
#include <sofia-sip/su_log.h>
#include <sofia-sip/su_string.h>
#include <sofia-sip/su_strlst.h>
#include <sofia-sip/tport.h>
#include <sofia-sip/tport_tag.h>
#include <sofia-sip/url.h>
#include <sys/mman.h>
#include <unistd.h>

#include <openssl/x509v3.h>

#include <array>
#include <cstdarg>
#include <cstdio>

#include "adapters/sip/invite.h"
#include "base/characters.h"
#include "tls/identity.h"
#include "tls/pem.h"

extern "C" su_log_t tport_log[];

namespace sigap::sip {
namespace {

constexpr unsigned kDepth = 4;                 // a trunk's certificate, two between, an authority; own
constexpr int kNotesReasons = 3;               // the level at which tport says what is wrong with a certificate
constexpr std::chrono::seconds kTellEvery{1};  // a peer that tries again and again fills no log; own
constexpr std::size_t kWhyMax_bytes = 200;     // of a subject that somebody else wrote; own
constexpr std::string_view kSubject = "  subject  = ", kError = "  err ", kFailed = "TLS setup failed";

thread_local Agent* noting = nullptr;  // each agent has its own thread

void note(void*, const char* format, std::va_list arguments) {
  std::array<char, 512> line{};
  std::vsnprintf(line.data(), line.size(), format, arguments);
  if (noting) noting->tls_noted(line.data());
}

/// A folder with the two files that sofia wants, which are no files: no key of ours stands on a disk a second time.
class CertificateFolder {
 public:
  CertificateFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "sigap-tls-XXXXXX").string();
    if (mkdtemp(pattern.data())) folder_ = pattern;
  }
  ~CertificateFolder() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    for (const int fd : files_) close(fd);
  }
  CertificateFolder(const CertificateFolder&) = delete;
  CertificateFolder& operator=(const CertificateFolder&) = delete;

  bool put(const char* name, const std::string& text) {
    const int fd = memfd_create(name, MFD_CLOEXEC);
    if (fd < 0 || folder_.empty()) return false;
    files_.push_back(fd);
    std::error_code error;
    std::filesystem::create_symlink("/proc/self/fd/" + std::to_string(fd), folder_ / name, error);
    return !error && write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }
  std::string path() const { return folder_.string(); }

 private:
  std::filesystem::path folder_;
  std::vector<int> files_;
};

Instant wall_clock() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace

Result<bool> Agent::open_tls() {
  const auto& files = *config_.tls;
  auto identity = tls::read_identity({files.certificate, files.key}, {}, wall_clock(), tls::Demand::usable);
  if (!identity) return tl::unexpected(identity.error());
  auto certificate = tls::read_file(files.certificate), key = tls::read_file(files.key),
       authority = tls::read_file(files.authority);
  for (const auto* file : {&certificate, &key, &authority})
    if (!*file) return tl::unexpected(file->error());
  if (tls::read_certificates(*authority).empty())
    return sigap::refuse("invalid", files.authority.string() + ": no certificate in it", "tls_ca");
  if (!identity->flaw.empty() && config_.tell_of_tls) config_.tell_of_tls("our certificate: " + identity->flaw);
  CertificateFolder folder;
  const auto ours = *certificate + "\n" + *key;
  // What is between ours and its authority is shown, too, when it is found here; to be believed takes a root.
  auto believed = *authority;
  const auto chain = tls::read_certificates(*certificate);
  for (std::size_t i = 1; i < chain.size(); ++i)
    if (X509_check_issued(chain[i].get(), chain[i].get()) != X509_V_OK) believed += tls::written(*chain[i]);
  const bool written = folder.put("agent.pem", ours) && folder.put("cafile.pem", believed);
  tls::wipe(*key);
  const bool v6 = files.address.find(':') != std::string::npos;
  const std::string url = "sips:" + (v6 ? "[" + files.address + "]" : files.address) + ":" +
                          (files.port ? std::to_string(files.port) : std::string("*"));
  noting = this;
  static const bool noted = [] {
    su_log_redirect(tport_log, note, nullptr);
    return true;
  }();
  (void)noted;
  su_log_set_level(tport_log, kNotesReasons);
  if (!written || nta_agent_add_tport(nta_, URL_STRING_MAKE(url.c_str()), TPTAG_CERTIFICATE(folder.path().c_str()),
                                      TPTAG_TLS_VERIFY_POLICY(TPTLS_VERIFY_ALL), TPTAG_TLS_VERIFY_DATE(1),
                                      TPTAG_TLS_VERIFY_DEPTH(kDepth), TAG_END()) != 0)
    return sigap::refuse("io", "cannot listen for SIP by TLS on " + url.substr(5));
  const auto* bound = tport_name(tport_by_protocol(nta_agent_tports(nta_), "tls"));
  tls_port_ = static_cast<std::uint16_t>(bound && bound->tpn_port ? std::stoi(bound->tpn_port) : files.port);
  tls_until_ = identity->until;
  return true;
}

bool Agent::shown_something(const sockaddr& source) const {
  std::array<char, INET6_ADDRSTRLEN> host{};
  const bool v6 = source.sa_family == AF_INET6;
  const void* address = v6 ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(source).sin6_addr)
                           : &reinterpret_cast<const sockaddr_in&>(source).sin_addr;
  const auto port = ntohs(v6 ? reinterpret_cast<const sockaddr_in6&>(source).sin6_port
                             : reinterpret_cast<const sockaddr_in&>(source).sin_port);
  if (!inet_ntop(source.sa_family, address, host.data(), host.size())) return false;
  const auto text = v6 ? "[" + std::string(host.data()) + "]" : std::string(host.data());
  const auto port_text = std::to_string(port);
  tp_name_t name{};
  name.tpn_proto = "tls";
  name.tpn_host = name.tpn_canon = text.c_str();
  name.tpn_port = port_text.c_str();
  const auto* connection = tport_by_name(nta_agent_tports(nta_), &name);
  return connection && tport_is_secondary(connection) && tport_has_tls(connection) && tport_is_verified(connection);
}

std::vector<std::string_view> Agent::names_shown(msg_t* message) const {
  std::vector<std::string_view> names;
  if (!config_.tls) return names;
  auto* connection = tport_delivered_by(nta_agent_tports(nta_), message);
  if (!connection || !tport_has_tls(connection) || !tport_is_verified(connection)) return names;
  const auto* subjects = tport_delivered_from_subjects(connection, message);
  for (usize_t i = 0; subjects && i < su_strlst_len(subjects); ++i) names.emplace_back(su_strlst_item(subjects, i));
  return names;
}

bool Agent::shows_its_name(const Leg& leg, nta_incoming_t* request, const sip_t& sip) const {
  if (!config_.tls) return true;
  msg_t* message = nta_incoming_getrequest(request);
  const bool shows = trunks_.believes(msg_addr(message)->su_sa, trunks_named(sip), leg.trunk, names_shown(message));
  msg_destroy(message);
  return shows;
}

void Agent::refused_by_name(const std::vector<std::string_view>& shown) {
  tls_refused("a certificate that is no trunk's there: " + utf8_only(std::string(shown.front())));
}

void Agent::tls_noted(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.starts_with(kSubject)) {
    tls_subject_ = utf8_only(std::string(line.substr(kSubject.size())));
  } else if (line.starts_with(kError)) {
    const auto colon = line.find(':');
    tls_reason_ = std::string(line.substr(colon == std::string_view::npos ? kError.size() : colon + 1));
  } else if (line.find(kFailed) != std::string_view::npos) {
    const auto reason = std::exchange(tls_reason_, {}), subject = std::exchange(tls_subject_, {});
    tls_refused(reason.empty() ? "no certificate was shown, or no TLS of today" : reason + " (" + subject + ")");
  }
}

void Agent::tls_refused(const std::string& why) {
  const auto now = std::chrono::steady_clock::now();
  const auto text = why.substr(0, kWhyMax_bytes);
  bool tell = false;
  {
    const std::lock_guard lock(tls_mutex_);
    ++tls_refused_;
    tls_why_ = text;
    tell = now - tls_told_ >= kTellEvery;
    if (tell) tls_told_ = now;
  }
  if (tell && config_.tell_of_tls) config_.tell_of_tls(text);
}

std::pair<std::int64_t, std::string> Agent::tls_refusals() const {
  const std::lock_guard lock(tls_mutex_);
  return {tls_refused_, tls_why_};
}

}  // namespace sigap::sip
