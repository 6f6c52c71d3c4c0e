// The constants of the rules: each with unit and source. A changed one changes what the nation does.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "domain/quality/review.h"

namespace sigap::core {

struct Event;

struct Policy {
  std::string cell = "nation";  ///< whose journal this is: the stream of its events
  /// Takes out of an event what a journal of that format cannot say; false: the event itself (codec/fit.h, by the
  /// engine).
  bool (*fit)(Event&, std::int64_t format) = nullptr;
  Duration promise = seconds(10);           ///< a person answers: Kapolri, January 2026
  Duration second_ring_after = seconds(5);  ///< half the promise: own
  Duration offer_lasts = seconds(10);       ///< not taken by then: the operator is not ready (missed); own
  Duration short_ring = seconds(5);         ///< a hang-up before this is counted apart: EENA 3.1.1 (false calls)
  Duration connect_within = seconds(8);     ///< accept to both voices joined: ICE and DTLS on a bad line; own
  Duration browser_grace = seconds(15);     ///< a silent browser's operator keeps a call this long; own
  Duration reattach_within = seconds(3);    ///< after a start: an operator's browser is back, or its ring moves on; own
  Duration hold_lasts = seconds(60);        ///< then the caller hears the operator again by itself; own
  Duration asking_lasts = seconds(10);  ///< the prompt of AskToPress (tools/make_prompts.sh), then they hear each other
  Duration wrap_up_lasts = seconds(120);  ///< then the outcome is recorded as by time-out; own
  Duration session_lasts = hours(13);     ///< a twelve-hour shift and its handover
  Duration proof_lasts = minutes(15);     ///< administration within this of giving the password: ASVS 4.0 3.7.1; own
  std::int64_t proofs_tried = 5;          ///< wrong ones in a row end the session; own
  Duration approval_lasts = hours(24);    ///< a second administrator has been at work by then; own
  Duration temporary_lasts = hours(24);   ///< of a password that somebody else set, unused: ASVS 4.0 2.3.1; own
  Duration key_overlap = hours(24);       ///< a client's key counts on so long when there is a newer one; own
  bool record = false;                    ///< calls, from when caller and operator are joined
  bool second_person = true;              ///< gives people roles and passwords only together with another
  /// Asked of supervisors and administrators at each sign-in, and set up at the first; others may have one. Off where
  /// nobody configures it: the configuration's own default is that it is required.
  bool second_factor_required = false;
  Duration alert_lasts = seconds(30);         ///< then the next unit; own
  Duration tracking_after_close = hours(24);  ///< the citizen's link works on this long; own
  Duration closed_stays = minutes(10);        ///< on the screens, when nobody follows it: then it is history; own
  Duration test_call_lasts = seconds(60);     ///< a carrier's probe needs seconds; own
  /// Callers who are pages have free identities: beyond so many waiting each is a little behind, and beyond so many
  /// urgent ones a pressed 5 is heard without putting them in front; own.
  std::int64_t pages_at_once = 20;
  std::int64_t unanswered_before_urgent = 2;  ///< calls that nobody answered; the next one goes in front; own
  Duration callee_rings = seconds(45);  ///< then nobody is there: 15 s to set up and a mobile network's longest ring
                                        ///< before it forwards, 30 s (3GPP TS 22.082); own
  std::int64_t ring_back_tries = 3;  ///< of a task, when the network failed: a trunk's outage must not use them up; own
  std::size_t ring_backs_at_once = 20;    ///< of the nation: a trunk's lines bring callers, too; own
  bool ring_back = false;                 ///< the system itself calls back whom nobody answered
  Duration ring_back_after = minutes(1);  ///< whoever redials has done so by then; own
  Duration ring_back_asks = seconds(30);  ///< the prompt, twice (tools/make_prompts.sh); then silence is a yes; own
  /// Of all handled calls, drawn for a review: APCO/NENA ANS 1.107.1 has 2 at least; one more, own: the numbers of
  /// calls that nobody answered are drawn, too, and have no conversation.
  std::int64_t review_percent = 3;
  std::set<quality::SampleReason> reviewed_all = {quality::SampleReason::complaint};  ///< besides, all of these
  Duration review_within = hours(14 * 24);                                            ///< of its call; own
  Duration review_stays = hours(30 * 24);  ///< after that, to be done late, read and answered; then it is history; own
  Duration case_answer_within = hours(5 * 24);  ///< of each level; then a complaint goes one up; own
  /// Somebody who complained is answered, and hears more so often until it is closed: UU 25/2009 art. 44.
  Duration case_limit = hours(14 * 24);
  Duration case_contested_within = hours(14 * 24);   ///< of its closing; as long as we had; own
  std::int64_t chain_length_max = 5;                 ///< units asked before the alarm on the screens; own
  std::vector<TrunkName> trunks_out;                 ///< that take calls of ours; the first when no other is meant
  std::vector<std::string> numbers_out;              ///< may be dialled whatever they are; `*` at the end: a prefix
  std::map<std::string, std::string> lines;          ///< numbers outside that may be brought into a call, by name
  std::string public_url = "http://127.0.0.1:8110";  ///< where citizens reach /lacak
};

/// The durations that the fold itself uses: fixed by the program's version, not by configuration, or a replay would
/// differ.
inline const Policy kPolicy{};

}  // namespace sigap::core
