// Photographs of callers: made anew out of strangers' bytes, and kept as sealed files beside the journal.
// Invariants: what is kept is sealed with the key of its call (ports/vault.h, kPhotographPlace), so a call that is
// forgotten takes its photographs along at once; the file is called by the SHA-256 of its sealed bytes, which stands in
// the journal (PhotographKept). Both are slow and are asked on a thread that no call waits for. Thread-safe.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

namespace sigap::ports {

/// Where a photograph's file is sealed: the place of Vault::seal and Vault::open, with the call as the subject.
inline constexpr std::string_view kPhotographPlace = "photograph";

/// How sigap-photograph ends.
enum class PhotographEnd { made = 0, failed = 1, no_photograph = 2, too_large = 3 };

struct MadePhotograph {
  std::string jpeg;
  std::int64_t width = 0, height = 0;
};

class PhotographMaker {
 public:
  virtual ~PhotographMaker() = default;
  /// Refusals: "no_photograph", "too_large", "failed" (no process, or it took too long).
  virtual Result<MadePhotograph> make(std::string_view file) = 0;
};

/// Files of calls. A name is 64 hex digits.
class SealedFiles {
 public:
  virtual ~SealedFiles() = default;
  /// On disk when it returns. Refused with "disk": full, or broken.
  virtual Result<bool> write(CallId call, const std::string& name, std::string_view sealed) = 0;
  /// Refused with "gone".
  virtual Result<std::string> read(CallId call, const std::string& name) = 0;
  /// All files of the call.
  virtual void forget(CallId call) = 0;
  /// The calls that have files.
  virtual std::vector<CallId> calls() = 0;
};

}  // namespace sigap::ports
