// The other side of a leg describes its voice anew: it moved (a border controller's failover, a handset's handover),
// holds or resumes, or speaks another codec. A real offer is given to the media process and answered from its reply
// (RFC 3264 section 8), or declined, and then everything is as it was.
#include "runtime/voice/switchboard.h"

namespace sigap::runtime {
namespace {

std::string our_sdp_of(const core::State& state, const LegId& id) {
  const auto* leg = state.calls.leg(id);
  return leg ? leg->our_sdp : std::string();
}

}  // namespace

void Switchboard::voice_described(LegId leg, ports::VoiceDescription description) {
  core_.post_always([this, leg = std::move(leg), description = std::move(description)]() mutable {
    described(leg, std::move(description));
  });
}

void Switchboard::described(const LegId& id, ports::VoiceDescription description) {
  auto* leg = find(id);
  if (!leg) return;  // the call is over: the dialog's end is on its way
  if (leg->voice == Voice::offered && !leg->placed && !description.offered)
    return caller_answers(id, std::move(description));
  if (!description.offered && description.sdp == leg->caller_sdp) return;
  if (leg->voice != Voice::open) {  // a voice is just being made: they ask again
    if (description.offered) telephony_.decline_offer(id, 491);
    return;
  }
  // Only the media process knows what an earlier process joined them by: the operator's path is made anew.
  if (leg->bridge && leg->bridge->adopted) offer_again(id);
  media_.renegotiate(id, description.sdp, version_of(core_.engine().state(), id),
                     later([this, id, description](const Result<std::string>& ours) {
                       auto* there = find(id);
                       if (!there) return;
                       if (!ours) {
                         if (description.offered) telephony_.decline_offer(id, 488);
                         return;
                       }
                       there->caller_sdp = description.sdp;
                       // Their answer to ours: what we said stands.
                       const auto& sdp = description.offered ? *ours : our_sdp_of(core_.engine().state(), id);
                       core_.submit(core::VoiceRenegotiated{id, sdp, description.message, description.offered});
                     }));
}

void Switchboard::caller_answers(const LegId& id, ports::VoiceDescription description) {
  auto* leg = find(id);
  leg->caller_sdp = description.sdp;
  leg->voice = Voice::opening;
  core_.submit(core::VoiceRenegotiated{id, our_sdp_of(core_.engine().state(), id), description.message, false});
  media_.answer_out(id, leg->caller_sdp, later([this, id](const Result<std::string>& done) {
                      auto* answered = find(id);
                      if (!answered) return;
                      answered->voice = Voice::open;
                      answered->since = core_.now();
                      if (!done) return voice_lost(id);  // opened anew, and they are told
                      if (answered->bridge)
                        offer_to_browser(id);
                      else
                        media_.announce(id, ports::Prompt::welcome, [](const auto&) {});
                    }));
}

}  // namespace sigap::runtime
