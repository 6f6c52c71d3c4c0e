#include "tls/identity.h"

#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/rfc3339.h"
#include "tls/pem.h"

namespace sigap::tls {
namespace {

constexpr int kStrengthLeast_bits = 112;  // RSA of 2048 bits, SHA-256; SHA-1 has 80 at most (NIST SP 800-57, table 2)
constexpr int kSecurityLevel = 2;         // the same for what the other side brings
// TLS 1.2; those of 1.3 are OpenSSL's. AEAD and forward secrecy only (RFC 9325 4.2).
constexpr auto kSuites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr std::string_view kHttp = "http/1.1";
constexpr std::string_view kTicketsOf = "sigap";

struct Reading {
  const IdentityFiles& files;
  Instant now;
  Demand demand;
  std::string flaw = {};  ///< the first that was let pass

  /// Whether it is let pass.
  bool passes(const tl::unexpected<Refusal>& fault) {
    if (demand == Demand::good) return false;
    if (flaw.empty()) flaw = fault.value().message;
    return true;
  }

  tl::unexpected<Refusal> bad_chain(const std::string& why) const {
    return refuse("invalid", "certificate " + files.certificate.string() + ": " + why, "certificate");
  }
  tl::unexpected<Refusal> bad_key(const std::string& why) const {
    return refuse("invalid", "key " + files.key.string() + ": " + why, "key");
  }

  /// Nothing when its time has come and is not over.
  std::string untimely(X509& one) const {
    const auto from = time_of(*X509_get0_notBefore(&one)), until = time_of(*X509_get0_notAfter(&one));
    if (now < from) return "is not valid before " + write_rfc3339(from);
    if (until <= now) return "expired at " + write_rfc3339(until);
    return {};
  }

  /// Nothing when it is strong.
  static std::string weakness_of(X509& one) {
    auto* key = X509_get0_pubkey(&one);
    if (!key || EVP_PKEY_get_security_bits(key) < kStrengthLeast_bits)
      return "is too weak: its key has " + std::to_string(key ? EVP_PKEY_get_bits(key) : 0) +
             " bits (RSA needs 2048, elliptic curves 224)";
    int digest = 0, strength = 0;
    std::uint32_t flags = 0;
    const bool by_itself = X509_get_extension_flags(&one) & EXFLAG_SS;  // a root is trusted for what it is
    if (!by_itself &&
        (!X509_get_signature_info(&one, &digest, nullptr, &strength, &flags) || strength < kStrengthLeast_bits))
      return std::string("is too weak: signed with ") + (digest ? OBJ_nid2sn(digest) : "an unknown digest");
    return {};
  }

  Result<std::vector<Certificate>> chain(const std::vector<std::string>& names) {
    auto text = read_file(files.certificate);
    if (!text) return refuse("io", text.error().message, "certificate");
    auto all = read_certificates(*text);
    if (all.empty()) return bad_chain("holds no certificate (PEM)");
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto which = i == 0 ? std::string() : "the " + std::to_string(i + 1) + ". of the chain ";
      if (const auto fault = untimely(*all[i]); !fault.empty())
        if (auto bad = bad_chain(which + fault); !passes(bad)) return bad;
      if (const auto fault = weakness_of(*all[i]); !fault.empty()) return bad_chain(which + fault);
      if (i > 0 && X509_check_issued(all[i].get(), all[i - 1].get()) != X509_V_OK)
        return bad_chain(which + "did not sign the one before it");
    }
    if (X509_check_purpose(all.front().get(), X509_PURPOSE_SSL_SERVER, 0) != 1)
      if (auto bad = bad_chain("is not one of a server (key usage)"); !passes(bad)) return bad;
    for (const auto& name : names) {
      const bool good = X509_check_ip_asc(all.front().get(), name.c_str(), 0) == 1 ||
                        X509_check_host(all.front().get(), name.data(), name.size(),
                                        X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
      if (good) continue;
      if (auto bad = bad_chain("is not for " + name); !passes(bad)) return bad;
    }
    return all;
  }

  Result<PrivateKey> key() {
    namespace fs = std::filesystem;
    std::error_code error;
    const auto mode = fs::status(files.key, error).permissions();
    if (!error && (mode & fs::perms::others_all) != fs::perms::none)
      if (auto bad = bad_key("everybody on this machine may open it (chmod o-rwx)"); !passes(bad)) return bad;
    auto text = read_file(files.key);
    if (!text) return refuse("io", text.error().message, "key");
    auto key = read_key(*text);
    wipe(*text);
    if (!key) return bad_key("is no private key (PEM without a passphrase)");
    return key;
  }
};

/// RFC 7301 3.2: who speaks only other protocols is told so.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned offered_size, void*) {
  for (unsigned at = 0; at < offered_size; at += 1U + offered[at]) {
    const std::string_view one(reinterpret_cast<const char*>(offered + at + 1), offered[at]);
    if (one != kHttp) continue;
    *chosen = offered + at + 1;
    *size = offered[at];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::shared_ptr<SSL_CTX> server_context() {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  auto* c = context.get();
  SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION);
  SSL_CTX_set_security_level(c, kSecurityLevel);
  SSL_CTX_set_cipher_list(c, kSuites);
  SSL_CTX_set_options(
      c, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_PRIORITIZE_CHACHA | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // Tickets are sealed with a key of this context and kept by the browser: nothing of a visitor is kept here.
  SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_session_id_context(c, reinterpret_cast<const unsigned char*>(kTicketsOf.data()), kTicketsOf.size());
  SSL_CTX_set_alpn_select_cb(c, choose_protocol, nullptr);
  SSL_CTX_set_mode(c, SSL_MODE_RELEASE_BUFFERS);  // a desk that is silent holds no buffers
  return context;
}

}  // namespace

Result<Identity> read_identity(const IdentityFiles& files, const std::vector<std::string>& names, Instant now,
                               Demand demand) {
  Reading reading{files, now, demand};
  const auto chain = reading.chain(names);
  if (!chain) return tl::unexpected(chain.error());
  const auto key = reading.key();
  if (!key) return tl::unexpected(key.error());
  auto& ours = *chain->front();
  if (X509_check_private_key(&ours, key->get()) != 1) {
    (void)last_complaint();
    return reading.bad_key("does not belong to " + files.certificate.string());
  }
  Identity identity{server_context(), time_of(*X509_get0_notAfter(&ours)), fingerprint(ours), reading.flaw};
  auto* context = identity.context.get();
  bool taken = SSL_CTX_use_certificate(context, &ours) == 1 && SSL_CTX_use_PrivateKey(context, key->get()) == 1;
  for (std::size_t i = 1; i < chain->size(); ++i) {
    auto& one = *(*chain)[i];
    identity.until = std::min(identity.until, time_of(*X509_get0_notAfter(&one)));
    taken = taken && SSL_CTX_add1_chain_cert(context, &one) == 1;
  }
  if (!taken) return reading.bad_chain(last_complaint());
  return identity;
}

}  // namespace sigap::tls
