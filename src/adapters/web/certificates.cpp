#include "adapters/web/certificates.h"

#include <boost/asio/ssl/context.hpp>

#include "base/rfc3339.h"

namespace sigap::web {

Certificates::Certificates(tls::IdentityFiles files, std::vector<std::string> names, TellOfCertificate tell)
    : files_(std::move(files)), names_(std::move(names)), tell_(std::move(tell)) {
  if (!tell_) tell_ = [](bool, const std::string&) {};
}

Certificates::Both Certificates::see() const {
  Both both;
  std::error_code ignored;  // what is gone has changed, and is told when it is read
  const std::array<const std::filesystem::path*, 2> files = {&files_.certificate, &files_.key};
  for (std::size_t i = 0; i < files.size(); ++i)
    both[i] = {std::filesystem::last_write_time(*files[i], ignored), std::filesystem::file_size(*files[i], ignored)};
  return both;
}

Result<bool> Certificates::open(Instant now) {
  read_ = seen_ = see();
  read_at_ = now;
  auto identity = tls::read_identity(files_, names_, now, tls::Demand::usable);
  if (!identity) return tl::unexpected(identity.error());
  take(std::move(*identity), now);
  return true;
}

void Certificates::look(Instant now) {
  const auto before = std::exchange(seen_, see());
  const bool changed = seen_ != read_ && seen_ == before;
  if (!changed && now - read_at_ < kReadEvery) return;
  read_ = seen_;
  read_at_ = now;
  auto identity = tls::read_identity(files_, names_, now);
  if (identity) return take(std::move(*identity), now);
  {
    const std::lock_guard lock(mutex_);
    refused_ = identity.error().message;
  }
  tell_(true, "the certificate on disk is not used, the one of before goes on: " + identity.error().message);
  warn(now);
}

void Certificates::take(tls::Identity identity, Instant now) {
  // The library counts itself in: what it is given it frees.
  SSL_CTX_up_ref(identity.context.get());
  current_ = std::make_shared<boost::asio::ssl::context>(identity.context.get());
  {
    const std::lock_guard lock(mutex_);
    until_ = identity.until;
    refused_ = identity.flaw;
  }
  if (!identity.flaw.empty()) tell_(true, "browsers will refuse what they are shown: " + identity.flaw);
  if (std::exchange(fingerprint_, identity.fingerprint) != identity.fingerprint)
    tell_(false,
          "browsers are shown certificate " + fingerprint_ + " (SHA-256), good until " + write_rfc3339(identity.until));
  warn(now);
}

void Certificates::warn(Instant now) const {
  const auto left = until_ - now;
  if (left < Duration{})
    tell_(true, "the certificate has expired at " + write_rfc3339(until_) + ": browsers refuse it");
  else if (left < kWarnedBefore)
    tell_(true, "the certificate expires at " + write_rfc3339(until_) + ": in " +
                    std::to_string(left.ms / hours(24).ms) + " days browsers refuse it");
}

ports::CertificateHealth Certificates::health() const {
  const std::lock_guard lock(mutex_);
  return {until_, refused_, handshakes_, failed_};
}

}  // namespace sigap::web
