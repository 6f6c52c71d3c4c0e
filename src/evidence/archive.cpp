#include "evidence/archive.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <fstream>

#include "base/hash.h"
#include "base/rfc3339.h"
#include "ports/journal_chain.h"

namespace sigap::evidence {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

/// SubjectPublicKeyInfo of an Ed25519 key before its 32 bytes (RFC 8410 section 4).
constexpr unsigned char kSpki[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
constexpr std::string_view kPemBegin = "-----BEGIN PUBLIC KEY-----\n", kPemEnd = "\n-----END PUBLIC KEY-----\n";
constexpr std::size_t kPublic_bytes = crypto_sign_PUBLICKEYBYTES;

const unsigned char* bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Result<json::object> object_of(const std::string& text, const char* file) {
  boost::system::error_code wrong;
  auto value = json::parse(text, wrong);
  if (wrong || !value.is_object()) return refuse("invalid", std::string(file) + ": no JSON object", file);
  return std::move(value.as_object());
}

std::string text_of(const json::object& o, std::string_view name) {
  const auto* value = o.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}
std::int64_t number_of(const json::object& o, std::string_view name) {
  const auto* value = o.if_contains(name);
  return value && value->is_int64() ? value->as_int64() : 0;
}

std::string hex(const unsigned char* data, std::size_t size) {
  std::string text(2 * size + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), data, size);
  text.pop_back();
  return text;
}

}  // namespace

std::string write_statement(const Statement& s) {
  return json::serialize(json::object{{"format", s.format},
                                      {"cell", s.cell},
                                      {"call", s.call.value},
                                      {"made", write_rfc3339(s.made)},
                                      {"by", s.by},
                                      {"reason", s.reason},
                                      {"version", s.version},
                                      {"lines", s.lines},
                                      {"head", s.head},
                                      {"head_hash", s.head_hash}}) +
         "\n";
}

Result<Statement> read_statement(const std::string& text) {
  const auto o = object_of(text, kStatement);
  if (!o) return tl::unexpected(o.error());
  Statement s;
  s.format = number_of(*o, "format");
  if (s.format > kFormat) return refuse("format", "the archive is of a newer program", kStatement);
  const auto made = read_rfc3339(text_of(*o, "made"));
  s.call = {number_of(*o, "call")};
  if (s.format < 1 || !made || s.call.value < 1) return refuse("invalid", "evidence.json: no statement", kStatement);
  s.made = *made;
  s.cell = text_of(*o, "cell");
  s.by = text_of(*o, "by");
  s.reason = text_of(*o, "reason");
  s.version = text_of(*o, "version");
  s.lines = number_of(*o, "lines");
  s.head = number_of(*o, "head");
  s.head_hash = text_of(*o, "head_hash");
  return s;
}

std::string Line::hash() const {
  return ports::next_hash(before, body);
}

std::string write_line(const Line& line) {
  return json::serialize(json::object{{"position", line.position}, {"before", line.before}, {"body", line.body}}) +
         "\n";
}

Result<std::vector<Line>> read_lines(const std::string& text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto o = object_of(text.substr(at, end - at), kLines);
    Line line;
    if (o) line = {number_of(*o, "position"), text_of(*o, "before"), text_of(*o, "body")};
    if (line.position < 1 || line.body.empty())
      return refuse("invalid", "lines.jsonl, line " + std::to_string(lines.size() + 1) + ": no line of a journal",
                    kLines);
    lines.push_back(std::move(line));
    at = end + 1;
  }
  return lines;
}

std::string write_keys(const Subjects& subjects) {
  json::object o;
  for (const auto& [subject, key] : subjects) o[subject] = hex(key.data(), keys::Key::size());
  return json::serialize(o) + "\n";
}

Result<Subjects> read_keys(const std::string& text) {
  const auto o = object_of(text, kKeys);
  if (!o) return tl::unexpected(o.error());
  Subjects subjects;
  for (const auto& [subject, value] : *o) {
    keys::Key key;
    std::size_t size = 0;
    const auto digits = value.is_string() ? std::string(value.as_string()) : std::string();
    if (sodium_hex2bin(key.data(), key.size(), digits.data(), digits.size(), nullptr, &size, nullptr) != 0 ||
        size != key.size())
      return refuse("invalid", "keys.json: the key of " + std::string(subject) + " is none", kKeys);
    subjects[subject] = key;
  }
  return subjects;
}

