// Secrets on libsodium and SQLite.
//   master key  KEYS/master.key, 32 bytes, mode 0600, outside the data folder
//   data keys   DATA/keys.sqlite, one a subject, wrapped by the master key (XChaCha20-Poly1305, AD = subject)
//   callers     DATA/keys.sqlite, keyed BLAKE2b of the number -> a small number; a deleted row cannot be linked again
// A data key, and a caller's number, is durable once flush() returned: the engine flushes before it appends what was
// sealed or names the caller. Format: docs/formats/sealing.md. Not thread-safe: each thread has its own.
#pragma once
#include <filesystem>
#include <map>
#include <memory>

#include "keys/key.h"
#include "ports/journal_seal.h"
#include "ports/replica.h"
#include "ports/vault.h"

struct sqlite3;

namespace sigap::vault {

using keys::Key;

enum class Use {
  owns,  ///< makes keys
  reads  ///< beside the owner, in another thread or process, or where nothing can be written: makes none; a subject
         ///< without a key was forgotten. What the owner forgets stays in this one's memory until let_go()
};

class VaultSodium final : public ports::Vault {
 public:
  /// Creates the master key when `create` and none is there. Refusals: "no_key" (missing, or of a wrong size),
  /// "key_open_to_others" (its mode is not 0600), "wrong_key" (it does not open this data folder's keys), "io"; for
  /// reading those of sqlite/existing.h.
  static Result<std::unique_ptr<VaultSodium>> unlock(const std::filesystem::path& data_folder,
                                                     const std::filesystem::path& key_folder, bool create,
                                                     Use use = Use::owns);
  ~VaultSodium() override;

  std::string seal(std::string_view subject, std::string_view place, std::string_view plain) override;
  bool has_key(std::string_view subject) override;
  std::optional<std::string> open(std::string_view subject, std::string_view place, std::string_view sealed) override;
  Result<bool> forget(const std::vector<std::string>& subjects) override;
  void let_go(const std::vector<std::string>& subjects) override;
  Result<bool> flush() override;
  std::optional<ports::RecordingKey> recording_key(std::string_view subject, RecordingId recording) override;
  bool recording_secret(std::string_view subject, RecordingId recording, unsigned char* secret) override;
  CallerRef caller_ref(std::string_view number) override;
  CallerRef known_caller(std::string_view number) override;
  /// Their numbers get other references when they call again: nothing leads from one to the other. Refused as forget().
  Result<bool> forget_callers(const std::vector<CallerRef>& callers);
  /// The key of a subject, for an archive of evidence that somebody else is to open; false where it has none.
  bool data_key(std::string_view subject, Key& key);
  /// With a key of the master key for this one purpose. Outlives the vault; any thread.
  ports::JournalSeal journal_seal() const;

 private:
  explicit VaultSodium(Use use) : use_(use) {}
  /// Nothing when it is `absent` and none is to be made, or when it cannot be read.
  const Key* key_of(const std::string& subject, bool make, bool& absent);
  /// Both halves; false where the subject has no key.
  bool recording_pair(std::string_view subject, RecordingId recording, unsigned char* open, unsigned char* secret);
  void remember(const std::string& subject, const Key& key);
  Result<bool> check_master();
  std::string hash_of(std::string_view number) const;
  CallerRef caller_of(const std::string& hash);
  /// Deletes rows in one transaction, in the files beside the table as well.
  Result<bool> remove(ports::VaultTable table, const std::vector<std::string>& names);

  Use use_;
  std::filesystem::path data_folder_;
  sqlite3* db_ = nullptr;
  Key master_;
  std::map<std::string, Key, std::less<>> cache_;
  std::map<std::string, Key, std::less<>> fresh_;   ///< made, not yet durable
  std::map<std::string, CallerRef> fresh_callers_;  ///< by hash; the same
  std::int64_t last_caller_ = 0;                    ///< the last one given
  bool unread_ = false;                             ///< something was to be sealed with a key that cannot be read
};

/// For who opens a journal: the seal of this installation's master key, made when `may_create` and the journal is
/// fresh. The refusals are unlock's.
ports::JournalSealMaker journal_sealer(const std::filesystem::path& data_folder,
                                       const std::filesystem::path& key_folder, Use use, bool may_create = false);

class PasswordsSodium final : public ports::Passwords {
 public:
  std::string hash(std::string_view password) override;
  bool verify(std::string_view encoded, std::string_view password) override;
};

class EntropySodium final : public ports::Entropy {
 public:
  std::string hex(std::size_t bytes) override;
  std::string token() override;
};

}  // namespace sigap::vault
