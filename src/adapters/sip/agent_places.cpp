// A caller's place that comes later: a telephone that had only its cell when it dialled has a fix some seconds after
// (RFC 6442: in any request within the dialog; re-INVITE, UPDATE, INFO).
#include "adapters/sip/agent.h"
#include "adapters/sip/nta_magic.h"
//
#include <sofia-sip/nta.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/su_wait.h>

#include <utility>

#include "adapters/sip/caller_place.h"

namespace sigap::sip {
namespace {

void on_place_timer(su_root_magic_t*, su_timer_t*, su_timer_arg_t* leg) {
  auto& its = *static_cast<Leg*>(leg);
  its.agent->tell_place(its);
}

}  // namespace

void Agent::place_told(Leg& leg, const sip_t& sip) {
  auto place = read_place(sip);
  if (!place.location && place.civic.empty()) return;  // what cannot be used does not replace what can
  leg.place = std::move(place);
  leg.place_waits = true;
  if (!leg.place_timer)
    leg.place_timer = su_timer_create(su_root_task(root_), static_cast<su_duration_t>(ports::kPlaceEvery.ms));
  if (!leg.place_held) tell_place(leg);
}

void Agent::tell_place(Leg& leg) {
  leg.place_held = leg.place_waits;
  if (!leg.place_waits) return;
  leg.place_waits = false;
  listener_.caller_moved(leg.id, std::exchange(leg.place, {}));
  su_timer_set(leg.place_timer, on_place_timer, &leg);
}

}  // namespace sigap::sip
