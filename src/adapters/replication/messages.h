// What a leader asks of a standby, and what is answered. Every request carries the leader's epoch: a standby that has
// seen a higher one refuses with "fenced" and names it. Invariants: a batch's changes of the vault become durable
// before its lines; both are durable before the answer.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ports/replica.h"

namespace sigap::replication {

enum class Ask : std::int64_t {
  hello = 1,           ///< who are you, and where do you stand?
  ping = 2,            ///< alive?
  hash_at = 3,         ///< the chain's hash at `position`, to find where two journals part
  vault_epoch_at = 4,  ///< the epoch of the vault's change `change`, for the same
  cut = 5,             ///< move aside what is behind `position` and `change`
  batch = 6,           ///< `changes`, then `lines`, which follow on `hash` at `position`
  checkpoint = 7       ///< keep it, if your chain has its hash
};

struct Request {
  Ask ask = Ask::ping;
  std::int64_t epoch = 0;
  std::int64_t position = 0, change = 0;
  std::string hash;
  std::vector<ports::VaultChange> changes;
  std::vector<ports::JournalLine> lines;  ///< their own hashes stay behind: the chain makes them again
  std::optional<ports::Checkpoint> checkpoint;
};

struct Answer {
  std::string code;        ///< empty: done. Else "fenced", "gap", "io", "disk_full", "corrupt", "unreadable"
  std::string message;     ///< for a person
  std::string node;        ///< who answers
  std::int64_t epoch = 0;  ///< the highest one seen; of the change that was asked for
  std::int64_t position = 0;
  std::string hash;  ///< of the head; of the position that was asked for, empty when there is none
  std::int64_t change = 0, change_epoch = 0;
};

std::string write(const Request& request);
std::string write(const Answer& answer);
/// Refusal "unreadable".
Result<Request> read_request(std::string_view bytes);
Result<Answer> read_answer(std::string_view bytes);

}  // namespace sigap::replication
