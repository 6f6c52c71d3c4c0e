// Which lines of a journal belong to a call: its own, those of the incident and the tasks that came of it, and who read
// or kept its record. One rule for who makes an archive and for who looks for lines that were left out.
// Invariant: a line that names another caller's call never belongs, so an archive holds nobody else's words.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"

namespace sigap::evidence {

class Concerns {
 public:
  explicit Concerns(CallId call) : call_(call.value) {}
  /// To be asked of each line, in their order, from before the call's first one on. `body` is the event as it stands.
  bool line(std::string_view body);
  /// The call, and the incidents and tasks that came of it as met so far: whose keys open these lines.
  std::vector<std::string> subjects() const;

 private:
  std::int64_t call_;
  std::set<std::int64_t> incidents_, tasks_, offers_, recordings_;
};

}  // namespace sigap::evidence
