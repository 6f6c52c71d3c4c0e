// Checks an archive of evidence: what is proved, what is not, and what was changed. Needs nothing of who made it.
#pragma once
#include <functional>

#include "evidence/archive.h"
#include "ports/journal.h"

namespace sigap::evidence {

enum class Finding {
  proved,    ///< it holds
  unproved,  ///< nothing speaks against it, and what would prove it was not given
  broken     ///< it was changed, or it is not what it says
};
struct Found {
  Finding finding = Finding::proved;
  std::string text;  ///< a sentence for people; nothing of what was said in the call
};

struct Against {
  std::string public_key;             ///< 32 bytes known from elsewhere, it or its fingerprint; empty: none
  ports::Journal* journal = nullptr;  ///< a copy of the journal, which needs no key; null: none
};

/// All that was looked at, in the order of the archive. Never empty, never throws on what strangers wrote.
std::vector<Found> verify(const std::filesystem::path& folder, const Against& against);

}  // namespace sigap::evidence
