// One drill from beginning to end: callers and desks; the fault; the count afterwards. To what it is done is the
// target's matter (target.h).
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "drill/caller.h"
#include "drill/desk.h"
#include "drill/starvation.h"
#include "drill/tally.h"
#include "drill/target.h"

namespace sigap::drill {

struct Plan {
  int waiting = 50, talking = 10;
  int starved_s = 0;  ///< so long at most every processor of this machine is busy; 0: not at all
};

class Exercise {
 public:
  Exercise(boost::asio::io_context& io, Target& target, Plan plan);
  ~Exercise();
  /// Everybody is where they should be: waiting callers hear the prompt, the others an operator. Refusal: what failed.
  Result<bool> set_up();
  /// The calm, the fault, and everybody's return. Refusal: it did not come to that. Of several the worst is counted.
  Result<bool> strike();
  /// Between two faults: a conversation ends, whoever waits longest is answered, somebody calls. Refusal: they are not.
  Result<bool> carry_on();
  /// Conversations end from both sides; those who waited are answered or hang up.
  void wind_up();
  /// After a refusal: nobody stays on the line.
  void let_go();
  /// Counts, prints what was seen; whether nobody was lost.
  bool conclude();

 private:
  using Callers = std::vector<std::unique_ptr<Caller>>;
  void tick();
  void step(const std::string& what);
  Result<bool> open_desks();
  Result<bool> place_calls();
  void dial(Callers& callers, int count);
  Result<bool> await_return();
  bool hears(Caller& caller);
  bool all_hear(Callers& callers);
  bool all_desks(people::OperatorState state) const;
  bool all_over() const;
  /// Another number whenever anybody's state is another: while it changes, there is something to wait for.
  std::int64_t moved() const;
  /// Callers who were heard of since note_packets().
  int there() const;
  void note_packets();
  void rest_desks();
  void mark();
  Gap longest_gap(const Callers& callers) const;
  std::int64_t held_by_media();

  boost::asio::io_context& io_;
  Target& target_;
  Plan plan_;
  Patience patience_;
  Doors doors_;
  boost::asio::steady_timer ticks_;
  Clock::time_point next_tick_, last_step_;
  std::unique_ptr<FarEnd> far_end_;
  std::vector<std::unique_ptr<Desk>> desks_;
  std::unique_ptr<Starvation> starvation_;
  std::vector<std::int64_t> packets_;   ///< of each caller, at note_packets()
  Callers talkers_, waiters_, served_;  ///< served: who came and went between two faults
  int strikes_ = 0;
  std::int64_t held_before_ = 0;  ///< by the media process
  double late_ms_ = 0;            ///< the longest since mark()
  Tally tally_;
};

}  // namespace sigap::drill
