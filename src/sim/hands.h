// The SIP and media hands of a simulation. Callers and the media process live outside of the server: they outlive its
// crashes. What was on its way to the core does not; after a start the hands find out what is there and report it
// again.
#pragma once
#include <map>
#include <set>
#include <vector>

#include "core/effect.h"
#include "core/state.h"
#include "sim/random.h"

namespace sigap::sim {

class Hands {
 public:
  Hands(Random& random, std::map<std::string, std::int64_t>& counts) : random_(random), counts_(counts) {}

  void dials(const core::CallArrives& call);
  /// Somebody on the line hangs up, or their network does. Nothing when nobody is there.
  void somebody_hangs_up();
  void everybody_hangs_up();
  void carry_out(const core::Effect& effect);
  /// The media process dies and comes back empty.
  void media_dies(const core::State& state);
  /// Of what is to be told, some; in any order.
  void tell(std::vector<core::Input>& out, std::int64_t percent);
  /// The server died: what was on its way is lost.
  void lose();
  /// A new process: dialogs and media are compared with its state; callers who were never heard dial on.
  void restore(const core::State& state);
  /// A caller on the line who was accepted and is not in the state any more: the rule that no crash may break.
  std::string missing(const core::State& state) const;

 private:
  Random& random_;
  std::map<std::string, std::int64_t>& counts_;
  std::map<LegId, core::CallArrives> on_line_;  ///< callers, as they see it
  std::set<LegId> accepted_;                    ///< of whom the core has taken note
  std::vector<core::Input> to_tell_;
  std::int64_t again_ = 0;
};

}  // namespace sigap::sim
