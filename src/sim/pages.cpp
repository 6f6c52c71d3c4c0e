#include "sim/pages.h"

#include <algorithm>

#include "base/overloaded.h"
#include "core/views/project.h"
#include "sdp/browser.h"

namespace sigap::sim {
namespace {

constexpr Duration kHalfSecond = milliseconds(500);  ///< a page beats each second, a hand looks twice
constexpr Duration kWay = milliseconds(30);          ///< over the internet
constexpr Duration kAgain = seconds(1);              ///< as web/src/core/caller.ts
constexpr Duration kWritesAgain = seconds(3);
constexpr std::int64_t kLinesMost = 6;
constexpr std::int64_t kAddresses = 4;
constexpr std::int64_t kOfPages = 1'000'000'000'000;  ///< callers' references beyond those of numbers

std::string digits(std::int64_t number, std::size_t length) {
  auto text = std::to_string(number);
  return std::string(length - std::min(length, text.size()), '0') + text;
}

}  // namespace

void Pages::begin() {
  if (!stage_.scenario.pages) return;
  next_page();
  each_half_second();
}

void Pages::next_page() {
  stage_.after(stage_.pages.exponential(*stage_.scenario.pages), [this] {
    if (stage_.healing || stage_.elapsed() >= stage_.scenario.lasts) return;
    const Who who = ++count_;
    auto& page = pages_[who];
    page.secret = "page" + digits(who, 39);
    const auto& stations = stage_.scenario.stations;
    page.station =
        stations[static_cast<std::size_t>(stage_.pages.below(static_cast<std::int64_t>(stations.size())))].code;
    dials(who);
    next_page();
  });
}

/// Beats of who is there, and the hand's own look at the time. What is told twice is told once.
void Pages::each_half_second() {
  stage_.after(kHalfSecond, [this] {
    if (served()) {
      std::vector<ports::ConnectionId> there;
      for (const auto& [connection, who] : sockets_) there.push_back(connection);
      for (const auto connection : there)
        if (hand_->has(connection)) hand_->hear(connection, core::Heartbeat{});
      for (const auto& [leg, record] : records_) hand_->changed(leg);
      let_go();
      listened_ = listened_ + kHalfSecond;
      hand_->tick(listened_);
    }
    each_half_second();
  });
}

void Pages::later(Who who, Duration time, std::function<void()> then) {
  stage_.after(time, [this, who, call = pages_[who].call, then = std::move(then)] {
    const auto it = pages_.find(who);
    if (it != pages_.end() && it->second.call == call && !it->second.token.empty()) then();
  });
}

void Pages::dials(Who who) {
  auto& page = pages_[who];
  ++page.call;
  page.token = "token" + digits(++tokens_, 38);
  page.leg = {};
  page.offer = 1;
  page.offered = true;
  page.accepted = page.talked = page.ends = false;
  // Chance of its own: who writes must not change who calls.
  page.lines = Random(stage_.scenario.seed * 1'000'039 + static_cast<std::uint64_t>(tokens_)).below(kLinesMost + 1);
  page.written = 0;
  ++stage_.counts["pages_call"];
  connects(who);
  later(who, stage_.pages.exponential(stage_.scenario.patience), [this, who] {
    if (!pages_[who].talked) hangs_up(who);
  });
  goes_wrong(who);
}

void Pages::goes_wrong(Who who) {
  const auto when = stage_.pages.between(seconds(1), seconds(40));
  const auto what = stage_.pages.below(100);
  if (what >= 60) return;
  later(who, when, [this, who, what] {
    if (stage_.healing) return;
    if (what < 10) {  // closed for good, or a telephone without power
      ++stage_.counts["pages_gone"];
      loses(who);
      pages_.erase(who);
    } else if (what < 35) {
      ++stage_.counts["pages_lost"];
      loses(who);
      later(who, stage_.pages.between(milliseconds(200), seconds(25)), [this, who] { connects(who); });
    } else if (what < 50) {
      ++stage_.counts["pages_loaded_anew"];
      loses(who);
      later(who, stage_.pages.between(milliseconds(200), seconds(4)), [this, who] {
        connects(who);
        if (pages_[who].accepted) offers_anew(who);
      });
    } else {
      opened_twice(who);
    }
  });
}

/// The same page in another window, or one that forgot its call: it has one call all the same.
void Pages::opened_twice(Who who) {
  if (!served()) return;
  ++stage_.counts["pages_opened_twice"];
  if (stage_.pages.chance(50)) {
    loses(who);
    return dials(who);
  }
  const auto connection = ++connections_;
  hand_->connected(connection, "other window");
  auto said = call_of(pages_[who]);
  said.token = "token" + digits(++tokens_, 38);
  calling_ = who;
  other_window_ = true;
  hand_->hear(connection, said);
  other_window_ = false;
  calling_ = 0;
}

core::PageCall Pages::call_of(const Page& page) const {
  core::PageCall said;
  said.token = page.token;
  said.page = page.secret;
  said.offer = page.offer;
  sdp::BrowserVoice voice;
  voice.ice_user = "user" + std::to_string(page.offer);
  voice.ice_password = "P2uYro0UCOQ4zxjKXaWCBui1";
  voice.fingerprint =
      "sha-256 0A:1B:2C:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8:F9:0A:1B:2C:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8:F9";
  said.sdp = sdp::write(voice);
  return said;
}

/// Its first word on each connection, as web/src/core/caller.ts.
void Pages::connects(Who who) {
  auto& page = pages_[who];
  if (page.token.empty() || page.connection) return;
  if (!served()) return later(who, kAgain, [this, who] { connects(who); });
  page.connection = ++connections_;
  sockets_[page.connection] = who;
  hand_->connected(page.connection, "address " + std::to_string(who % kAddresses));
  if (page.accepted) {
    says(who, core::PageBack{page.token, ""});
    if (page.offered) says(who, core::PageOffer{page.offer, call_of(page).sdp});
  } else {
    says(who, call_of(page));
  }
  if (page.ends) says(who, core::PageHangUp{});
}

/// What nobody hears is said again on the next connection.
void Pages::hangs_up(Who who) {
  pages_[who].ends = true;
  says(who, core::PageHangUp{});
}

void Pages::loses(Who who) {
  auto& page = pages_[who];
  const auto connection = std::exchange(page.connection, 0);
  sockets_.erase(connection);
  if (connection && served()) hand_->disconnected(connection);
}

void Pages::says(Who who, core::ClientMessage message) {
  stage_.after(kWay, [this, who, connection = pages_[who].connection, message = std::move(message)] {
    if (!connection || !served() || !hand_->has(connection)) return;
    calling_ = who;
    hand_->hear(connection, message);
    calling_ = 0;
  });
}

void Pages::offers_anew(Who who) {
  auto& page = pages_[who];
  ++page.offer;
  page.offered = true;
  says(who, core::PageOffer{page.offer, call_of(page).sdp});
}

void Pages::hears(ports::ConnectionId connection, const core::ServerMessage& message) {
  const auto it = sockets_.find(connection);
  if (it == sockets_.end()) return;
  const Who who = it->second;
  std::visit(Overloaded{
                 [&](const core::PageStatus& status) {
                   auto& page = pages_[who];
                   if (!std::exchange(page.accepted, true)) writes(who);
                   if (!status.connected || std::exchange(page.talked, true)) return;
                   ++stage_.counts["pages_talked"];
                   later(who, stage_.pages.exponential(stage_.scenario.talk), [this, who] { hangs_up(who); });
                 },
                 [&](const core::PageAnswer& answer) { answered(who, answer); },
                 [&](const core::PageLines& told) {
                   auto& page = pages_[who];
                   if (told.full) page.written = 0;
                   for (const auto& line : told.lines) page.written += line.by == calls::SaidBy::caller;
                 },
                 [&](const core::PageCallOver&) { over(who); },
                 [&](const core::Refused& refused) {
                   if (refused.code == "busy" || refused.code == "no_call") return;
                   ++stage_.counts["pages_told_" + refused.code];
                   over(who);
                 },
                 [](const auto&) {},
             },
             message);
}

void Pages::answered(Who who, const core::PageAnswer& answer) {
  auto& page = pages_[who];
  if (answer.offer == 0) return offers_anew(who);
  if (!page.offered || answer.offer != page.offer) return;
  if (answer.sdp.empty())
    return later(who, kAgain, [this, who] {
      const auto& waiting = pages_[who];
      if (waiting.offered) says(who, core::PageOffer{waiting.offer, call_of(waiting).sdp});
    });
  page.offered = false;
  says(who, core::PageVoice{page.offer});
}

void Pages::writes(Who who) {
  const auto& page = pages_[who];
  if (page.written >= page.lines) return;
  ++stage_.counts["pages_wrote"];
  says(who, core::PageText{"w" + std::to_string(page.written + 1), "tolong"});
  later(who, kWritesAgain, [this, who] { writes(who); });
}

/// One answer a line, by whoever talks to them; said again until it is written.
void Pages::answers(CallId id, std::int64_t number) {
  const auto& s = stage_.server.state();
  const auto* call = s.calls.find(id);
  if (!call || call->state == calls::CallState::ended || answers_[id] >= number) return;
  const auto* session = call->state == calls::CallState::talking ? s.people.session_of(call->operator_) : nullptr;
  if (session && answers_[id] == number - 1)
    stage_.ask(session->id, core::SayText{id, "o" + std::to_string(number), "ya"});
  stage_.after(kWritesAgain, [this, id, number] { answers(id, number); });
}

/// Some call again, by the same page.
void Pages::over(Who who) {
  loses(who);
  auto& page = pages_[who];
  ++page.call;
  page.token.clear();
  page.accepted = false;
  const bool again = !stage_.healing && stage_.pages.chance(stage_.scenario.redial / 2);
  if (!again) return void(pages_.erase(who));
  stage_.after(stage_.pages.between(seconds(2), seconds(30)), [this, who] {
    const auto it = pages_.find(who);
    if (it == pages_.end() || !it->second.token.empty()) return;
    if (stage_.healing) return void(pages_.erase(it));
    dials(who);
  });
}

void Pages::everybody_hangs_up() {
  for (const auto& [who, page] : pages_)
    if (!page.token.empty()) hangs_up(who);
}

std::string Pages::missing() const {
  if (!served()) return {};
  const auto& s = stage_.server.state();
  for (const auto& [who, page] : pages_)
    if (page.accepted && page.connection && page.leg && !s.calls.find(page.leg) && !s.calls.leg(page.leg))
      return page.leg.value;
  return {};
}

// ---- the server's side

void Pages::event(const core::Event& event) {
  if (const auto* arrived = std::get_if<calls::CallArrived>(&event.body);
      arrived && runtime::is_page_leg(arrived->leg.value))
    arrived_.insert(arrived->leg);
  const auto* said = std::get_if<calls::TextSaid>(&event.body);
  if (said && said->by == calls::SaidBy::operator_) ++answers_[said->call];
  if (said && said->by == calls::SaidBy::caller) {
    const auto* call = stage_.server.state().calls.find(said->call);
    const auto lines =
        call && call->lines ? std::ranges::count(*call->lines, calls::SaidBy::caller, &calls::Line::by) : 0;
    stage_.after(seconds(1), [this, id = said->call, lines] { answers(id, lines); });
  }
}

/// As the switchboard does, when it is written that a leg has ended.
void Pages::let_go() {
  const auto& s = stage_.server.state();
  std::erase_if(ending_, [&](const LegId& leg) {
    const bool over = arrived_.contains(leg) && !s.calls.leg(leg) && !s.calls.find(leg);
    if (over) hand_->hang_up(leg);
    return over;
  });
}

void Pages::is_over(const LegId& leg) {
  for (auto& [who, page] : pages_)
    if (page.leg == leg) page.leg = {};
}

void Pages::started() {
  if (!stage_.scenario.pages) return;
  life_ = stage_.server.lives();
  listened_ = {};
  sockets_.clear();
  ending_.clear();
  runtime::PageCallsConfig config;
  config.calls_max = stage_.server.sabotage().pages_unbounded ? 1'000 : kCalls;
  config.calls_of_address = stage_.server.sabotage().pages_unbounded ? 1'000 : kOfAddress;
  hand_ = std::make_unique<runtime::PageCalls>(config);
  // A page hears a little later: the hand is in the middle of what it does.
  hand_->join({[this](ports::ConnectionId to, const core::ServerMessage& message) {
                 stage_.after(kWay, [this, to, message] { hears(to, message); });
               },
               [this](ports::ConnectionId connection) {
                 stage_.after(kWay, [this, connection] {
                   const auto it = sockets_.find(connection);
                   if (it == sockets_.end()) return;
                   const Who who = it->second;
                   loses(who);
                   later(who, kAgain, [this, who] { connects(who); });
                 });
               },
               [this] { return digits(++legs_, 32); }, [this] { return stage_.now; },
               [this](const LegId& leg) { return core::views::page_status(stage_.server.state(), leg); },
               [this](const LegId&) { return stage_.now; }, [] { return core::Relay{}; },
               [this](const LegId& leg) {
                 const auto* call = stage_.server.state().calls.find(leg);
                 return call ? core::views::lines_of(*call) : std::vector<core::LineCard>{};
               },
               [this](core::Input input, auto) { stage_.say(Way::sip, std::move(input), true); }},
              *this);
  const auto& s = stage_.server.state();
  for (auto& [who, page] : pages_) {
    page.connection = 0;
    if (page.leg && !s.calls.leg(page.leg)) page.leg = {};
  }
  std::vector<ports::LegRecord> kept;
  std::erase_if(records_, [&](const auto& one) { return !s.calls.legs.contains(one.first); });
  for (auto& [id, record] : records_) {
    const auto* leg = s.calls.leg(id);
    const auto* call = s.calls.find(id);
    record.our_sdp = leg->our_sdp;
    kept.push_back(record);
    if (!call || leg->ending) {
      is_over(id);
      stage_.say(Way::sip, core::LegEnded{id, calls::CallEndedBy::system, "hang-up"});
      continue;
    }
    if (!leg->voice) stage_.say(Way::media, core::VoiceOpened{id, fresh_sdp()});
    if (call->state == calls::CallState::talking && !call->connected && !call->awaits_callee())
      stage_.say(Way::media, core::BridgeReported{call->offer, true, ""}, true);
  }
  (void)hand_->restore(kept);
  for (const auto& [who, page] : pages_)
    if (!page.token.empty())
      later(who, stage_.pages.between(milliseconds(200), seconds(3)), [this, who = who] { connects(who); });
}

bool Pages::carry_out(const core::Effect& effect) {
  if (!hand_) return false;
  bool ours = false;
  const auto of_page = [&](const LegId& leg, auto then) {
    ours = runtime::is_page_leg(leg.value);
    if (ours) then();
  };
  const auto opened = [&](const LegId& leg) {
    of_page(leg, [&] {
      hand_->proceed(leg);
      stage_.say(Way::media, core::VoiceOpened{leg, fresh_sdp()});
    });
  };
  visit_some(Overloaded{
                 [&](const core::OpenVoice& e) { opened(e.leg); },
                 [&](const core::RingCaller& e) { opened(e.leg); },
                 [&](const core::AnswerCall& e) { of_page(e.leg, [&] { hand_->answer(e.leg, e.sdp); }); },
                 [&](const core::RefuseCall& e) {
                   of_page(e.leg, [&] {
                     is_over(e.leg);
                     hand_->refuse(e.leg, static_cast<int>(e.status));
                   });
                 },
                 [&](const core::EndLeg& e) {
                   of_page(e.leg, [&] {
                     is_over(e.leg);
                     hand_->hang_up(e.leg);
                   });
                 },
             },
             effect.body);
  return ours;
}

void Pages::call_arrived(ports::IncomingCall call) {
  core::CallArrives in;
  in.leg = call.leg;
  in.trunk = call.trunk;
  in.dialled = call.dialled;
  in.caller = {kOfPages};
  if (const auto it = pages_.find(calling_); it != pages_.end()) {
    if (!other_window_) it->second.leg = call.leg;
    in.trunk_station = it->second.station;
    in.caller = {kOfPages + calling_};
  }
  in.signalling = call.invite;
  records_[call.leg] = {call.leg, call.invite, {}, false, false, false, {}, call.trunk};
  stage_.say(Way::sip, std::move(in));
}

void Pages::leg_confirmed(LegId leg) {
  stage_.say(Way::sip, core::LegConfirmed{std::move(leg)});
}

void Pages::voice_described(LegId leg, ports::VoiceDescription description) {
  records_[leg].latest = description.message;
  stage_.say(Way::sip, core::VoiceRenegotiated{std::move(leg), fresh_sdp(), description.message, description.offered});
}

void Pages::key_pressed(LegId leg, std::string digit) {
  stage_.say(Way::sip, core::DigitPressed{std::move(leg), std::move(digit)}, true);
}

void Pages::caller_moved(LegId leg, ports::CallerPlace place) {
  stage_.say(Way::sip, core::CallerMoves{std::move(leg), place.location, {}});
}

void Pages::door_reported(ports::DoorReport report) {
  core::TurnedAwayAtDoor in;
  in.over = report.over;
  for (const auto& refused : report.refusals) in.refusals.push_back({refused.trunk, refused.status, refused.count});
  stage_.say(Way::sip, std::move(in));
}

void Pages::leg_ended(LegId leg, ports::LegEndedBy by, std::string reason) {
  const auto who = by == ports::LegEndedBy::caller ? calls::CallEndedBy::caller
                   : by == ports::LegEndedBy::us   ? calls::CallEndedBy::system
                                                   : calls::CallEndedBy::network;
  stage_.say(Way::sip, core::LegEnded{leg, who, std::move(reason)});
  is_over(leg);
  ending_.insert(leg);
}

}  // namespace sigap::sim
