#include "tls/issue.h"

#include <openssl/bn.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "tls/pem.h"

namespace sigap::tls {
namespace {

constexpr int kSerial_bits = 127;  // positive, and nobody guesses it (Baseline Requirements 7.1: at least 64)
constexpr long kVersion3 = 2;      // as it is written

PrivateKey fresh_key(int rsa_bits) {
  return PrivateKey(rsa_bits > 0 ? EVP_RSA_gen(static_cast<unsigned>(rsa_bits)) : EVP_EC_gen("P-256"));
}

/// "192.0.2.1", "fd00::1", "10.0.0.0/255.0.0.0": an address; all else is a host's name.
bool is_address(const std::string& name) {
  return name.find(':') != std::string::npos || name.find_first_not_of("0123456789./") == std::string::npos;
}

std::string list_of(const std::vector<std::string>& names, const char* before) {
  std::string list;
  for (const auto& name : names)
    list += (list.empty() ? "" : ",") + std::string(before) + (is_address(name) ? "IP:" : "DNS:") + name;
  return list;
}

bool extend(X509& certificate, X509* by, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, by, &certificate, nullptr, nullptr, 0);
  auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  const bool added = extension && X509_add_ext(&certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return added;
}

bool set_serial(X509& certificate) {
  const std::unique_ptr<BIGNUM, Free<BN_free>> number(BN_new());
  return BN_rand(number.get(), kSerial_bits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate));
}

bool set_time(ASN1_TIME* time, Instant at) {
  return ASN1_TIME_set(time, at.ms / 1000) != nullptr;
}

bool fill(X509& one, const Wanted& wanted, EVP_PKEY* key, X509* by) {
  auto* name = X509_get_subject_name(&one);
  bool good = X509_set_version(&one, kVersion3) == 1 && set_serial(one) &&
              set_time(X509_getm_notBefore(&one), wanted.from) && set_time(X509_getm_notAfter(&one), wanted.until) &&
              X509_set_pubkey(&one, key) == 1 &&
              X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                         reinterpret_cast<const unsigned char*>(wanted.common_name.data()),
                                         static_cast<int>(wanted.common_name.size()), -1, 0) == 1 &&
              X509_set_issuer_name(&one, X509_get_subject_name(by)) == 1;
  good = good && extend(one, by, NID_subject_key_identifier, "hash") &&
         extend(one, by, NID_authority_key_identifier, "keyid:always");
  if (wanted.authority) {
    good = good && extend(one, by, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
           extend(one, by, NID_key_usage, "critical,keyCertSign,cRLSign");
    if (!wanted.names.empty())
      good = good && extend(one, by, NID_name_constraints, "critical," + list_of(wanted.names, "permitted;"));
    return good;
  }
  return good && extend(one, by, NID_basic_constraints, "critical,CA:FALSE") &&
         extend(one, by, NID_key_usage, "critical,digitalSignature") &&
         extend(one, by, NID_ext_key_usage, wanted.purpose) &&
         extend(one, by, NID_subject_alt_name, list_of(wanted.names, ""));
}

}  // namespace

Result<Issued> issue(const Wanted& wanted, const Issued* by) {
  const auto key = fresh_key(wanted.rsa_bits);
  const Certificate one(X509_new());
  const auto signers = by ? read_certificates(by->certificate) : std::vector<Certificate>();
  const auto signing_key = by ? read_key(by->key) : nullptr;
  if (by && (signers.empty() || !signing_key)) return refuse("tls", "who is to sign is no authority");
  auto* digest = EVP_get_digestbyname(wanted.digest.c_str());
  const bool made = key && one && digest && fill(*one, wanted, key.get(), by ? signers.front().get() : one.get()) &&
                    X509_sign(one.get(), by ? signing_key.get() : key.get(), digest) > 0;
  if (!made) return refuse("tls", "no certificate for " + wanted.common_name + ": " + last_complaint());
  return Issued{written(*one), written(*key)};
}

}  // namespace sigap::tls
