#include "drill/journal_calls.h"

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/vault/vault_sodium.h"
#include "codec/event_codec.h"
#include "runtime/vault_sealer.h"

namespace sigap::drill {

Result<std::set<std::string>> call_ids_in_journal(const std::filesystem::path& data,
                                                  const std::filesystem::path& keys) {
  auto journal = journal_sqlite::JournalSqlite::open(data, keys, journal_sqlite::Mode::read);
  if (!journal) return tl::unexpected(journal.error());
  auto vault = vault::VaultSodium::unlock(data, keys, false);
  if (!vault) return tl::unexpected(vault.error());
  std::set<std::string> ids;
  runtime::VaultSealer sealer(**vault);
  auto read = (*journal)->read(1, [&](const ports::JournalLine& line) {
    auto event = codec::read_event(line.body, sealer);
    if (!event) return true;
    if (const auto* arrived = std::get_if<calls::CallArrived>(&event->body); arrived && arrived->signalling.known()) {
      const auto& text = *arrived->signalling.reveal();
      const auto at = text.find("\r\nCall-ID: ");
      if (at != std::string::npos) ids.insert(text.substr(at + 11, text.find("\r\n", at + 2) - at - 11));
    }
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  return ids;
}

}  // namespace sigap::drill
