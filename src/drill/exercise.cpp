#include "drill/exercise.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "adapters/media/media_hand.h"
#include "drill/journal_calls.h"

namespace sigap::drill {
namespace {

namespace asio = boost::asio;
using people::OperatorState;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kPacket{20};
constexpr double kDeaf_ms = 400;  // a prompt has pauses of its own: silence is sent as packets all the same
constexpr int kFarRtp = 25'000, kRtpPorts = 4'000;
constexpr seconds kShows{3};   // what was broken would show by then
constexpr seconds kStill{30};  // nothing moves any more: twice what any one of them may take to react
constexpr int kHeard = 50;     // packets: a second of voice, however long it takes to come

}  // namespace

Exercise::Exercise(asio::io_context& io, Target& target, Plan plan)
    : io_(io), target_(target), plan_(plan), patience_(io), ticks_(io), last_step_(Clock::now()) {}

Exercise::~Exercise() {
  ticks_.cancel();
  for (auto* callers : {&talkers_, &waiters_, &served_}) callers->clear();
  desks_.clear();
  far_end_.reset();
}

void Exercise::step(const std::string& what) {
  fmt::print("  {:5.1f} s  {}\n", ms_since(last_step_) / 1000, what);
  std::fflush(stdout);
  last_step_ = Clock::now();
}

void Exercise::tick() {
  next_tick_ = std::max(next_tick_ + kPacket, Clock::now() - kPacket);
  ticks_.expires_at(next_tick_);
  ticks_.async_wait([this](boost::system::error_code stopped) {
    if (stopped) return;
    late_ms_ = std::max(late_ms_, ms_since(next_tick_));
    for (const auto& caller : talkers_) caller->voice().tick();
    for (const auto& caller : waiters_) caller->voice().tick();
    for (const auto& desk : desks_) desk->voice().tick();
    tick();
  });
}

bool Exercise::hears(Caller& caller) {
  return caller.state() == Caller::State::answered && caller.voice().packets() > 0 &&
         caller.voice().silent_ms() < kDeaf_ms;
}

bool Exercise::all_hear(Callers& callers) {
  return std::all_of(callers.begin(), callers.end(), [&](auto& caller) { return hears(*caller); });
}

bool Exercise::all_desks(OperatorState state) const {
  return std::all_of(desks_.begin(), desks_.end(), [&](auto& desk) { return desk->state() == state; });
}

bool Exercise::all_over() const {
  const auto over = [](const Callers& callers) {
    return std::all_of(callers.begin(), callers.end(), [](auto& c) { return c->state() == Caller::State::ended; });
  };
  return over(talkers_) && over(waiters_);
}

Result<bool> Exercise::set_up() {
  fmt::print("{}", target_.intent(plan_.waiting, plan_.talking));
  std::fflush(stdout);
  auto doors = target_.open(patience_, plan_.talking);
  if (!doors) return tl::unexpected(doors.error());
  doors_ = *doors;
  // A server that has just begun to listen may still be starting it.
  if (doors_.ng && !patience_.wait([&] { return (held_before_ = held_by_media()) >= 0; }, kStill))
    return refuse("io", "the media process does not answer at " + in_uri(*doors_.ng));
  if (auto opened = open_desks(); !opened) return opened;
  next_tick_ = Clock::now();
  tick();
  return place_calls();
}

Result<bool> Exercise::open_desks() {
  media::ProcessConfig far;
  far.address = doors_.path.from.to_string();
  far.ng_port = media::free_udp_port();
  far.port_min = kFarRtp;
  far.port_max = kFarRtp + kRtpPorts;
  far.ends_with_us = true;
  far_end_ = std::make_unique<FarEnd>(io_, far);
  far_end_->start();
  if (!patience_.wait([&] { return far_end_->up(); }, kStill))
    return refuse("io", "the operators' media process (rtpengine, on this machine) does not start");
  for (const auto& one : doors_.operators) {
    desks_.push_back(std::make_unique<Desk>(io_, doors_.path, one.login, *far_end_));
    if (auto signed_in = desks_.back()->sign_in(one.password); !signed_in) return signed_in;
    desks_.back()->open();
  }
  if (!patience_.wait_while([&] { return all_desks(OperatorState::ready); }, [&] { return moved(); }, kStill))
    return refuse("io", "the operators are not ready");
  step(fmt::format("server, media and {} operators are ready", desks_.size()));
  return true;
}

void Exercise::dial(Callers& callers, int count) {
  for (int i = 0; i < count; ++i) {
    const auto number = static_cast<int>(talkers_.size() + waiters_.size() + served_.size()) + 1;
    callers.push_back(std::make_unique<Caller>(io_, doors_.path, number));
    callers.back()->dial();
    patience_.pass({});
  }
}

Result<bool> Exercise::place_calls() {
  dial(talkers_, plan_.talking);
  const auto turned_away = [&] { return talkers_.front()->ended_by() == Caller::EndedBy::refused; };
  const auto everybody_talks = [&] {
    return all_desks(OperatorState::talking) && all_hear(talkers_) &&
           std::all_of(desks_.begin(), desks_.end(), [](auto& desk) { return desk->voice().packets() > 50; });
  };
  (void)patience_.wait_while([&] { return turned_away() || everybody_talks(); }, [&] { return moved(); }, kStill);
  if (turned_away())
    return refuse("refused", "the server turns the callers away: is " + doors_.path.from.to_string() +
                                 " among the addresses of a trunk?");
  if (!everybody_talks()) return refuse("io", "the conversations did not come about");
  step("every operator talks to a caller; voice both ways");
  dial(waiters_, plan_.waiting);
  if (!patience_.wait_while([&] { return all_hear(waiters_); }, [&] { return moved(); }, kStill))
    return refuse("io", "not every caller in the queue hears the prompt");
  step("the others wait and hear the prompt");
  if (plan_.starved_s > 0) {
    starvation_ = std::make_unique<Starvation>(seconds(plan_.starved_s));
    step(fmt::format("from here on, and for {} s at the most, {} busy loops run {}", plan_.starved_s,
                     starvation_->loops(), starvation_->urgent() ? "before everybody" : "beside everybody"));
  }
  patience_.pass(seconds(2));
  return true;
}

void Exercise::mark() {
  late_ms_ = 0;
  for (auto* callers : {&talkers_, &waiters_})
    for (const auto& caller : *callers) caller->voice().mark();
}

Gap Exercise::longest_gap(const Callers& callers) const {
  Gap longest;
  for (const auto& caller : callers)
    if (const auto ms = caller->voice().longest_gap_ms(); ms > longest.ms)
      longest = {ms, caller->voice().longest_gap_began_s()};
  return longest;
}

Result<bool> Exercise::strike() {
  mark();
  const auto calm_since = Clock::now();
  patience_.pass(target_.measured());
  if (patience_.lost()) return refuse("stopped", "stopped before the fault");
  tally_.calm += std::chrono::duration_cast<milliseconds>(Clock::now() - calm_since);
  tally_.talking_gaps.calm.longer(longest_gap(talkers_));
  tally_.waiting_gaps.calm.longer(longest_gap(waiters_));
  tally_.late_calm_ms = std::max(tally_.late_calm_ms, late_ms_);
  step("that was the calm; now the fault");
  std::vector<Overheard> calls;
  for (const auto* callers : {&talkers_, &waiters_})
    for (const auto& caller : *callers) calls.push_back(caller->overheard());
  target_.overhear(std::move(calls));
  mark();
  const auto struck = Clock::now();
  if (auto fell = target_.strike(); !fell) return fell;
  if (auto back = await_return(); !back) return back;
  note_packets();
  patience_.pass(std::max<Clock::duration>(kShows, struck + target_.measured() - Clock::now()));
  const auto callers = static_cast<int>(talkers_.size() + waiters_.size());
  (void)patience_.wait_while([&] { return there() == callers; }, [&] { return there(); }, kStill);
  if (patience_.lost()) return refuse("stopped", "stopped; nothing was counted");
  tally_.fault += std::chrono::duration_cast<milliseconds>(Clock::now() - struck);
  const auto desks = static_cast<int>(std::count_if(desks_.begin(), desks_.end(), [](const auto& desk) {
    return desk->connected() && desk->state() == OperatorState::talking;
  }));
  const bool first = strikes_++ == 0;
  tally_.there = first ? there() : std::min(tally_.there, there());
  tally_.desks_back = first ? desks : std::min(tally_.desks_back, desks);
  tally_.talking_gaps.fault.longer(longest_gap(talkers_));
  tally_.waiting_gaps.fault.longer(longest_gap(waiters_));
  tally_.late_fault_ms = std::max(tally_.late_fault_ms, late_ms_);
  return true;
}

Result<bool> Exercise::await_return() {
  using Sight = Target::Sight;
  std::vector<int> pictures;
  for (const auto& desk : desks_) pictures.push_back(desk->pictures());
  const auto struck = Clock::now();
  Result<Sight> sight = Sight::standing;
  const auto see = [&](Sight wanted) {
    return patience_.wait([&] { return !(sight = target_.look()) || *sight >= wanted; }, std::chrono::minutes(10));
  };
  const auto seen = [&](Sight wanted) -> Result<bool> {
    const bool came = see(wanted);
    if (!sight) return tl::unexpected(sight.error());
    if (!came) return refuse("stopped", "stopped; nothing was counted");
    return true;
  };
  if (auto away = seen(Sight::away); !away) return away;
  if (target_.parts_consoles()) step(fmt::format("what was hit is gone ({:.0f} ms after the fault)", ms_since(struck)));
  if (auto back = seen(Sight::back); !back) return back;
  const auto since = target_.counted_from();
  tally_.back_after_what = target_.counted_from_what();
  step(fmt::format("it is there again, {:.0f} ms after {}", ms_since(since), tally_.back_after_what));
  const auto desks_back = [&] {
    for (std::size_t i = 0; i < desks_.size(); ++i) {
      const bool anew = !target_.parts_consoles() || desks_[i]->pictures() != pictures[i];
      const bool hears = target_.parts_consoles() || desks_[i]->voice().silent_ms() < kDeaf_ms;
      if (!desks_[i]->connected() || !anew || !hears) return false;
    }
    return true;
  };
  (void)patience_.wait_while(
      desks_back, [&] { return moved(); }, kStill);
  const auto back_after_ms = ms_since(since);
  tally_.back_after_ms = std::max(tally_.back_after_ms, back_after_ms);
  step(fmt::format("the operators' consoles are back, {:.0f} ms after {}", back_after_ms, tally_.back_after_what));
  return true;
}

Result<bool> Exercise::carry_on() {
  if (waiters_.empty()) return true;
  std::set<CallId> before;
  for (const auto& desk : desks_) before.insert(desk->call());
  const auto move_first = [](Callers& from, Callers& to) {
    to.push_back(std::move(from.front()));
    from.erase(from.begin());
  };
  move_first(talkers_, served_);
  served_.back()->hang_up();
  move_first(waiters_, talkers_);  // who waits longest is next (docs/rules.md)
  dial(waiters_, 1);
  const auto carried_on = [&] {
    const auto others =
        std::count_if(desks_.begin(), desks_.end(), [&](const auto& desk) { return !before.contains(desk->call()); });
    return others == 1 && all_desks(OperatorState::talking) && all_hear(talkers_) && all_hear(waiters_) &&
           served_.back()->state() == Caller::State::ended;
  };
  if (!patience_.wait_while(
          carried_on, [&] { return moved(); }, kStill))
    return refuse("io", "calls do not go on: nobody answers who waits longest, or who calls now hears nothing");
  step("a conversation ended, whoever waited longest was answered, somebody called");
  return true;
}

void Exercise::wind_up() {
  // Half of the conversations are ended by the operator, half by the caller; half of the queue gives up, the rest is
  // answered by whoever becomes free.
  for (std::size_t i = 0; i < waiters_.size(); i += 2) waiters_[i]->hang_up();
  for (std::size_t i = 0; i < talkers_.size(); i += 2) talkers_[i]->hang_up();
  patience_.pass(seconds(1));
  auto next = Clock::now();
  const auto served = [&] {
    if (Clock::now() >= next) {
      next = Clock::now() + milliseconds(300);
      for (const auto& desk : desks_)
        if (desk->state() == OperatorState::talking && desk->voice().silent_ms() < kDeaf_ms) desk->hang_up();
    }
    return all_over();
  };
  (void)patience_.wait_while(
      served, [&] { return moved(); }, kStill);
  step("conversations ended from both sides; who waited was answered, or hung up");
  rest_desks();
}

std::int64_t Exercise::moved() const {
  std::uint64_t sum = 0;
  const auto add = [&](std::int64_t value) { sum = sum * 31 + static_cast<std::uint64_t>(value); };
  for (const auto* callers : {&talkers_, &waiters_})
    for (const auto& caller : *callers) {
      add(static_cast<std::int64_t>(caller->state()));
      add(caller->voice().packets() > 0);
    }
  for (const auto& desk : desks_) {
    add(static_cast<std::int64_t>(desk->state()));
    add(desk->call().value);
    add(desk->pictures() * 2 + desk->connected());
  }
  return static_cast<std::int64_t>(sum >> 1);
}

void Exercise::note_packets() {
  packets_.clear();
  for (const auto* callers : {&talkers_, &waiters_})
    for (const auto& caller : *callers) packets_.push_back(caller->voice().packets());
}

int Exercise::there() const {
  int there = 0;
  std::size_t i = 0;
  for (const auto* callers : {&talkers_, &waiters_})
    for (const auto& caller : *callers)
      there += caller->state() == Caller::State::answered && caller->voice().packets() >= packets_[i++] + kHeard;
  return there;
}

void Exercise::rest_desks() {
  for (const auto& desk : desks_) desk->rest();
  (void)patience_.wait_while([&] { return all_desks(OperatorState::not_ready); }, [&] { return moved(); }, kStill);
}

void Exercise::let_go() {
  patience_.regain();
  starvation_.reset();
  for (const auto& desk : desks_) desk->rest();
  const auto dialling = [&](const Callers& callers) {
    return std::any_of(callers.begin(), callers.end(), [](auto& c) { return c->state() == Caller::State::dialling; });
  };
  (void)patience_.wait([&] { return !dialling(talkers_) && !dialling(waiters_); }, seconds(3));
  for (auto* callers : {&talkers_, &waiters_})
    for (const auto& caller : *callers)
      if (caller->state() == Caller::State::answered) caller->hang_up();
  (void)patience_.wait([&] { return all_over(); }, seconds(10));
  rest_desks();
}

std::int64_t Exercise::held_by_media() {
  std::int64_t held = -1;
  media::NgClient ng(io_, doors_.ng->port(), doors_.ng->address().to_string());
  ng.ask({{"command", "list"}, {"limit", 100'000}}, [&](Result<boost::json::object> reply) {
    held = reply && reply->contains("calls") ? static_cast<std::int64_t>(reply->at("calls").as_array().size()) : -2;
  });
  (void)patience_.wait([&] { return held != -1; }, kStill);
  ng.close();
  io_.run_for(milliseconds(10));
  return held;
}

bool Exercise::conclude() {
  starvation_.reset();
  tally_.waiting = plan_.waiting;
  tally_.talking = plan_.talking;
  tally_.served = static_cast<int>(served_.size());
  if (doors_.ng) {
    auto held = held_by_media();
    (void)patience_.wait_while([&] { return held >= 0 && held <= held_before_; },
                               [&] { return held = held_by_media(); }, seconds(10));
    tally_.left_at_media = held < 0 ? held : std::max<std::int64_t>(0, held - held_before_);
  }
  std::set<std::string> known;
  if (!doors_.data.empty()) {
    auto ids = call_ids_in_journal(doors_.data, doors_.keys);
    if (!ids) fmt::print(stderr, "sigap: the journal cannot be read: {}\n", ids.error().message);
    if (ids) known = std::move(*ids);
    tally_.in_journal = 0;
  }
  for (auto* callers : {&talkers_, &waiters_, &served_})
    for (const auto& caller : *callers) {
      const bool had_200 = caller->ended_by() != Caller::EndedBy::refused && caller->voice().packets() > 0;
      tally_.given_200 += had_200;
      if (tally_.in_journal) *tally_.in_journal += had_200 && known.contains(caller->call_id());
      tally_.ended += caller->ended_by() == Caller::EndedBy::caller || caller->ended_by() == Caller::EndedBy::server;
    }
  // Whoever waited and heard our BYE was hung up by an operator.
  for (const auto& caller : waiters_) tally_.answered_later += caller->ended_by() == Caller::EndedBy::server;
  tally_.findings = target_.findings();
  return tell(tally_);
}

}  // namespace sigap::drill
