// The journal: an append-only chain of events, and checkpoints of the state beside it.
// Invariants: append() returns only after the whole batch is durable, or none of it is; positions run from 1 without
// gaps; (stream, epoch, seq) is unique, so an old writer fails; hash(n) = SHA-256(hash(n-1) || body(n)), hash(0) = 32
// zero bytes; bodies are the sealed JSON text, so a forgotten person leaves the chain intact. docs/formats/journal.md
// describes the bytes.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace sigap::ports {

/// The newest line of a journal.
struct JournalHead {
  std::int64_t position = 0;
  std::string hash;  ///< 64 hex digits
};

/// An event as it is stored.
struct JournalLine {
  std::int64_t position = 0;
  std::string stream;
  std::int64_t epoch = 0;
  std::int64_t seq = 0;
  std::string body;  ///< JSON text of the whole event, personal data sealed
  std::string hash;  ///< filled when read
};

/// The state at a position of the journal.
struct Checkpoint {
  std::int64_t position = 0;  ///< of the last event folded in
  std::string state;          ///< JSON text, personal data sealed
  std::string state_hash;     ///< 64 hex digits: SHA-256 of codec::hashable_text
  std::string journal_hash;   ///< of the chain at that position
};

class Journal {
 public:
  virtual ~Journal() = default;
  /// Appends the lines, all of them or none. Refusals: "disk_full", "fenced" (another writer's epoch), "io". After a
  /// refusal nothing was appended, and the caller must stop deciding.
  virtual Result<JournalHead> append(std::vector<JournalLine> lines) = 0;
  virtual JournalHead head() const = 0;
  /// Gives `take` the lines from `position` on, in order, until it says false. Refusal "corrupt" names the position
  /// where the chain breaks.
  virtual Result<JournalHead> read(std::int64_t position, const std::function<bool(const JournalLine&)>& take) = 0;
  /// Keeps a checkpoint. May be called by any thread, also while another one appends. Refusals "disk_full", "io",
  /// "corrupt": the older checkpoints still stand.
  virtual Result<bool> save(const Checkpoint& checkpoint) = 0;
  /// The newest checkpoint that belongs to this journal's chain; nothing where there is none.
  virtual std::optional<Checkpoint> newest_checkpoint() = 0;
};

}  // namespace sigap::ports
