// Passwords that a guesser has a list of: words of a dictionary by cracklib, and those of breaches by a file in the
// form of the Have I Been Pwned download "ordered by hash": a line is the SHA-1 in 40 capital hex digits, a colon, how
// often; lines in the order of their hashes. Sources: OWASP ASVS 4.0 2.1.7; haveibeenpwned.com/API/v3 (Pwned
// Passwords). Invariants: a file is read, never mapped: one that is cut short under us must not end the process; it is
// searched by bisection (30 lines of 900 million); no password and no hash of one leaves this place.
#pragma once
#include <filesystem>
#include <mutex>

#include "ports/vault.h"

namespace sigap::vault {

class BreachedFile {
 public:
  /// Refusals "io"; "invalid" with line and reason. A file of at most kWhole_bytes is read whole; of a larger one,
  /// which would hold up a start, as many lines as kSamples, at even distances.
  static Result<BreachedFile> open(const std::filesystem::path& file);
  ~BreachedFile();
  BreachedFile(BreachedFile&& other) noexcept;
  BreachedFile& operator=(BreachedFile&&) = delete;

  bool holds(std::string_view password) const;

  static constexpr std::int64_t kWhole_bytes = std::int64_t{256} << 20;  // half a second to read; own
  static constexpr int kSamples = 1'000;                                 // own

 private:
  struct Line {
    std::string hash;
    std::int64_t begin = 0, end = 0;  ///< bytes of the file; the end is after the line feed
    std::string wrong;                ///< what is wrong with its form, or nothing
  };
  BreachedFile(int file, std::int64_t size) : file_(file), size_(size) {}
  /// The line that holds this byte.
  Line line_at(std::int64_t byte) const;
  Result<bool> check_whole(const std::string& name) const;
  Result<bool> check_samples(const std::string& name) const;

  int file_;
  std::int64_t size_;
};

class KnownPasswordsListed final : public ports::KnownPasswords {
 public:
  /// `words`: a dictionary of cracklib, without its endings. `breached`: empty: there is none.
  explicit KnownPasswordsListed(std::optional<BreachedFile> breached,
                                std::filesystem::path words = "/var/cache/cracklib/cracklib_dict");

  std::optional<Refusal> objection(std::string_view password, const std::string& login) override;
  /// Whether the dictionary was there.
  bool has_words() const { return has_words_; }

 private:
  std::optional<BreachedFile> breached_;
  std::filesystem::path words_;
  bool has_words_;
  std::mutex cracklib_;  ///< which keeps what it found in static memory
};

}  // namespace sigap::vault
