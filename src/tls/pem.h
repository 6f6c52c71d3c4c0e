// OpenSSL's objects as values, and the PEM files that people keep them in.
// Invariants: what is held here is freed once; a key's text is wiped before its memory is given back; nothing here asks
// for a passphrase. Sources: RFC 7468 (PEM), RFC 5280 (certificates), OpenSSL 3.0.
#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace sigap::tls {

template <auto kFree>
struct Free {
  template <class T>
  void operator()(T* it) const {
    kFree(it);
  }
};
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

/// All certificates of a PEM text, in their order; empty when there is none.
std::vector<Certificate> read_certificates(const std::string& pem);
/// Null when it is none, or encrypted.
PrivateKey read_key(const std::string& pem);

std::string written(X509& certificate);
std::string written(EVP_PKEY& key);

/// Refusal "io" with the file's name and the reason. What is longer than any chain is refused.
Result<std::string> read_file(const std::filesystem::path& file);
void wipe(std::string& text);

Instant time_of(const ASN1_TIME& time);
/// SHA-256 of the certificate as people compare it: "A1:B2:...".
std::string fingerprint(X509& certificate);
/// What OpenSSL last complained of, and nothing of it left behind.
std::string last_complaint();

}  // namespace sigap::tls
