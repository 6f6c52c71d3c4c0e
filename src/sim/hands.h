// The SIP and media hands of a simulation. Callers and the media process live outside of the server: they outlive its
// crashes. What was on its way to the core does not; after a start the hands find out what is there and report it
// again, as agent_restore and Switchboard::compare do.
#pragma once
#include <map>
#include <set>

#include "base/code_map.h"
#include "sim/stage.h"

namespace sigap::sim {

class Hands {
 public:
  explicit Hands(Stage& stage) : stage_(stage) {}

  /// A caller's own view of the line; the leg of its next process may have another name.
  struct Line {
    core::CallArrives invite;
    LegId leg;                    ///< as the server knows it now
    bool accepted = false;        ///< the server has taken note: whatever happens now, this caller is not lost
    std::int64_t told = 0;        ///< the life of the server that was told
    std::int64_t said = 0;        ///< times the trunk said the INVITE
    std::function<void()> ended;  ///< the far end ended it
  };
  using Caller = std::int64_t;  ///< below 0: somebody whom we called

  /// Dials; the INVITE is said again until the server takes note or the trunk gives up (RFC 3261 timer B).
  /// `ended`: the line is dead, by us or by the trunk.
  void dials(Caller caller, core::CallArrives invite, std::function<void()> ended);
  void hangs_up(Caller caller, bool network);
  /// Of a call in the state.
  std::optional<Caller> caller_of(const LegId& leg) const;
  bool on_line(Caller caller) const;
  std::optional<LegId> leg_of(Caller caller) const;

  void carry_out(const core::Effect& effect);
  void media_dies();
  /// A new process: dialogs and media are compared with its state; callers who were never heard dial on.
  void restore();
  /// INVITEs of this station's trunk do not arrive.
  void cut_trunk(const StationCode& station, bool cut);
  void media_fails(std::int64_t percent) { media_fails_ = percent; }
  /// A caller on the line who was accepted and is not in the state any more, or nothing.
  std::string missing() const;

 private:
  void invite(Caller caller);
  void tell(Line& line);
  void drop(Caller caller, bool tell);
  void places(const core::PlaceCall& order);
  /// Of a call of ours: they pick up, talk and hang up.
  void picks_up(Caller callee);
  void is_asked(const LegId& leg);
  void opened(const LegId& leg);

  Stage& stage_;
  std::map<Caller, Line> lines_;
  CodeMap<LegId, Caller> by_leg_;
  std::set<StationCode> cut_;
  std::int64_t media_fails_ = 0, legs_ = 0, callees_ = 0;
};

}  // namespace sigap::sim
