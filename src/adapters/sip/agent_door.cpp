// The door: each message is looked at when its headers are read and before nta does anything for it, whatever it is.
// Who is no trunk costs a parse and nothing else: no transaction, no repetitions, and a bounded number of answers a
// second, so that a carrier who calls from an address that was not configured learns it at once and goes another way,
// while a flood is met with silence. Requests within a dialog are believed from the trunk whose dialog it is.
// Why here: nta offers no filter before its transactions, but a parser may have its own way to read a body
// (msg_mclass_t), which begins at the empty line after the headers. A message without that line does not come by here;
// the callbacks look again.
// A connection is nobody's until it has said something: those of strangers end soon (stranger_connections.h).
// Sources: RFC 3261 8.2.7 (stateless answers), 18.2.2 (where an answer goes), 26.3.2.4 (floods).
#include "adapters/sip/agent.h"
#include "adapters/sip/nta_magic.h"
//
#include <arpa/inet.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/msg_header.h>
#include <sofia-sip/msg_mclass.h>
#include <sofia-sip/msg_parser.h>
#include <sofia-sip/nta.h>
#include <sofia-sip/nta_tag.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/sip_util.h>
#include <sofia-sip/su_wait.h>
#include <strings.h>

#include <algorithm>
#include <utility>

#include "adapters/sip/invite.h"

namespace sigap::sip {
namespace {

constexpr std::size_t kRefusalsMax = 64;  // kinds of refusals in one report: a few for each trunk
constexpr std::size_t kBrokenMax = 64;    // Call-IDs: whoever is told 400 may try the same again
constexpr std::chrono::milliseconds kBrokenEvery{
    200};                        // each is a task: a trunk that is broken as a whole is summed up
constexpr int kAnswersMax = 20;  // to strangers in a second, all together: enough to be noticed by who means well; own

thread_local Agent* at_the_door = nullptr;  // each agent has its own thread

issize_t read_body(msg_t* message, msg_pub_t* content, char rest[], isize_t size, int end) {
  auto& sip = *reinterpret_cast<sip_t*>(content);
  const bool headers_end = !(sip.sip_flags & MSG_FLG_BODY);
  const auto read = sip_extract_body(message, &sip, rest, size, end);
  if (!headers_end || read <= 0 || !at_the_door) return read;
  switch (at_the_door->look(message, sip)) {
    case Agent::Look::come_in:
      return read;
    case Agent::Look::not_heard:
      msg_header_remove(message, content, reinterpret_cast<msg_header_t*>(sip.sip_request));
      return read;
    case Agent::Look::stranger:
      msg_header_remove(message, content, reinterpret_cast<msg_header_t*>(sip.sip_request));
      sip.sip_flags |= MSG_FLG_ERROR;  // of a connection nothing more is read
      return -1;
  }
  return read;
}

std::string address_of(const sockaddr& source) {
  char text[INET6_ADDRSTRLEN] = "";
  if (source.sa_family == AF_INET)
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(source).sin_addr, text, sizeof text);
  else if (source.sa_family == AF_INET6)
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(source).sin6_addr, text, sizeof text);
  return text;
}

/// An answer goes where the request came from, whatever else it says (RFC 3261 18.2.2: maddr is for multicast, and we
/// have none). nta replaces `received` by its own before it goes on, but answers what it cannot read before that.
void straighten(msg_t* message, sip_t& sip, const sockaddr& source) {
  auto* via = sip.sip_via;
  if (!via) return;
  msg_header_remove_param(via->v_common, "maddr");
  const auto text = address_of(source);
  if (!text.empty())
    msg_header_replace_param(msg_home(message), via->v_common,
                             su_sprintf(msg_home(message), "received=%s", text.c_str()));
}

void on_report(su_root_magic_t*, su_timer_t*, su_timer_arg_t* agent) {
  static_cast<Agent*>(agent)->report();
}

void on_connections(su_root_magic_t*, su_timer_t*, su_timer_arg_t* agent) {
  static_cast<Agent*>(agent)->end_stranger_connections();
}

}  // namespace

const msg_mclass_t* Agent::stand_at_the_door() {
  static const msg_mclass_t* const with_a_door = [] {
    auto* its = msg_mclass_clone(sip_default_mclass(), 0, 0);
    if (its) its->mc_extract_body = read_body;
    return its;
  }();
  at_the_door = this;
  return with_a_door;
}

void Agent::leave_the_door() {
  if (at_the_door == this) at_the_door = nullptr;
}

void Agent::watch_connections() {
  stranger_connections_ =
      std::make_unique<StrangerConnections>(port_, std::chrono::milliseconds(config_.stranger_stays.ms));
  if (config_.tls)
    strangers_by_tls_ =
        std::make_unique<StrangerConnections>(tls_port_, std::chrono::milliseconds(config_.stranger_stays.ms));
  connections_timer_ =
      su_timer_create(su_root_task(root_), static_cast<su_duration_t>(StrangerConnections::kEvery.count()));
  su_timer_set_for_ever(connections_timer_, on_connections, this);
}

void Agent::end_stranger_connections() {
  stranger_connections_->end_old([this](const sockaddr& peer) { return trunks_.may_connect(peer); },
                                 [this](const sockaddr& peer) {
                                   ++strangers;
                                   ++report_.strangers;
                                   turned_away_from(peer);
                                 });
  if (!strangers_by_tls_) return;
  strangers_by_tls_->end_old([this](const sockaddr& peer) { return shown_something(peer); },
                             [this](const sockaddr& peer) {
                               ++strangers;
                               ++report_.strangers;
                               turned_away_from(peer);
                             });
}

