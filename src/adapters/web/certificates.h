// The certificate that browsers are shown, and its successor: the files are looked at while the server runs, and what
// is good takes over for who connects from then on. Whoever is connected stays so, by the old one.
// Invariants: what is shown is replaced only by what is good; a successor that is not is told once, and the old
// one goes on; files that change at this moment are left alone until they are at rest, for nobody writes two at once.
// look() and current() on the io thread, health() on any.
#pragma once
#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/time.h"
#include "ports/web.h"
#include "tls/identity.h"

namespace boost::asio::ssl {
class context;
}

namespace sigap::web {

/// What somebody has to know of it; `wrong`: and do something about.
using TellOfCertificate = std::function<void(bool wrong, const std::string& what)>;

class Certificates {
 public:
  Certificates(tls::IdentityFiles files, std::vector<std::string> names, TellOfCertificate tell);

  /// The first one. One that browsers will not like is shown all the same, and told: telephones must not wait for it.
  /// Refusals of read_identity, for what cannot be shown at all.
  Result<bool> open(Instant now);
  void look(Instant now);
  const std::shared_ptr<boost::asio::ssl::context>& current() const { return current_; }
  void shook_hands(bool well) { ++(well ? handshakes_ : failed_); }
  ports::CertificateHealth health() const;

  static constexpr Duration kWarnedBefore = hours(24 * 14);  ///< a person needs days to get another; own
  /// Read anew after it, changed or not: so the key of the tickets that browsers keep changes, too; and whoever must
  /// renew it hears of it each day.
  static constexpr Duration kReadEvery = hours(24);

 private:
  struct Seen {
    std::filesystem::file_time_type changed;
    std::uintmax_t size = 0;
    bool operator==(const Seen&) const = default;
  };
  using Both = std::array<Seen, 2>;
  Both see() const;
  void take(tls::Identity identity, Instant now);
  void warn(Instant now) const;

  tls::IdentityFiles files_;
  std::vector<std::string> names_;
  TellOfCertificate tell_;
  std::shared_ptr<boost::asio::ssl::context> current_;
  std::string fingerprint_;
  Both read_, seen_;  ///< as they were when they were last read, and looked at
  Instant read_at_;
  std::atomic<std::int64_t> handshakes_ = 0, failed_ = 0;
  mutable std::mutex mutex_;  ///< over what health() tells
  Instant until_;
  std::string refused_;
};

}  // namespace sigap::web
