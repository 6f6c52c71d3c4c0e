#include <sofia-sip/msg.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_extra.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/sip_util.h>
#include <strings.h>

#include <algorithm>
#include <memory>
#include <string>

#include "adapters/sip/caller_number.h"
#include "adapters/sip/dialled.h"
#include "adapters/sip/invite.h"
#include "base/characters.h"
#include "base/check.h"
#include "base/phone_number.h"
#include "targets.h"

namespace sigap::fuzz {
namespace {

constexpr std::size_t kNumberMax = 64, kDialledMax_bytes = 100, kCivicMax_bytes = 200, kForeignIdsMax = 8;

struct Destroy {
  void operator()(msg_t* message) const { msg_destroy(message); }
};
using Message = std::unique_ptr<msg_t, Destroy>;

Message made_of(std::string_view text) {
  return Message(msg_make(sip_default_mclass(), 0, text.data(), static_cast<ssize_t>(text.size())));
}

/// The journal is text.
bool is_text(const std::string& bytes) {
  return utf8_only(bytes) == bytes;
}

/// A SIP URI has no path (RFC 3261 25.1); sofia reads one, and writes it otherwise than it was.
bool has_path(const sip_t& sip) {
  bool found = sip.sip_request->rq_url->url_path || sip.sip_from->a_url->url_path || sip.sip_to->a_url->url_path;
  for (const auto* contact = sip.sip_contact; contact; contact = contact->m_next)
    found = found || contact->m_url->url_path;
  for (const auto* route = sip.sip_record_route; route; route = route->r_next) found = found || route->r_url->url_path;
  return found;
}

}  // namespace

bool sip_message(std::string_view input) {
  static const bool extended = sip_update_default_mclass(sip_extend_mclass(nullptr)) == 0;
  SIGAP_CHECK(extended);
  const auto message = made_of(input);
  const auto* sip = message ? sip_object(message.get()) : nullptr;
  if (!sip || !sip->sip_request || sip_sanity_check(sip) < 0) return false;  // as the stack does before we see it
  const auto call = sip::read_invite(*sip, {});
  SIGAP_CHECK(call.number.size() <= kNumberMax);
  SIGAP_CHECK(call.dialled.size() <= kDialledMax_bytes);
  SIGAP_CHECK(call.place.civic.size() <= kCivicMax_bytes);
  SIGAP_CHECK(call.foreign_ids.size() <= kForeignIdsMax);
  SIGAP_CHECK(std::all_of(call.dialled.begin(), call.dialled.end(), [](char c) { return c > ' ' && c <= '~'; }));
  for (const auto& id : call.foreign_ids) SIGAP_CHECK(is_text(id.purpose) && is_text(id.value));
  const auto canonical = canonical_number(call.number);
  SIGAP_CHECK(canonical_number(canonical) == canonical);
  (void)sip::trunks_named(*sip);
  (void)sip::refused_by_edge(*sip);
  (void)sip::target_of(*sip);
  // What the journal keeps of it is read after a restart: the same call, and nothing is lost by keeping it again.
  if (msg_extract_errors(message.get())) return false;  // told 400 by the stack, where it is a header that is kept
  const auto sdp = sip::sdp_of(*sip);
  const auto kept = sip::kept_of(*sip, sdp);
  SIGAP_CHECK(is_text(kept));
  if (kept.empty() || kept.size() > sip::kKeptMax_bytes) return false;
  const auto again = made_of(kept);
  const auto* its = again ? sip_object(again.get()) : nullptr;
  SIGAP_CHECK(its && its->sip_request);
  SIGAP_CHECK(sip::sdp_of(*its) == utf8_only(sdp, sip::kNoText));
  // Of what was no text the rest may be read otherwise than before: as good as it was, and no worse after the next
  // time.
  if (!is_text(std::string(input))) return false;
  if (has_path(*sip)) return false;
  // sofia writes a scheme in small letters.
  SIGAP_CHECK(strcasecmp(sip::target_of(*its).c_str(), sip::target_of(*sip).c_str()) == 0);
  SIGAP_CHECK(sip::kept_of(*its, sdp) == kept);
  return !call.turned_away;
}

}  // namespace sigap::fuzz