const Leg* Agent::dialog_of(const sip_t& sip) const {
  if (sip.sip_to && sip.sip_to->a_tag) {  // ours is the leg's name
    const auto it = legs_.find(LegId{sip.sip_to->a_tag});
    return it == legs_.end() ? nullptr : it->second.get();
  }
  if (sip.sip_request->rq_method != sip_method_cancel || !sip.sip_call_id || !sip.sip_from) return nullptr;
  auto* dialog = nta_leg_by_dialog(nta_, nullptr, sip.sip_call_id, sip.sip_from->a_tag, nullptr, nullptr, nullptr);
  return static_cast<const Leg*>(nta_leg_magic(dialog, on_leg_request));
}

Agent::Look Agent::look(msg_t* message, sip_t& sip) {
  const auto& source = msg_addr(message)->su_sa;
  straighten(message, sip, source);
  // A response means nothing unless it belongs to a request of ours, whose names cannot be guessed.
  if (!sip.sip_request) return Look::come_in;
  const auto named = trunks_named(sip);
  const auto method = sip.sip_request->rq_method;
  const bool known = trunks_.knows(source);
  // Whose certificate it is shows when the message is delivered: its connection is not known before.
  const bool shown = config_.tls && trunks_.proves_itself(source) && shown_something(source);
  if (const auto* leg = dialog_of(sip)) {
    if (trunks_.believes(source, named, leg->trunk)) return Look::come_in;
    if (shown && trunks_.proves_itself(source, leg->trunk)) return Look::come_in;
    ++intruders;
    ++report_.intruders;
    turned_away_from(source);
    return known ? Look::not_heard : Look::stranger;
  }
  if (const auto trunk = trunks_.find(source, named)) {
    note_if_broken(message, sip, *trunk);
    return Look::come_in;
  }
  if (shown) return Look::come_in;
  if (trunks_.is_edge(source)) return Look::come_in;  // what it says by itself, or a name that we do not know: answered
  ++strangers;
  ++report_.strangers;
  turned_away_from(source);
  const bool never_answered =
      method == sip_method_ack || method == sip_method_cancel || (sip.sip_to && sip.sip_to->a_tag);
  return !never_answered && may_answer_stranger() ? Look::come_in : Look::stranger;
}

bool Agent::looked_at(msg_t* message, sip_t& sip) {
  return sip.sip_separator || look(message, sip) == Look::come_in;
}

bool Agent::may_answer_stranger() {
  const auto now = std::chrono::steady_clock::now();
  if (now - answers_since_ >= std::chrono::seconds(1)) {
    answers_since_ = now;
    answers_ = 0;
  }
  return answers_++ < kAnswersMax;
}

void Agent::turned_away_from(const sockaddr& source) {
  auto text = address_of(source);
  auto& known = report_.addresses;
  if (std::find(known.begin(), known.end(), text) == known.end()) {
    if (known.size() < ports::kDoorAddressesMax)
      known.push_back(std::move(text));
    else
      ++report_.from_others;
  }
  report_soon();
}

void Agent::count_refusal(const TrunkName& trunk, int status) {
  ++refused;
  auto& all = report_.refusals;
  auto its = std::find_if(all.begin(), all.end(),
                          [&](const auto& some) { return some.trunk == trunk && some.status == status; });
  if (its == all.end() && all.size() < kRefusalsMax) its = all.insert(its, {trunk, status, 0});
  if (its != all.end()) ++its->count;
  report_soon();
}

void Agent::report_soon() {
  if (std::exchange(report_waits_, true)) return;
  report_since_ = std::chrono::steady_clock::now();
  if (!report_timer_)
    report_timer_ = su_timer_create(su_root_task(root_), static_cast<su_duration_t>(config_.report_every.ms));
  su_timer_set(report_timer_, on_report, this);
}

void Agent::report() {
  report_waits_ = false;
  const auto over = std::chrono::steady_clock::now() - report_since_;
  report_.over = milliseconds(std::chrono::duration_cast<std::chrono::milliseconds>(over).count());
  listener_.door_reported(std::exchange(report_, {}));
}

void Agent::note_if_broken(msg_t* message, const sip_t& sip, const TrunkName& trunk) {
  const bool broken = (msg_extract_errors(message) & bad_headers_) || sip_sanity_check(&sip) < 0 ||
                      strcasecmp(sip.sip_request->rq_version, "SIP/2.0") != 0;
  if (!broken || sip.sip_request->rq_method == sip_method_ack) return;
  const std::string id = sip.sip_call_id && sip.sip_call_id->i_id ? sip.sip_call_id->i_id : "";
  if (sip.sip_request->rq_method == sip_method_invite && !(sip.sip_to && sip.sip_to->a_tag)) {
    if (!id.empty() && std::find(broken_calls_.begin(), broken_calls_.end(), id) != broken_calls_.end()) return;
    auto call = read_invite(sip, trunks_.reading(trunk));
    const auto now = std::chrono::steady_clock::now();
    if (!call.number.empty() && call.service == ports::Service::emergency && now - broken_since_ >= kBrokenEvery) {
      broken_since_ = now;
      broken_calls_.push_back(id);
      if (broken_calls_.size() > kBrokenMax) broken_calls_.pop_front();
      ++refused;
      call.leg = fresh_leg_id();
      call.trunk = trunk;
      call.turned_away = ports::TurnedAway{400, "a header that cannot be read"};
      const auto leg = call.leg;
      listener_.call_arrived(std::move(call));
      listener_.leg_ended(leg, ports::LegEndedBy::us, "refused");
      return;
    }
  }
  count_refusal(trunk, 400);
}

std::int64_t Agent::transactions() const {
  usize_t made = 0;
  nta_agent_get_stats(nta_, NTATAG_S_SERVER_TR_REF(made), TAG_END());
  return static_cast<std::int64_t>(made);
}

}  // namespace sigap::sip
