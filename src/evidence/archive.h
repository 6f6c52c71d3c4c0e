// An archive of evidence: one folder with all that is kept of a call, and what proves it. docs/formats/evidence.md.
// Invariants: SHA256SUMS names every other file and is signed, so `sha256sum -c` and `openssl pkeyutl -verify` check
// the archive without any program of ours; nothing in it is believed before it is checked.
// Source: Ed25519 (RFC 8032), its public key as PEM (RFC 8410).
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "keys/key.h"

namespace sigap::evidence {

inline constexpr const char* kStatement = "evidence.json";
inline constexpr const char* kLines = "lines.jsonl";         ///< of the journal, as they stand
inline constexpr const char* kOpened = "opened.jsonl";       ///< the same with what they say
inline constexpr const char* kTimeline = "timeline.txt";     ///< the same for people
inline constexpr const char* kKeys = "keys.json";            ///< that open these lines, sounds and pictures, no others
inline constexpr const char* kPublicKey = "public.pem";      ///< of who signed; believed when its fingerprint is known
inline constexpr const char* kSums = "SHA256SUMS";           ///< of all files but itself and its signature
inline constexpr const char* kSignature = "SHA256SUMS.sig";  ///< 64 bytes
inline constexpr std::int64_t kFormat = 1;
/// Of a file that is read whole: four hours of stereo are 460 MB. Own.
inline constexpr std::uintmax_t kFileMax_bytes = std::uintmax_t{1} << 30;

/// What the installation says with its signature.
struct Statement {
  std::int64_t format = kFormat;
  std::string cell;
  CallId call;
  Instant made;
  std::string by;      ///< who ran the command
  std::string reason;  ///< as given
  std::string version;
  std::int64_t lines = 0;
  std::int64_t head = 0;  ///< position of the journal's newest line then
  std::string head_hash;
};
std::string write_statement(const Statement& statement);
/// Refusals: "invalid", "format" (of a newer program).
Result<Statement> read_statement(const std::string& text);

/// A line of kLines.
struct Line {
  std::int64_t position = 0;
  std::string before;  ///< the hash of the line before it
  std::string body;
  std::string hash() const;
};
std::string write_line(const Line& line);
/// Refusal "invalid" names the line, from 1.
Result<std::vector<Line>> read_lines(const std::string& text);

using Subjects = std::map<std::string, keys::Key, std::less<>>;
std::string write_keys(const Subjects& subjects);
Result<Subjects> read_keys(const std::string& text);

std::string recording_name(RecordingId recording, const char* ending);
std::string photograph_name(const std::string& sha256, const char* ending);

/// A key pair for signing, made of its seed.
class Signer {
 public:
  explicit Signer(const keys::Key& seed);
  std::string sign(const std::string& text) const;
  const std::string& public_key() const { return public_key_; }  ///< 32 bytes

 private:
  keys::LockedBytes<64> secret_;
  std::string public_key_;
};
bool is_signed(const std::string& text, const std::string& signature, const std::string& public_key);
std::string pem_of(const std::string& public_key);
/// Of PEM, or of 64 hexadecimal digits. Refusal "invalid".
Result<std::string> public_key_of(const std::string& text);
/// SHA-256 of the 32 bytes in groups of four digits, to be read aloud.
std::string fingerprint_of(const std::string& public_key);
/// Whether 32 bytes that somebody was told elsewhere are this key, or its fingerprint.
bool names(const std::string& told, const std::string& public_key);

/// Refusals: "gone", "io", "too_large".
Result<std::string> read_file(const std::filesystem::path& file);
/// Durable, readable by this user alone. Refusal "io".
Result<bool> write_file(const std::filesystem::path& file, const std::string& text);

}  // namespace sigap::evidence
