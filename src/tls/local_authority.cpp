#include "tls/local_authority.h"

#include <fcntl.h>
#include <openssl/x509_vfy.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tls/issue.h"
#include "tls/pem.h"

namespace sigap::tls {
namespace {

namespace fs = std::filesystem;

constexpr Duration kAuthorityLasts = hours(24 * 3650);
constexpr Duration kCertificateLasts = hours(24 * 397);  // Baseline Requirements 6.3.2: 398 days
constexpr Duration kRenewedBefore = hours(24 * 30);
constexpr Duration kClocksDiffer = hours(24);  // a telephone's clock may be behind ours

Result<bool> keep(const fs::path& file, const std::string& text, mode_t mode) {
  const auto fresh = file.string() + ".new";  // whoever reads sees the old one or the new one, whole
  ::unlink(fresh.c_str());
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
  const bool kept = fd >= 0 && ::fchmod(fd, mode) == 0 &&
                    ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  const int why = errno;
  if (fd >= 0) ::close(fd);
  if (!kept || ::rename(fresh.c_str(), file.c_str()) != 0)
    return refuse("io", "cannot write " + file.string() + ": " + std::strerror(kept ? errno : why));
  return true;
}

/// What stands in the two files; empty texts where there is none.
Issued kept_pair(const fs::path& certificate, const fs::path& key) {
  return {read_file(certificate).value_or(""), read_file(key).value_or("")};
}

/// Whether who trusts `authority` believes `certificate`, at `then`.
bool believed(const Issued& certificate, const Issued& authority, Instant then) {
  const auto chain = read_certificates(certificate.certificate), roots = read_certificates(authority.certificate);
  if (chain.empty() || roots.empty()) return false;
  const std::unique_ptr<X509_STORE, Free<X509_STORE_free>> store(X509_STORE_new());
  const std::unique_ptr<X509_STORE_CTX, Free<X509_STORE_CTX_free>> context(X509_STORE_CTX_new());
  X509_STORE_add_cert(store.get(), roots.front().get());
  X509_STORE_CTX_init(context.get(), store.get(), chain.front().get(), nullptr);
  X509_STORE_CTX_set_time(context.get(), 0, then.ms / 1000);
  const bool good = X509_verify_cert(context.get()) == 1;
  (void)last_complaint();
  return good;
}

std::vector<std::string> names_of(const std::string& machine, const std::vector<std::string>& addresses) {
  std::vector<std::string> names = {machine, "localhost", "127.0.0.1", "::1"};
  if (machine.find('.') == std::string::npos) names.insert(names.begin() + 1, machine + ".local");
  names.insert(names.end(), addresses.begin(), addresses.end());
  return names;
}

std::string block(const std::string& address) {
  return address +
         (address.find(':') == std::string::npos ? "/255.255.255.255" : "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}

Result<Issued> new_authority(const std::string& machine, const std::vector<std::string>& addresses, Instant now) {
  Wanted wanted;
  wanted.common_name = "Sigap " + machine;
  wanted.names = {machine,
                  "local",
                  "localhost",
                  "10.0.0.0/255.0.0.0",
                  "172.16.0.0/255.240.0.0",
                  "192.168.0.0/255.255.0.0",
                  "100.64.0.0/255.192.0.0",
                  "127.0.0.0/255.0.0.0",
                  "fc00::/fe00::",
                  block("::1")};
  for (const auto& address : addresses) wanted.names.push_back(block(address));
  wanted.from = now - kClocksDiffer;
  wanted.until = now + kAuthorityLasts;
  wanted.authority = true;
  return issue(wanted);
}

Result<Issued> new_certificate(const std::string& machine, const std::vector<std::string>& addresses,
                               const Issued& authority, Instant now) {
  Wanted wanted;
  wanted.common_name = machine;
  wanted.names = names_of(machine, addresses);
  wanted.from = now - kClocksDiffer;
  wanted.until = now + kCertificateLasts;
  return issue(wanted, &authority);
}

}  // namespace

Result<LocalCertificate> local_certificate(const fs::path& folder, const std::string& machine,
                                           const std::vector<std::string>& addresses, Instant now) {
  std::error_code error;
  fs::create_directories(folder, error);
  fs::permissions(folder, fs::perms::owner_all, error);
  if (error) return refuse("io", "cannot make " + folder.string() + ": " + error.message());
  LocalCertificate out{{folder / "server.crt", folder / "server.key"}, folder / "ca.crt", "", false};
  const auto authority_key = folder / "ca.key";

  auto authority = kept_pair(out.authority, authority_key);
  const auto soon = now + kRenewedBefore;
  auto ours = kept_pair(out.files.certificate, out.files.key);
  const bool fits = believed(ours, authority, soon) && read_identity(out.files, names_of(machine, addresses), now);
  if (!fits) {
    auto made = new_certificate(machine, addresses, authority, now);
    if (!made || !believed(*made, authority, soon)) {
      auto fresh = new_authority(machine, addresses, now);
      if (!fresh) return tl::unexpected(fresh.error());
      authority = std::move(*fresh);
      out.authority_is_new = true;
      made = new_certificate(machine, addresses, authority, now);
      if (!made) return tl::unexpected(made.error());
      if (!believed(*made, authority, soon)) return refuse("tls", "no authority can sign for " + machine);
      if (auto kept = keep(authority_key, authority.key, 0600); !kept) return tl::unexpected(kept.error());
      if (auto kept = keep(out.authority, authority.certificate, 0644); !kept) return tl::unexpected(kept.error());
    }
    if (auto kept = keep(out.files.key, made->key, 0600); !kept) return tl::unexpected(kept.error());
    if (auto kept = keep(out.files.certificate, made->certificate, 0644); !kept) return tl::unexpected(kept.error());
    wipe(made->key);
  }
  out.fingerprint = fingerprint(*read_certificates(authority.certificate).front());
  wipe(authority.key);
  wipe(ours.key);
  return out;
}

}  // namespace sigap::tls
