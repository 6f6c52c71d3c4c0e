// Makes an archive of evidence of one call.
// Invariant: only of a call that somebody with the right to do so holds as evidence (HoldPlaced), so who asked, when
// and why stand in the journal, and it cannot be forgotten meanwhile.
#pragma once
#include <functional>

#include "evidence/archive.h"
#include "ports/journal.h"
#include "ports/photographs.h"

namespace sigap::evidence {

struct Order {
  CallId call;
  std::string by, reason, version;
  Instant made;
};

struct Sources {
  ports::Journal& journal;
  std::function<bool(std::string_view subject, keys::Key& key)> key_of;  ///< false: forgotten, or never there
  std::filesystem::path recordings;
  ports::SealedFiles& photographs;
  const Signer& signer;
  std::function<void(std::int64_t position, std::int64_t of)> progress;  ///< now and then; may be empty
};

struct Exported {
  std::int64_t lines = 0, recordings = 0, photographs = 0;
  std::vector<std::string> lacking;  ///< sentences: what the journal names and is not there, or is another
};

/// `folder` must not be there; after a refusal it is not. Refusals: "exists", "no_call", "forgotten", "not_over",
/// "not_held", "io", those of the journal.
Result<Exported> export_call(const Order& order, const Sources& sources, const std::filesystem::path& folder);

}  // namespace sigap::evidence
