#include "runtime/voice/page_calls.h"

#include <algorithm>

#include "base/hash.h"
#include "base/overloaded.h"
#include "base/phone_number.h"
#include "sdp/browser.h"

namespace sigap::runtime {
namespace {

constexpr std::size_t kTokenMin = 32, kTokenMax = 64;  // 24 to 48 random bytes as base64url; own
constexpr std::size_t kNumberMax = 20;                 // E.164's 15 digits, and marks between them
constexpr std::int32_t kRadiusMax_m = 1'000'000;       // own: a browser that knows the country alone
constexpr int kNoRoom = 503;                           // RFC 3261 21.5.4

/// 32 random bytes of the page's own making.
bool is_token(std::string_view text) {
  constexpr auto kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.size() >= kTokenMin && text.size() <= kTokenMax &&
         text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

bool on_earth(GeoPoint p) {
  return std::abs(std::int64_t{p.latitude_e7}) <= 900'000'000 &&
         std::abs(std::int64_t{p.longitude_e7}) <= 1'800'000'000;
}

std::optional<Location> usable(const std::optional<Location>& said) {
  if (!said || !on_earth(said->point)) return std::nullopt;
  return Location{said->point, std::clamp(said->radius_m, 0, kRadiusMax_m)};
}

ports::IncomingCall arrival(const LegId& leg, const core::PageCall& said, const PageSignalling& signalling) {
  ports::IncomingCall call;
  call.leg = leg;
  call.trunk = {calls::kPageTrunk};
  call.dialled = "110";
  call.number = said.number.value_or("");
  call.known_as = page_caller(signalling.page_hash);
  call.place.location = usable(said.location);
  call.language = said.language.value_or("");
  call.sdp = signalling.sdp;
  call.invite = write(signalling);
  return call;
}

}  // namespace

void PageCalls::join(Ways ways, ports::TelephonyListener& listener) {
  ways_ = std::move(ways);
  listener_ = &listener;
  reported_ = ways_.now();
}

std::vector<ports::RestoredLeg> PageCalls::restore(const std::vector<ports::LegRecord>& records) {
  std::vector<ports::RestoredLeg> restored;
  for (const auto& record : records) {
    const auto first = read_page_signalling(record.invite);
    if (!first) {  // the caller was forgotten
      listener_->leg_ended(record.leg, ports::LegEndedBy::network, "unreadable");
      continue;
    }
    const auto latest = read_page_signalling(record.latest);
    auto& call = calls_[record.leg];
    call.token_hash = first->token_hash;
    call.page_hash = first->page_hash;
    call.gone = listened_;
    call.accepted = true;
    call.number = first->number;
    call.sdp = record.our_sdp;
    call.their_sdp = latest ? latest->sdp : first->sdp;
    name_token(call.token_hash, record.leg);
    restored.push_back({record.leg, call.their_sdp});
  }
  return restored;
}

void PageCalls::name_token(const std::string& hash, const LegId& leg) {
  const std::lock_guard lock(tokens_mutex_);
  of_token_[hash] = leg;
}

bool PageCalls::knows(const std::string& token) const {
  const auto hash = sha256_hex(token);
  const std::lock_guard lock(tokens_mutex_);
  return of_token_.contains(hash);
}

LegId PageCalls::leg_of(const std::string& token) const {
  const auto it = of_token_.find(sha256_hex(token));
  if (it == of_token_.end()) return {};
  const auto& call = calls_.at(it->second);
  return call.over || call.ended ? LegId{} : it->second;
}

// ---- sockets

void PageCalls::connected(ports::ConnectionId connection, std::string address) {
  auto& socket = sockets_[connection];
  socket = {std::move(address), {}, listened_, listened_, {}};
  tell_relay(connection, socket);
}

void PageCalls::tell_relay(ports::ConnectionId connection, Socket& socket) {
  socket.relay_told = ways_.now();
  ways_.tell(connection, ways_.relay());
}

void PageCalls::disconnected(ports::ConnectionId connection) {
  lose(connection);
  sockets_.erase(connection);
}

void PageCalls::lose(ports::ConnectionId connection) {
  const auto socket = sockets_.find(connection);
  if (socket == sockets_.end()) return;
  auto* call = find(socket->second.leg);
  socket->second.leg = {};
  if (!call || call->connection != connection) return;
  call->connection = 0;
  call->gone = listened_;
}

void PageCalls::attach(ports::ConnectionId connection, const LegId& leg) {
  auto& call = calls_.at(leg);
  if (const auto before = call.connection; before != 0 && before != connection) {
    refuse_socket(before, "replaced", "", "the call goes on in a newer page");
    lose(before);
    ways_.close(before);
  }
  auto& socket = sockets_.at(connection);
  call.connection = connection;
  call.address = socket.address;
  socket.leg = leg;
  if (!call.message.empty()) tell(call, core::PageMessage{call.message});
  if (call.over) return tell(call, core::PageCallOver{call.answered, call.by_page, call.number});
  if (!call.accepted) return;
  call.shown.reset();
  call.lines_told = 0;
  changed(leg);
}

PageCalls::Call* PageCalls::find(const LegId& leg) {
  const auto it = calls_.find(leg);
  return it == calls_.end() ? nullptr : &it->second;
}

PageCalls::Call* PageCalls::live(ports::ConnectionId connection, LegId& leg) {
  leg = sockets_.at(connection).leg;
  auto* call = find(leg);
  return call && !call->over && !call->ended ? call : nullptr;
}

std::size_t PageCalls::live_count() const {
  return static_cast<std::size_t>(std::ranges::count_if(calls_, [](const auto& one) { return !one.second.over; }));
}

void PageCalls::tell(const Call& call, const core::ServerMessage& message) const {
  if (call.connection != 0) ways_.tell(call.connection, message);
}

void PageCalls::refuse_socket(ports::ConnectionId connection, const char* code, const std::string& field,
                              const std::string& message) const {
  ways_.tell(connection, core::Refused{0, code, field, message});
}

void PageCalls::turn_away(ports::ConnectionId connection, const Refusal& why) {
  refuse_socket(connection, why.code.c_str(), why.field, why.message);
  LegId leg;
  if (!live(connection, leg)) ways_.close(connection);
}

// ---- what pages say

void PageCalls::hear(ports::ConnectionId connection, const core::ClientMessage& message) {
  const auto socket = sockets_.find(connection);
  if (socket == sockets_.end()) return;
  socket->second.heard = listened_;
  LegId leg;
  const auto with_call = [&](auto then) {
    if (auto* call = live(connection, leg)) return then(*call);
    refuse_socket(connection, "no_call", "type", "this page has no call");
  };
  std::visit(
      Overloaded{
          [&](const core::Heartbeat&) { ways_.tell(connection, core::Beat{ways_.now()}); },
          [&](const core::PageCall& said) { begins(connection, said); },
          [&](const core::PageBack& said) { comes_back(connection, said); },
          [&](const core::PageOffer& said) {
            with_call([&](Call& call) { offers(connection, call, leg, said.offer, said.sdp); });
          },
          [&](const core::PageVoice&) {
            with_call([&](Call& call) {
              if (!std::exchange(call.voiced, true)) listener_->leg_confirmed(leg);
            });
          },
          [&](const core::PageKey& said) {
            with_call([&](Call& call) {
              if (key_counts(call)) listener_->key_pressed(leg, said.digit);
            });
          },
          [&](const core::PositionReport& said) {
            with_call([&](Call& call) { moves(call, leg, {said.point, said.radius_m}); });
          },
          [&](const core::PageText& said) { writes(connection, said); },
          [&](const core::PageLanguage& said) {
            with_call([&](Call&) { ways_.submit(core::LanguageChosen{leg, said.language}, [](const Refusal&) {}); });
          },
          [&](const core::PageHangUp&) {
            with_call([&](Call& call) { end(call, leg, ports::LegEndedBy::caller, "page hung up"); });
          },
          [&](const auto&) { refuse_socket(connection, "not_allowed", "type", "this page calls and nothing else"); },
      },
      message);
}

/// A line that is taken is told with all lines, when it is in the journal.
void PageCalls::writes(ports::ConnectionId connection, const core::PageText& said) {
  LegId leg;
  if (!live(connection, leg)) return ways_.tell(connection, core::PageTextRefused{said.name, "over"});
  ways_.submit(core::TextTyped{leg, said.name, said.text}, [this, leg, name = said.name](const Refusal& why) {
    if (const auto* call = find(leg)) tell(*call, core::PageTextRefused{name, why.code});
  });
}

std::optional<Refusal> PageCalls::no_room(const Socket& socket) {
  std::vector<std::string> there;
  for (const auto& [leg, call] : calls_)
    if (!call.over) there.push_back(call.address);
  const bool room = shares_.take(socket.address, there, ways_.now());
  if (!room) ++refused_, ++unreported_;
  return room ? std::nullopt : std::optional(Refusal{"full", "", "no room for a call by internet: call 110"});
}

std::optional<Refusal> PageCalls::objection(ports::ConnectionId connection, const core::PageCall& said) {
  if (!is_token(said.token)) return Refusal{"invalid", "token", "32 to 64 characters of base64url"};
  if (!is_token(said.page)) return Refusal{"invalid", "page", "32 to 64 characters of base64url"};
  if (said.number && (said.number->size() > kNumberMax || !plain_number(*said.number)))
    return Refusal{"invalid", "number", "a telephone number"};
  if (config_.calls_max == 0) return Refusal{"off", "", "no calls by internet here: call 110"};
  LegId leg;
  if (live(connection, leg)) return Refusal{"in_call", "token", "this page has its call"};
  return std::nullopt;
}

void PageCalls::begins(ports::ConnectionId connection, const core::PageCall& said) {
  const auto objects = [&](const Refusal& why) { turn_away(connection, why); };
  const auto token_hash = sha256_hex(said.token);
  if (const auto known = of_token_.find(token_hash); known != of_token_.end()) {  // said again
    attach(connection, known->second);
    auto& call = calls_.at(known->second);
    if (call.over || call.ended) return;
    return offers(connection, call, known->second, said.offer, said.sdp);
  }
  if (const auto why = objection(connection, said)) return objects(*why);
  const auto voice = sdp::read_browser(said.sdp);
  if (!voice) return objects(voice.error());
  const auto page_hash = sha256_hex(said.page);
  for (auto& [leg, other] : calls_) {
    if (other.page_hash != page_hash || other.over || other.ended) continue;
    const auto socket = sockets_.find(other.connection);
    const bool there = socket != sockets_.end() && listened_ - socket->second.heard <= kStale;
    if (there) return objects({"in_call", "page", "a call of this page goes on already"});
    end(other, leg, ports::LegEndedBy::caller, "page called anew");  // it forgot its call
  }
  if (const auto why = no_room(sockets_.at(connection))) return objects(*why);

  const LegId leg{std::string(kPageLeg) + ways_.fresh().substr(kPageLeg.size())};
  auto& call = calls_[leg];
  call.token_hash = token_hash;
  call.page_hash = page_hash;
  call.their_sdp = sdp::write(*voice);
  call.offer = said.offer;
  call.offered_sdp = call.their_sdp;
  call.number = said.number.has_value();
  name_token(token_hash, leg);
  attach(connection, leg);
  listener_->call_arrived(arrival(leg, said, {token_hash, page_hash, call.their_sdp, call.number}));
}

void PageCalls::comes_back(ports::ConnectionId connection, const core::PageBack& said) {
  const auto known = of_token_.find(sha256_hex(said.token));
  if (known == of_token_.end()) return turn_away(connection, {"unknown", "token", "this call is over"});
  attach(connection, known->second);
  const auto& call = calls_.at(known->second);
  // The media process was another one meanwhile: what the page holds leads nowhere.
  const bool stale = !said.voice.empty() && !call.sdp.empty() && sdp::ice_user_of(call.sdp) != said.voice;
  if (!call.over && stale) tell(call, core::PageAnswer{0, call.sdp});
}

void PageCalls::offers(ports::ConnectionId connection, Call& call, const LegId& leg, std::int64_t offer,
                       const std::string& sdp) {
  const auto voice = sdp::read_browser(sdp);
  if (!voice) {
    const auto& why = voice.error();
    return refuse_socket(connection, why.code.c_str(), why.field, why.message);
  }
  auto theirs = sdp::write(*voice);
  if (theirs == call.their_sdp) {  // said again
    call.offer = offer;
    if (!call.sdp.empty()) answer(leg, call.sdp);
    return;
  }
  const Instant now = ways_.now();
  const Duration since = now - call.offered_at;
  const bool too_soon = call.sdp.empty() || call.offer || since < call.offer_pause;
  if (too_soon) return tell(call, core::PageAnswer{offer, ""});
  call.offer_pause = since < kOfferCalm ? std::min(call.offer_pause + call.offer_pause, kOfferEveryMost) : kOfferEvery;
  call.offer = offer;
  call.offered_sdp = theirs;
  call.offered_at = now;
  listener_->voice_described(
      leg, {theirs, write(PageSignalling{call.token_hash, call.page_hash, theirs, call.number}), true});
}

void PageCalls::moves(Call& call, const LegId& leg, const Location& location) {
  call.place = usable(location);
  tell_place(call, leg);
}

void PageCalls::tell_place(Call& call, const LegId& leg) {
  if (!call.place || call.ended || ways_.now() - call.place_told < ports::kPlaceEvery) return;
  call.place_told = ways_.now();
  ports::CallerPlace place;
  place.location = std::exchange(call.place, std::nullopt);
  listener_->caller_moved(leg, std::move(place));
}

bool PageCalls::key_counts(Call& call) const {
  const Instant now = ways_.now();
  if (now - call.keys_since >= seconds(1)) {
    call.keys_since = now;
    call.keys = 0;
  }
  return ++call.keys <= kKeysPerSecond;
}

void PageCalls::end(Call& call, const LegId& leg, ports::LegEndedBy by, const char* reason) {
  if (std::exchange(call.ended, true)) return;
  call.by_page = by == ports::LegEndedBy::caller;
  listener_->leg_ended(leg, by, reason);
}

// ---- what pages are told

void PageCalls::proceed(LegId leg) {
  auto* call = find(leg);
  if (!call || call->over) return;
  call->accepted = true;
  changed(leg);
}

void PageCalls::changed(const LegId& leg) {
  auto* call = find(leg);
  if (!call || call->over || !call->accepted) return;
  const auto status = ways_.status(leg);
  if (!status) return;
  call->answered = call->answered || status->connected;
  if (status != call->shown) tell(*call, *(call->shown = status));
  tell_lines(*call, leg);
}

void PageCalls::tell_lines(Call& call, const LegId& leg) const {
  if (call.connection == 0) return;
  auto lines = ways_.lines(leg);
  if (lines.size() <= call.lines_told) return;
  const auto told = static_cast<std::ptrdiff_t>(std::exchange(call.lines_told, lines.size()));
  lines.erase(lines.begin(), lines.begin() + told);
  tell(call, core::PageLines{std::move(lines), told == 0});
}

void PageCalls::answer(LegId leg, std::string sdp) {
  auto* call = find(leg);
  if (!call || call->over) return;
  const bool known = call->sdp == sdp;
  call->sdp = std::move(sdp);
  if (!known || !call->offered_sdp.empty()) call->voiced = false;
  if (call->offer) {
    if (!call->offered_sdp.empty()) call->their_sdp = std::exchange(call->offered_sdp, {});
    return tell(*call, core::PageAnswer{*std::exchange(call->offer, std::nullopt), call->sdp});
  }
  if (!known) tell(*call, core::PageAnswer{0, call->sdp});
}

void PageCalls::decline_offer(LegId leg, int) {
  auto* call = find(leg);
  if (!call || !call->offer) return;
  call->offered_sdp.clear();
  tell(*call, core::PageAnswer{*std::exchange(call->offer, std::nullopt), ""});
}

bool PageCalls::tell_text(const LegId& leg, std::string text) {
  auto* call = find(leg);
  if (!call) return false;
  call->message = std::move(text);
  tell(*call, core::PageMessage{call->message});
  return call->connection != 0;
}

void PageCalls::refuse(LegId leg, int) {
  auto* call = find(leg);
  if (!call || call->over) return;
  if (call->connection != 0) refuse_socket(call->connection, "turned_away", "", "the call cannot be taken: call 110");
  hang_up(leg);
}

void PageCalls::hang_up(LegId leg) {
  auto* call = find(leg);
  if (!call || call->over) return;
  call->over = true;
  call->over_since = listened_;
  tell(*call, core::PageCallOver{call->answered, call->by_page, call->number});
  end(*call, leg, ports::LegEndedBy::us, "hang-up");
}

ports::TelephonyHealth PageCalls::health() const {
  ports::TelephonyHealth health;
  health.up = config_.calls_max > 0;
  health.legs = static_cast<std::int64_t>(live_count());
  health.refused = refused_;
  return health;
}

// ---- time

void PageCalls::tick(Duration listened) {
  listened_ = {listened.ms};
  std::vector<ports::ConnectionId> silent;
  for (auto& [connection, socket] : sockets_) {
    if (listened_ - socket.heard > kSilence || (!socket.leg && listened_ - socket.came > kWithout))
      silent.push_back(connection);
    else if (2 * (ways_.now() - socket.relay_told).ms >= config_.relay_lasts.ms)
      tell_relay(connection, socket);
  }
  for (const auto connection : silent) {
    ways_.close(connection);
    disconnected(connection);
  }
  for (auto& [leg, call] : calls_) {
    tell_place(call, leg);
    if (!call.over && call.connection == 0 && away_too_long(call, leg))
      end(call, leg, ports::LegEndedBy::caller, "page gone");
  }
  forget_old();
  report();
}

bool PageCalls::away_too_long(const Call& call, const LegId& leg) const {
  const Duration away = listened_ - call.gone;
  const auto status = ways_.status(leg);
  const bool talks = status && status->connected && ways_.now() - ways_.heard(leg) <= kHeardLately;
  return away > (talks ? kGraceTalking : kGrace);
}

void PageCalls::forget_old() {
  shares_.forget_old(ways_.now());
  // Beyond so many the oldest go.
  std::vector<Instant> ends;
  for (const auto& [leg, call] : calls_)
    if (call.over) ends.push_back(call.over_since);
  Instant least = listened_ - kKept;
  if (ends.size() > kKeptMax) {
    const auto nth = ends.end() - static_cast<std::ptrdiff_t>(kKeptMax);
    std::ranges::nth_element(ends, nth);
    least = std::max(least, *nth);
  }
  const std::lock_guard lock(tokens_mutex_);
  std::erase_if(calls_, [&](const auto& one) {
    const auto& call = one.second;
    if (!call.over || call.over_since >= least) return false;
    of_token_.erase(call.token_hash);
    return true;
  });
}

/// Who was turned away is no call; how many there were is known all the same.
void PageCalls::report() {
  const Instant now = ways_.now();
  if (unreported_ == 0 || now - reported_ < kReportEvery) return;
  ports::DoorReport door;
  door.over = now - std::exchange(reported_, now);
  door.refusals.push_back({{calls::kPageTrunk}, kNoRoom, std::exchange(unreported_, 0)});
  listener_->door_reported(std::move(door));
}

}  // namespace sigap::runtime