std::string recording_name(RecordingId recording, const char* ending) {
  return "recording-" + std::to_string(recording.value) + ending;
}
std::string photograph_name(const std::string& sha256, const char* ending) {
  return "photograph-" + sha256.substr(0, 16) + ending;
}

Signer::Signer(const keys::Key& seed) : public_key_(kPublic_bytes, '\0') {
  static_assert(keys::LockedBytes<64>::size() == crypto_sign_SECRETKEYBYTES &&
                keys::Key::size() == crypto_sign_SEEDBYTES);
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_key_.data()), secret_.data(), seed.data());
}

std::string Signer::sign(const std::string& text) const {
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, bytes(text), text.size(),
                       secret_.data());
  return signature;
}

bool is_signed(const std::string& text, const std::string& signature, const std::string& public_key) {
  return signature.size() == crypto_sign_BYTES && public_key.size() == kPublic_bytes &&
         crypto_sign_verify_detached(bytes(signature), bytes(text), text.size(), bytes(public_key)) == 0;
}

std::string pem_of(const std::string& public_key) {
  std::string der(reinterpret_cast<const char*>(kSpki), sizeof kSpki);
  der += public_key;
  std::string encoded(sodium_base64_encoded_len(der.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(encoded.data(), encoded.size(), bytes(der), der.size(), sodium_base64_VARIANT_ORIGINAL);
  encoded.pop_back();
  return std::string(kPemBegin) + encoded + std::string(kPemEnd);
}

Result<std::string> public_key_of(const std::string& text) {
  std::string key(sizeof kSpki + kPublic_bytes, '\0');
  std::size_t size = 0;
  auto* out = reinterpret_cast<unsigned char*>(key.data());
  const auto begin = text.find(kPemBegin);
  if (begin != std::string::npos) {
    const auto from = begin + kPemBegin.size();
    const auto encoded = text.substr(from, text.find("-----END", from) - from);
    if (sodium_base642bin(out, key.size(), encoded.data(), encoded.size(), "\r\n ", &size, nullptr,
                          sodium_base64_VARIANT_ORIGINAL) == 0 &&
        size == key.size() && key.starts_with(std::string(reinterpret_cast<const char*>(kSpki), sizeof kSpki)))
      return key.substr(sizeof kSpki);
  } else if (sodium_hex2bin(out, key.size(), text.data(), text.size(), " \r\n:", &size, nullptr) == 0 &&
             size == kPublic_bytes) {
    key.resize(size);
    return key;
  }
  return refuse("invalid", "no public key: PEM of Ed25519, or 64 hexadecimal digits (the key, or its fingerprint)",
                "key");
}

std::string fingerprint_of(const std::string& public_key) {
  const auto digits = sha256_hex(public_key);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); i += 4) text += (i ? " " : "") + digits.substr(i, 4);
  return text;
}

bool names(const std::string& told, const std::string& public_key) {
  return told == public_key || hex(bytes(told), told.size()) == sha256_hex(public_key);
}

Result<std::string> read_file(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error) return refuse("gone", file.filename().string() + " is not there");
  if (size > kFileMax_bytes) return refuse("too_large", file.filename().string() + " is larger than any of ours");
  std::string text(size, '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in.read(text.data(), static_cast<std::streamsize>(size)))
    return refuse("io", file.filename().string() + " cannot be read");
  return text;
}

Result<bool> write_file(const fs::path& file, const std::string& text) {
  const int fd = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  bool good = fd >= 0;
  for (std::size_t at = 0; good && at < text.size();) {
    const auto put = ::write(fd, text.data() + at, text.size() - at);
    good = put > 0;
    if (good) at += static_cast<std::size_t>(put);
  }
  good = good && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!good) return refuse("io", file.string() + " cannot be written");
  return true;
}

}  // namespace sigap::evidence
