// KEYS/head: position and hash of a recent head and, of a sealed journal, the seal of the two, in one line. Kept apart
// from the journal, so that a cut tail is found even where the database looks whole.
#pragma once
#include <filesystem>
#include <string>

#include "ports/journal.h"
#include "ports/journal_seal.h"

namespace sigap::journal_sqlite {

struct NotedHead {
  ports::JournalHead head;  ///< position 0: nothing is noted, or nothing that can be read
  std::string seal;         ///< empty: by a program of before seals, or without a key
};

NotedHead read_note(const std::filesystem::path& file);
/// Whole and on the disk, or the old one stays. Without `seal` as programs of before seals did.
bool write_note(const std::filesystem::path& file, const ports::JournalHead& head, const ports::JournalSeal& seal);
/// Whether a holder of the master key noted it.
bool is_ours(const NotedHead& noted, const ports::JournalSeal& seal);

/// KEYS/sealed: a journal of this key folder was sealed, so one without the column is no longer believed.
bool was_sealed(const std::filesystem::path& key_folder);
void mark_sealed(const std::filesystem::path& key_folder);

}  // namespace sigap::journal_sqlite
