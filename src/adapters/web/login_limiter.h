// How long somebody who tries passwords must wait: a delay that doubles with each failure, per address and per login.
// Invariants: an attempt is counted as failed when it begins and forgiven when it was not, so that attempts sent at
// once gain nothing; a stranger's failures never delay a login at an address from which it has signed in before, not
// even when the stranger has the same address (a station, a proxy or a carrier's NAT is one address), or anybody could
// keep an operator out; tables are bounded; logins are kept as hashes. Sources: OWASP ASVS 4.0 2.2.1, OWASP "device
// cookies"; NIST SP 800-63B 5.2.2.
#pragma once
#include <string>

#include "adapters/web/recent.h"
#include "base/time.h"

namespace sigap::web {

struct LoginLimits {
  int free_by_login = 5;     ///< failures without a delay
  int free_by_address = 20;  ///< a station's people share one address
  Duration first = seconds(1);
  Duration most_by_login = minutes(1);
  Duration most_by_address = minutes(15);
  Duration forgotten_after = hours(1);  ///< without a failure
  std::size_t entries = 10'000;         ///< of each table of failures
  std::size_t known = 40'000;           ///< logins and addresses: 10,000 people at four places each
};

class LoginLimiter {
 public:
  explicit LoginLimiter(LoginLimits limits = {});

  /// Zero: try, and tell how it went. Else how long to wait, and nothing was counted.
  Duration begin(const std::string& address, const std::string& login, Instant now);
  /// The password was right.
  void succeeded(const std::string& address, const std::string& login);
  /// This login has signed in at this address before.
  bool knows(const std::string& address, const std::string& login);
  /// Somebody has signed in at this address before.
  bool knows(const std::string& address) { return known_addresses_.find(address) != nullptr; }
  /// Of an earlier process: this login has signed in at this address.
  void remember(const std::string& address, const std::string& login);
  /// It was not looked at.
  void not_tried(const std::string& address, const std::string& login);

 private:
  struct Failures {
    int count = 0;
    Instant last;
  };
  using Table = Recent<Failures>;

  Duration wait(Table& table, const std::string& key, int free, Duration most, Instant now) const;
  void count(Table& table, const std::string& key, Instant now) const;
  static void forgive(Table& table, const std::string& key);
  /// The entry that counts for this login at this address: its own when it has signed in there, else all strangers'.
  std::string login_key(const std::string& address, const std::string& login);

  LoginLimits limits_;
  Table by_address_;
  Table by_login_;
  Recent<bool> known_;
  Recent<bool> known_addresses_;
};

}  // namespace sigap::web
