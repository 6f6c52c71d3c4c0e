// One drill from beginning to end: an installation in a scratch folder, callers, desks; the blow; the count afterwards.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sigap/drill/caller.h"
#include "sigap/drill/desk.h"
#include "sigap/local_installation.h"

namespace sigap::drill {

struct Plan {
  int waiting = 50, talking = 10;
  int signal = SIGKILL;
  int down_ms = 1000;
  std::filesystem::path first, second;  ///< sigapd before and after the blow; empty: the one beside this program
  cli::LocalOptions local;              ///< assets, pages, nation; the rest is made up
};

class Exercise {
 public:
  explicit Exercise(Plan plan);
  ~Exercise();
  /// Everybody is where they should be: waiting callers hear the prompt, the others an operator. Refusal: what failed.
  Result<bool> set_up();
  /// The blow, the start, and everybody's return.
  Result<bool> strike();
  /// Conversations end from both sides; those who waited are answered or hang up.
  void wind_up();
  /// Prints what was seen; whether nobody was lost.
  bool tell();

 private:
  template <class Condition>
  bool wait(Condition condition, int seconds);
  void tick();
  void step(const std::string& what);
  bool hears(Caller& caller);
  int start(const std::filesystem::path& program);
  int still_there();
  std::set<std::string> call_ids_in_journal();
  std::int64_t left_at_media();

  Plan plan_;
  std::filesystem::path scratch_, configuration_;
  boost::asio::io_context io_;
  boost::asio::steady_timer ticks_;
  std::chrono::steady_clock::time_point next_tick_, last_step_, struck_;
  int server_ = -1;
  std::unique_ptr<FarEnd> far_end_;
  std::vector<std::unique_ptr<Desk>> desks_;
  std::vector<std::unique_ptr<Caller>> talkers_, waiters_;
  // what was seen
  double back_after_ms_ = 0, gap_talking_ms_ = 0, gap_waiting_ms_ = 0;
  int there_after_ = 0, desks_back_ = 0;
};

}  // namespace sigap::drill
