// An authority of this machine alone, and its certificate for this machine's names and addresses: so that telephones
// and desks of a room may open microphones without anybody's help.
// Invariants: what a telephone trusted once stays: the authority is made anew only when it expires or may not sign for
// an address that the machine has now. It may sign for private addresses and this machine's own names and addresses,
// for nothing else, so a stolen key opens no other site. Keys are private files (0600).
// Sources: RFC 1918, RFC 4193, RFC 6598 (private addresses), RFC 6762 (.local); Apple: at most 825 days for a
// certificate of a server whose authority a person trusted.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "tls/identity.h"

namespace sigap::tls {

struct LocalCertificate {
  IdentityFiles files;
  std::filesystem::path authority;  ///< the certificate that a telephone has to trust
  std::string fingerprint;          ///< of it
  bool authority_is_new = false;
};

/// Made where there is none that fits. Refusals: "io", "tls".
Result<LocalCertificate> local_certificate(const std::filesystem::path& folder, const std::string& machine,
                                           const std::vector<std::string>& addresses, Instant now);

}  // namespace sigap::tls
