#include "tls/pem.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>

namespace sigap::tls {
namespace {

constexpr std::size_t kFileMax_bytes = std::size_t{256} << 10;  // a chain has some 10 kB; own

using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;

Bio over(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// A server has nobody who could type one.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

template <class Write>
std::string text_of(Write write) {
  const Bio out(BIO_new(BIO_s_secmem()));
  write(out.get());
  char* data = nullptr;
  const auto size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

std::vector<Certificate> read_certificates(const std::string& pem) {
  std::vector<Certificate> all;
  const auto bio = over(pem);
  while (auto* one = PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr)) all.emplace_back(one);
  ERR_clear_error();  // the end is told as an error
  return all;
}

PrivateKey read_key(const std::string& pem) {
  PrivateKey key(PEM_read_bio_PrivateKey(over(pem).get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  return key;
}

std::string written(X509& certificate) {
  return text_of([&](BIO* out) { PEM_write_bio_X509(out, &certificate); });
}

std::string written(EVP_PKEY& key) {
  return text_of([&](BIO* out) { PEM_write_bio_PKCS8PrivateKey(out, &key, nullptr, nullptr, 0, nullptr, nullptr); });
}

Result<std::string> read_file(const std::filesystem::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::string text(kFileMax_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad()) return refuse("io", "cannot read " + file.string() + ": " + std::strerror(errno));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kFileMax_bytes) return refuse("io", "cannot read " + file.string() + ": longer than any chain");
  return text;
}

void wipe(std::string& text) {
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

Instant time_of(const ASN1_TIME& time) {
  std::tm parts{};
  ASN1_TIME_to_tm(&time, &parts);
  return {static_cast<std::int64_t>(::timegm(&parts)) * 1000};
}

std::string fingerprint(X509& certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  X509_digest(&certificate, EVP_sha256(), digest.data(), &size);
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    if (i > 0) text += ':';
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

std::string last_complaint() {
  const auto code = ERR_peek_last_error();
  const char* reason = code ? ERR_reason_error_string(code) : nullptr;
  std::string text = reason ? reason : "no reason given";
  ERR_clear_error();
  return text;
}

}  // namespace sigap::tls
