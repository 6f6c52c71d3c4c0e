#include "adapters/vault/vault_sodium.h"

#include <sodium.h>
#include <sqlite3.h>

#include "adapters/vault/aside_keys.h"
#include "base/check.h"
#include "keys/sealed_value.h"
#include "sqlite/existing.h"
#include "sqlite/statement.h"

namespace sigap::vault {
namespace {

using keys::decrypt;
using keys::derive;
using keys::encrypt;
using sqlite::Statement;

constexpr std::size_t kCachedKeysMax = 50'000;  // 10,000 waiting calls, their incidents, and room: about 6 MB
constexpr std::size_t kJournalSeal_bytes = 16;  // nobody guesses one of 2^128
constexpr std::string_view kProbe = "sigap";    // sealed with the master key itself: tells a wrong one

constexpr const char* kSchema = R"(
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;
CREATE TABLE IF NOT EXISTS keys(subject TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS callers(caller INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE);
)";

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

Result<Key> master_key(const std::filesystem::path& file, bool create) {
  if (create && !std::filesystem::exists(file)) return keys::make_key(file, "master key");
  return keys::read_key(file, "master key");
}

}  // namespace

Result<std::unique_ptr<VaultSodium>> VaultSodium::unlock(const std::filesystem::path& data_folder,
                                                         const std::filesystem::path& key_folder, bool create,
                                                         Use use) {
  SIGAP_CHECK(sodium_init() >= 0);
  std::error_code error;
  if (create) {
    std::filesystem::create_directories(data_folder, error);
    std::filesystem::create_directories(key_folder, error);
  }
  auto key = master_key(key_folder / "master.key", create);
  if (!key) return tl::unexpected(key.error());
  std::unique_ptr<VaultSodium> vault(new VaultSodium(use));
  vault->master_ = *key;
  vault->data_folder_ = data_folder;
  if (use == Use::reads) {
    auto opened = sqlite::open_existing(data_folder / "keys.sqlite");
    if (!opened) return tl::unexpected(opened.error());
    vault->db_ = *opened;
  } else if (sqlite3_open((data_folder / "keys.sqlite").c_str(), &vault->db_) != SQLITE_OK ||
             sqlite3_exec(vault->db_, kSchema, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return refuse("io", "the keys cannot be opened");
  }
  if (auto good = vault->check_master(); !good) return tl::unexpected(good.error());
  return vault;
}

VaultSodium::~VaultSodium() {
  (void)flush();
  sqlite3_close(db_);
}

Result<bool> VaultSodium::check_master() {
  Statement probe(db_, "SELECT wrapped FROM keys WHERE subject = ''");
  if (probe.step()) {
    if (decrypt(master_, "probe", probe.text(0)) != kProbe)
      return refuse("wrong_key", "the master key is not the one of this data folder");
    return true;
  }
  if (use_ == Use::reads) return refuse("io", "keys.sqlite holds no keys of ours, or cannot be read");
  Statement insert(db_, "INSERT INTO keys(subject, wrapped) VALUES('', ?)");
  const auto sealed = encrypt(master_, "probe", kProbe);
  insert.bind(1, sealed).step();
  if (!insert.finished()) return refuse("io", "the keys cannot be written");
  return true;
}

std::string VaultSodium::seal(std::string_view subject, std::string_view place, std::string_view plain) {
  Key nobodys;
  bool absent = false;
  const Key* key = key_of(std::string(subject), use_ == Use::owns, absent);
  if (!key) {  // forgotten: what nobody can ever open. Or damaged: flush() says so
    unread_ = unread_ || !absent;
    randombytes_buf(nobodys.data(), nobodys.size());
    key = &nobodys;
  }
  return keys::seal_value(*key, subject, place, plain);
}

std::optional<std::string> VaultSodium::open(std::string_view subject, std::string_view place,
                                             std::string_view sealed) {
  bool absent = false;
  const Key* key = key_of(std::string(subject), false, absent);
  return key ? keys::open_value(*key, subject, place, sealed) : std::nullopt;
}

bool VaultSodium::data_key(std::string_view subject, Key& key) {
  bool absent = false;
  const Key* known = key_of(std::string(subject), false, absent);
  if (known) key = *known;
  return known;
}

bool VaultSodium::has_key(std::string_view subject) {
  bool absent = false;
  return key_of(std::string(subject), false, absent) || !absent;
}

bool VaultSodium::recording_pair(std::string_view subject, RecordingId recording, unsigned char* open,
                                 unsigned char* secret) {
  static_assert(ports::kRecordingKey_bytes == Key::size());
  bool absent = false;
  const Key* key = key_of(std::string(subject), false, absent);
  return key && keys::recording_pair(*key, recording, open, secret);
}

std::optional<ports::RecordingKey> VaultSodium::recording_key(std::string_view subject, RecordingId recording) {
  ports::RecordingKey open;
  Key secret;
  if (!recording_pair(subject, recording, open.data(), secret.data())) return std::nullopt;
  return open;
}

bool VaultSodium::recording_secret(std::string_view subject, RecordingId recording, unsigned char* secret) {
  ports::RecordingKey open;
  return recording_pair(subject, recording, open.data(), secret);
}

const Key* VaultSodium::key_of(const std::string& subject, bool make, bool& absent) {
  if (const auto it = cache_.find(subject); it != cache_.end()) return &it->second;
  Statement row(db_, "SELECT wrapped FROM keys WHERE subject = ?");
  row.bind(1, subject);
  Key key;
  if (row.step()) {
    if (!keys::decrypt_key(key, master_, subject, row.text(0))) return nullptr;
  } else {
    absent = row.finished();
    if (!make || !absent) return nullptr;
    randombytes_buf(key.data(), key.size());
    fresh_[subject] = key;
  }
  remember(subject, key);
  return &cache_.at(subject);
}

void VaultSodium::remember(const std::string& subject, const Key& key) {
  if (cache_.size() >= kCachedKeysMax) {
    cache_.clear();
    for (const auto& [fresh_subject, fresh_key] : fresh_) cache_[fresh_subject] = fresh_key;
  }
  cache_[subject] = key;
}

void VaultSodium::let_go(const std::vector<std::string>& subjects) {
  if (subjects.empty()) cache_.clear();
  for (const auto& subject : subjects) cache_.erase(subject);
}

Result<bool> VaultSodium::forget(const std::vector<std::string>& subjects) {
  if (subjects.empty()) return true;
  let_go(subjects);
  for (const auto& subject : subjects) fresh_.erase(subject);
  return remove(ports::VaultTable::keys, subjects);
}

Result<bool> VaultSodium::remove(ports::VaultTable table, const std::vector<std::string>& names) {
  if (auto aside = forget_aside(data_folder_, table, {names.begin(), names.end()}); !aside) return aside;
  const char* sql = table == ports::VaultTable::keys ? "DELETE FROM keys WHERE subject = ? AND subject <> ''"
                                                     : "DELETE FROM callers WHERE caller = CAST(? AS INTEGER)";
  bool good = sqlite3_exec(db_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
  for (const auto& name : names) {
    if (!good) break;
    Statement row(db_, sql);
    row.bind(1, name).step();
    good = row.finished();
  }
  good = good && sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK;
  if (!good) {
    sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
    return refuse("io", "the keys cannot be deleted");
  }
  // What lingers in the write-ahead log goes as well; pages are overwritten (secure_delete). Somebody may be reading
  // it.
  if (sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) != SQLITE_OK)
    return refuse("io", "the keys are deleted and still in the log, which is being read");
  return true;
}

Result<bool> VaultSodium::flush() {
  if (std::exchange(unread_, false)) return refuse("io", "a key cannot be read");
  if (fresh_.empty() && fresh_callers_.empty()) return true;
  bool good = sqlite3_exec(db_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
  for (const auto& [subject, key] : fresh_) {
    const auto wrapped = encrypt(master_, subject, {reinterpret_cast<const char*>(key.data()), key.size()});
    Statement insert(db_, "INSERT INTO keys(subject, wrapped) VALUES(?, ?)");
    insert.bind(1, subject).bind(2, wrapped).step();
    good = good && insert.finished();
  }
  for (const auto& [hash, caller] : fresh_callers_) {
    Statement insert(db_, "INSERT INTO callers(caller, hash) VALUES(?, ?)");
    insert.bind(1, caller.value).bind(2, hash).step();
    good = good && insert.finished();
  }
  good = good && sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK;
  if (!good) {
    sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
    return refuse("io", "the keys cannot be written");
  }
  fresh_.clear();
  fresh_callers_.clear();
  return true;
}

std::string VaultSodium::hash_of(std::string_view number) const {
  const Key lookup = derive(master_, "caller");
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash(bytes(hash), hash.size(), bytes(number), number.size(), lookup.data(), lookup.size());
  return hash;
}

CallerRef VaultSodium::caller_of(const std::string& hash) {
  if (const auto it = fresh_callers_.find(hash); it != fresh_callers_.end()) return it->second;
  Statement row(db_, "SELECT caller FROM callers WHERE hash = ?");
  row.bind(1, hash);
  return row.step() ? CallerRef{row.integer(0)} : CallerRef{};
}

CallerRef VaultSodium::known_caller(std::string_view number) {
  return number.empty() ? CallerRef{} : caller_of(hash_of(number));
}

CallerRef VaultSodium::caller_ref(std::string_view number) {
  if (number.empty()) return {};
  const auto hash = hash_of(number);
  if (const auto known = caller_of(hash)) return known;
  // One that was ever given is never given again: SQLite keeps count, and of those that it has not heard of we do.
  Statement given(db_, "SELECT seq FROM sqlite_sequence WHERE name = 'callers'");
  if (fresh_callers_.empty()) last_caller_ = given.step() ? given.integer(0) : 0;
  return fresh_callers_[hash] = CallerRef{++last_caller_};
}

Result<bool> VaultSodium::forget_callers(const std::vector<CallerRef>& callers) {
  if (auto written = flush(); !written) return written;  // one may not be in the table yet
  std::vector<std::string> names;
  for (const auto caller : callers) names.push_back(std::to_string(caller.value));
  return remove(ports::VaultTable::callers, names);
}

ports::JournalSeal VaultSodium::journal_seal() const {
  return
      [key = std::make_shared<const Key>(derive(master_, "journal"))](std::initializer_list<std::string_view> parts) {
        crypto_generichash_state state;
        crypto_generichash_init(&state, key->data(), key->size(), kJournalSeal_bytes);
        for (const auto part : parts) {
          const std::uint64_t size = part.size();  // before each part, so that what is in one is not in another
          crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&size), sizeof size);
          crypto_generichash_update(&state, bytes(part), part.size());
        }
        unsigned char seal[kJournalSeal_bytes];
        crypto_generichash_final(&state, seal, sizeof seal);
        std::string text(2 * sizeof seal + 1, '\0');
        sodium_bin2hex(text.data(), text.size(), seal, sizeof seal);
        text.pop_back();
        return text;
      };
}

ports::JournalSealMaker journal_sealer(const std::filesystem::path& data_folder,
                                       const std::filesystem::path& key_folder, Use use, bool may_create) {
  return [=](bool fresh) -> Result<ports::JournalSeal> {
    auto vault = VaultSodium::unlock(data_folder, key_folder, fresh && may_create, use);
    if (!vault) return tl::unexpected(vault.error());
    return (*vault)->journal_seal();
  };
}

}  // namespace sigap::vault
