#include "runtime/screens/gateway.h"

#include <algorithm>

#include "base/hash.h"
#include "base/overloaded.h"
#include "core/decide/clients.h"
#include "runtime/clients/client_door.h"
#include "runtime/voice/page_calls.h"
#include "runtime/voice/switchboard.h"

namespace sigap::runtime {
namespace {

constexpr std::size_t kPlacesMost = 8;  // what a drop-down shows without scrolling
constexpr Duration kFollowerSilence = seconds(30);
constexpr Duration kFollowerWithout = seconds(10);  // a page says at once what it follows; own

/// The caller's number in a command that asks about one.
const std::string* number_in(const core::Command& command) {
  if (const auto* look = std::get_if<core::LookUpCaller>(&command)) return &look->number;
  if (const auto* forget = std::get_if<core::ForgetCaller>(&command)) return &forget->number;
  return nullptr;
}

/// What only citizens' pages say.
template <class M>
concept OfCitizens = OneOf<M, core::Track, core::PageCall, core::PageBack, core::PageOffer, core::PageVoice,
                           core::PageKey, core::PageHangUp, core::PageText, core::PageLanguage, core::AskCaseForm,
                           core::FileCase, core::ReadCase, core::ContestCase, core::RateCase>;

/// Whose browser says this. A message without a line does not compile.
enum class Sender { anybody, staff, desk, officer, citizen };

Sender sender_of(const core::ClientMessage& message) {
  return std::visit(
      Overloaded{
          // A request is looked at by the core.
          [](const OneOf<core::Request, core::Prove, core::OfferTotp, core::OfferPasskey, core::Heartbeat> auto&) {
            return Sender::anybody;
          },
          [](const OfCitizens auto&) { return Sender::citizen; },
          [](const OneOf<core::FindPlace, core::ReadReport, core::FindRecordings> auto&) { return Sender::staff; },
          [](const OneOf<core::MediaAnswer, core::ResumeVoice> auto&) { return Sender::desk; },
          [](const OneOf<core::PositionReport, core::AlertSeen> auto&) { return Sender::officer; },
      },
      message);
}

/// Whoever signed in elsewhere is told where, on the screen that they leave.
core::SessionOver told_of(const people::SessionEnded& over, const std::vector<core::Event>& events) {
  core::SessionOver told{over.how, {}, {}};
  if (over.how != people::SessionEnd::replaced) return told;
  for (const auto& event : events) {
    const auto* opened = std::get_if<people::SessionOpened>(&event.body);
    if (!opened || opened->person != over.person || !opened->device_kind) continue;
    if (const auto* kind = opened->device_kind->reveal()) told.elsewhere = *kind;
    told.new_device = opened->new_device;
  }
  return told;
}

}  // namespace

Gateway::Gateway(GatewayConfig config, CoreThread& core, Switchboard& switchboard, const Places& places,
                 ports::Passwords& passwords, ports::KnownPasswords& known_passwords, ports::SecondFactors& factors,
                 ports::Entropy& entropy)
    : config_(std::move(config)),
      core_(core),
      switchboard_(switchboard),
      places_(places),
      passwords_(passwords),
      known_passwords_(known_passwords),
      factors_(factors),
      entropy_(entropy),
      decoy_hash_(passwords.hash(entropy.token())) {}

// ---- browsers come and go

void Gateway::connected(ports::ConnectionId connection, ports::Channel channel, std::string token) {
  core_.post_always([this, connection, channel, token = std::move(token)] {
    if (channel == ports::Channel::caller)
      pages_->connected(connection, token);
    else if (channel == ports::Channel::citizen)
      followers_[connection] = {.address = token, .heard = listened_, .came = listened_};
    else
      attach(connection, token);
  });
}

void Gateway::attach(ports::ConnectionId connection, const std::string& token) {
  const auto* session = session_by_token(token);
  if (!session) {
    send(connection, core::SessionOver{people::SessionEnd::expired, {}, {}});
    return web_->close(connection);
  }
  const SessionId id = session->id;
  for (auto it = browsers_.begin(); it != browsers_.end();) {  // the same sign-in in a newer tab
    if (it->second.session != id) {
      ++it;
      continue;
    }
    tell_shown(it->second);
    send(it->first, core::SessionOver{people::SessionEnd::replaced, {}, {}});
    web_->close(it->first);
    it = browsers_.erase(it);
  }
  browsers_.emplace(connection, Browser{id, session->person, core::views::Picture(id), listened_, false, {}, {}});
  // In the turn that makes it known: who is offered a call must see it ring.
  core_.submit(core::BrowserAttached{id}, [this, connection, id](const Reply&) {
    const auto it = browsers_.find(connection);
    if (it == browsers_.end()) return;
    send(connection, core::Welcome{config_.version, core_.now(), id});
    show(connection, it->second, it->second.picture.complete(view(it->second)));
    it->second.greeted = true;
    switchboard_.browser_attached(id);
  });
}

void Gateway::disconnected(ports::ConnectionId connection) {
  core_.post_always([this, connection] { detach(connection); });
}

void Gateway::detach(ports::ConnectionId connection) {
  pages_->disconnected(connection);
  unfollow(connection);
  const auto it = browsers_.find(connection);
  if (it == browsers_.end()) return;
  tell_shown(it->second);
  core_.submit(core::BrowserGone{it->second.session});
  browsers_.erase(it);
}

void Gateway::end_browsers(SessionId session, const core::SessionOver& over) {
  for (auto it = browsers_.begin(); it != browsers_.end();) {
    if (it->second.session != session) {
      ++it;
      continue;
    }
    tell_shown(it->second);
    send(it->first, over);
    web_->close(it->first);
    it = browsers_.erase(it);
  }
}

// ---- what browsers say

void Gateway::received(ports::ConnectionId connection, std::string text) {
  auto message = codec::read_message(text);
  const bool posted = core_.post([this, connection, message = std::move(message)]() mutable {
    if (message) return hear(connection, std::move(*message));
    const auto& wrong = message.error();
    send(connection, core::Refused{0, wrong.code, wrong.field, wrong.message});
  });
  if (!posted)
    web_->send(connection, codec::write_message(core::Refused{0, "busy", "", "too much work: say it again"}));
}

void Gateway::hear(ports::ConnectionId connection, core::ClientMessage message) {
  if (const auto it = followers_.find(connection); it != followers_.end()) {
    it->second.heard = listened_;
    if (const auto* track = std::get_if<core::Track>(&message)) {
      const auto address = it->second.address;
      unfollow(connection);
      auto& follower = followers_[connection] = {
          .address = address, .token_hash = sha256_hex(track->token), .heard = listened_, .came = listened_};
      if (const auto* report = core_.engine().state().incidents.by_token(follower.token_hash)) {
        follower.report = report->id;
        followed_[report->id].insert(connection);
      }
      follow(connection, follower);
    } else if (hear_complaint(connection, it->second, message)) {
      return;
    } else if (!std::holds_alternative<core::Heartbeat>(message)) {
      send(connection,
           core::Refused{0, "not_allowed", "type", "this page follows a report or a complaint and nothing else"});
    } else {
      send(connection, core::Beat{core_.now()});
    }
    return;
  }
  if (pages_->has(connection)) return pages_->hear(connection, message);
  const auto it = browsers_.find(connection);
  if (it == browsers_.end()) return;  // its session ended while the message was under way
  it->second.heard = listened_;
  hear_staff(connection, it->second, std::move(message));
}

void Gateway::hear_staff(ports::ConnectionId connection, Browser& browser, core::ClientMessage message) {
  const auto& person = *core_.engine().state().people.person(browser.person);
  const auto role = person.role;
  const auto says = sender_of(message);
  if (says == Sender::citizen)
    return send(connection, core::Refused{0, "not_allowed", "type", "only of a citizen's page"});
  if (const auto why = core::access::shut(core_.engine().state(), person); why && says != Sender::anybody)
    return send(connection, core::Refused{0, why->code, "type", why->message});
  if ((says == Sender::officer && role != people::Role::officer) ||
      (says == Sender::desk && !people::takes_calls(role)))
    return send(connection, core::Refused{0, "not_allowed", "type", "your role does not have this"});
  std::visit(Overloaded{
                 [&](core::Request& r) {
                   request(core::SignedIn{browser.session}, std::move(r),
                           [this, connection](const core::ServerMessage& answer) { send(connection, answer); });
                 },
                 [&](core::MediaAnswer& answer) { switchboard_.browser_answered(browser.session, answer); },
                 [&](core::ResumeVoice& resume) { switchboard_.resume_voice(browser.session, resume.call); },
                 [&](core::PositionReport& report) { position(browser, report); },
                 [&](core::AlertSeen& seen) {
                   core_.submit(core::AlertShown{browser.session, seen.alert});
                 },
                 [&](core::FindPlace& find) {
                   const auto& s = core_.engine().state();
                   const auto* station = s.stations.find(s.people.person(browser.person)->station);
                   const auto near = station ? std::optional(station->point) : std::nullopt;
                   const auto id = find.id;
                   const bool posted = finder_.post([this, connection, id, text = std::move(find.text), near] {
                     send(connection, core::PlacesFound{id, places_.find(text, near, kPlacesMost)});
                   });
                   if (!posted) send(connection, core::PlacesFound{id, {}});
                 },
                 [&](core::ReadReport& report) { read_report(connection, person, report); },
                 [&](core::OfferTotp& offer) { offer_totp(connection, browser, offer.id); },
                 [&](core::OfferPasskey& offer) { offer_new_passkey(connection, browser, offer.id); },
                 [&](core::FindRecordings& find) { find_recordings(connection, browser, find); },
                 [&](core::Prove& proof) { prove(connection, browser, std::move(proof)); },
                 [&](core::Heartbeat&) { send(connection, core::Beat{core_.now()}); },
                 [](OfCitizens auto&) {},  // refused above
             },
             message);
}

const people::Person* Gateway::person_of(const core::Asker& asker) const {
  const auto* signed_in = std::get_if<core::SignedIn>(&asker);
  const auto& people = core_.engine().state().people;
  const auto* session = signed_in ? people.session(signed_in->session) : nullptr;
  return session ? people.person(session->person) : nullptr;
}

void Gateway::request(const core::Asker& asker, core::Request request, const Tell& tell) {
  if (const auto* number = number_in(request.command)) return ask_about_caller(asker, request, *number, tell);
  if (const auto* asking = std::get_if<core::SignedIn>(&asker); asking && sets_factor(request.command))
    return set_factor(asking->session, std::move(request), tell);
  if (const auto call = call_in(request.command)) return ask_about_call(asker, std::move(request), call, tell);
  auto* password = password_in(request.command);
  if (!password) return ask(asker, request.id, std::move(request.command), tell);
  const auto kind = core::access::kind_of(core_.engine().state(), asker);
  const auto* person = person_of(asker);
  auto* change = std::get_if<core::ChangePassword>(&request.command);
  const bool shut = person && core::access::shut(core_.engine().state(), *person) && !change;
  if (kind && core::access::may(*kind, request.command) && !shut) return set_password(asker, std::move(request), tell);
  // Refused by the core, before any hashing and without a word of what was typed.
  password->clear();
  if (change) change->old_password.clear();
  ask(asker, request.id, std::move(request.command), tell);
}

void Gateway::ask(const core::Asker& asker, std::int64_t id, core::Command command, const Tell& tell,
                  std::optional<core::CallerRecords> found, std::optional<core::KnownCall> known) {
  const auto token = entropy_.token();  // not every command needs one; each could
  const bool key =
      std::holds_alternative<core::AddClient>(command) || std::holds_alternative<core::RotateClientKey>(command);
  core::CommandAsked asked{asker, std::move(command), token, sha256_hex(token), std::move(found), std::move(known)};
  core_.submit(std::move(asked), [id, tell, key, token](const Reply& reply) {
    if (!reply.refusal) return tell(core::Done{id, key ? std::optional(core::client_key_of(token)) : std::nullopt});
    const auto& r = *reply.refusal;
    tell(core::Refused{id, r.code, r.field.empty() ? "" : "command." + r.field, r.message});
  });
}

void Gateway::local_picture(Tell tell) {
  core_.post_always([this, tell = std::move(tell)] {
    people::Person administrator;
    administrator.role = people::Role::administrator;
    const auto& state = core_.engine().state();
    administrator.station = state.stations.headquarters();
    core::views::Picture picture({});
    auto update = picture.complete({state, core_.engine().positions(), config_.policy, administrator});
    for (const auto& [id, s] : state.rosters.shifts) {
      update.shifts.push_back({id, s.station, s.from, s.until, s.needed, s.begun, s.ended, {}, 0, 0});
      for (const auto person : s.people) update.shifts.back().people.push_back({person, std::nullopt, false, false});
    }
    tell(update);
  });
}

void Gateway::local_request(const std::string& text, Tell tell) {
  auto message = codec::read_message(text);
  if (!message) return tell(core::Refused{0, message.error().code, message.error().field, message.error().message});
  auto* said = std::get_if<core::Request>(&*message);
  if (!said) return tell(core::Refused{0, "invalid", "type", "only requests"});
  core_.post_always([this, said = std::move(*said), tell = std::move(tell)]() mutable {
    request(core::CommandLine{}, std::move(said), tell);
  });
}

void Gateway::raise_format(Tell tell) {
  core_.post_always([this, tell = std::move(tell)] {
    core_.submit(core::RaiseFormat{config_.version}, [tell](const Reply& reply) {
      if (!reply.refusal) return tell(core::Done{});
      tell(core::Refused{0, reply.refusal->code, reply.refusal->field, reply.refusal->message});
    });
  });
}

void Gateway::position(const Browser& browser, const core::PositionReport& report) {
  if (!core_.engine().state().dispatch.unit(browser.person)) return;  // off duty nobody is followed
  core_.engine().positions()[browser.person] = {report.point, core_.now(), report.radius_m};
  moved_.insert(browser.person);
}

// ---- what browsers hear

core::views::View Gateway::view(const Browser& browser) const {
  const auto& state = core_.engine().state();
  return {state, core_.engine().positions(), config_.policy, *state.people.person(browser.person)};
}

void Gateway::send(ports::ConnectionId connection, const core::ServerMessage& message) {
  web_->send(connection, codec::write_message(message));
}

void Gateway::happened(const std::vector<core::Event>& events) {
  for (const auto& event : events) {
    if (const auto* over = std::get_if<people::SessionEnded>(&event.body)) {
      end_browsers(over->session, told_of(*over, events));
      offered_.erase(over->session);
      const std::lock_guard lock(tokens_mutex_);
      if (const auto token = token_of_.extract(over->session)) tokens_.erase(token.mapped());
    }
    if (const auto* opened = std::get_if<people::SessionOpened>(&event.body)) {
      const std::lock_guard lock(tokens_mutex_);
      token_of_[opened->session] = opened->token_hash;
      tokens_.insert(opened->token_hash);
    }
    if (const auto* off = std::get_if<dispatch::UnitOffDuty>(&event.body)) core_.engine().positions().erase(off->unit);
  }
  if (client_door_) client_door_->happened(events);
  const auto touched = core::views::touched_by(core_.engine().state(), events);
  if (touched.nothing()) return;
  board_changed_ |= touched.board;
  for (auto& [connection, browser] : browsers_) {
    if (!browser.greeted) continue;
    if (const auto update = browser.picture.changes(view(browser), touched)) show(connection, browser, *update);
  }
  tell_followers(touched.incidents);
  tell_cases(touched.cases);
  for (const auto id : touched.calls)
    if (const auto* call = core_.engine().state().calls.find(id); call && call->by_page()) pages_->changed(call->leg);
}

/// Those of a report, and those of all reports of an event.
void Gateway::tell_followers(const std::set<IncidentId>& touched) {
  if (followed_.empty()) return;
  auto told = touched;
  const auto& events = core_.engine().state().incidents.reports;
  for (const auto id : touched)
    if (const auto its = events.find(id); its != events.end()) told.insert(its->second.begin(), its->second.end());
  for (const auto id : told)
    if (const auto its = followed_.find(id); its != followed_.end())
      for (const auto connection : its->second) follow(connection, followers_.at(connection));
}

void Gateway::unfollow(ports::ConnectionId connection) {
  const auto it = followers_.find(connection);
  if (it == followers_.end()) return;
  if (const auto its = followed_.find(it->second.report); its != followed_.end()) {
    its->second.erase(connection);
    if (its->second.empty()) followed_.erase(its);
  }
  followers_.erase(it);
}

void Gateway::follow(ports::ConnectionId connection, Follower& follower) {
  auto card = core::views::track_card(core_.engine().state(), follower.token_hash);
  if (follower.told && card == follower.shown) return;
  send(connection, core::Tracking{card.has_value(), card});
  follower.shown = std::move(card);
  follower.told = true;
}

bool Gateway::offer_voice(SessionId session, const core::MediaOffer& offer) {
  const auto found = std::ranges::find_if(browsers_, [&](const auto& one) { return one.second.session == session; });
  if (found == browsers_.end()) return false;
  auto told = offer;
  if (auto relay = relay_ ? relay_() : core::Relay{}; !relay.urls.empty()) told.relay = std::move(relay);
  send(found->first, told);
  return true;
}

/// What nobody read was not silence: only time in which this thread and the web hand came round counts.
void Gateway::listen(Instant now) {
  const Duration passed = now - std::exchange(ticked_, now);
  if (hand_is_late_) return core_.was_late(CoreThread::kTick);
  listened_.ms += std::clamp<std::int64_t>(passed.ms, 0, 2 * CoreThread::kTick.ms);
  hand_is_late_ = true;
  web_->come_round([this] { core_.post_always([this] { hand_is_late_ = false; }); });
}

void Gateway::tick(Instant now) {
  listen(now);
  if (client_door_) client_door_->tick(now);
  pages_->tick(listened_);
  for (auto& sum : refused_sign_ins_.due(now)) core_.submit(std::move(sum));
  std::vector<ports::ConnectionId> silent;
  for (const auto& [connection, browser] : browsers_)
    if (listened_.ms - browser.heard.ms > kSilence.ms) silent.push_back(connection);
  for (const auto& [connection, follower] : followers_)
    if (listened_.ms - follower.heard.ms > kFollowerSilence.ms ||
        (follower.token_hash.empty() && !follower.complains && listened_.ms - follower.came.ms > kFollowerWithout.ms))
      silent.push_back(connection);
  for (const auto connection : silent) {
    web_->close(connection);
    detach(connection);
  }
  tell_shown_in_turn();
  core::views::Touched moved;
  moved.units = std::exchange(moved_, {});
  const bool board = std::exchange(board_changed_, false);
  if (moved.units.empty() && !board) return;
  core::views::Boards boards(core_.engine().state());
  for (auto& [connection, browser] : browsers_) {
    if (!browser.greeted) continue;
    if (const auto update = browser.picture.changes(view(browser), moved)) show(connection, browser, *update);
    if (!board) continue;
    if (const auto update = browser.picture.board(view(browser), boards)) send(connection, *update);
  }
}

// ---- programs of somebody else's, and reports

void Gateway::client_asks(ports::ClientRequest asked, std::function<void(ports::ClientAnswer)> done) {
  client_door_->ask(std::move(asked), std::move(done));
}

void Gateway::health(std::function<void(bool, std::string)> done) {
  core_.post_always([this, done = std::move(done)] {
    const auto [well, json] = reports_.health();
    done(well, json);
  });
}

void Gateway::metrics(std::function<void(std::string)> done) {
  core_.post_always([this, done = std::move(done)] { done(reports_.metrics()); });
}

}  // namespace sigap::runtime
