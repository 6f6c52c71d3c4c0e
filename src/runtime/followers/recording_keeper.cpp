#include "runtime/followers/recording_keeper.h"

#include <algorithm>

#include "codec/event_codec.h"
#include "runtime/followers/recording_notes.h"

namespace sigap::runtime {

RecordingKeeper::RecordingKeeper(std::unique_ptr<ports::ReplicaJournal> journal, std::unique_ptr<ports::Journal> lines,
                                 std::unique_ptr<ports::RecordingIndex> index, codec::Sealer& sealer,
                                 privacy::Terms terms, Clock clock, Hooks hooks)
    : lines_(std::move(lines)),
      index_(std::move(index)),
      sealer_(sealer),
      terms_(terms),
      clock_(std::move(clock)),
      hooks_(std::move(hooks)),
      follower_("recordings", std::move(journal), *this, [this](const Refusal& why) { hooks_.refused(why); }) {}

bool RecordingKeeper::find(ports::RecordingQuery query, std::function<void(FoundCalls)> answer) {
  return follower_.post([this, query = std::move(query), end = follower_.end(), answer = std::move(answer)] {
    FoundCalls found{index_->find(query), follower_.position() < end};
    if (query.whole)
      for (auto& call : found.calls) open_reasons(call);
    answer(std::move(found));
  });
}

Result<bool> RecordingKeeper::take(const std::vector<core::Event>& events, const ports::JournalHead& head) {
  std::vector<ports::RecordingNote> notes;
  auto position = head.position - static_cast<std::int64_t>(events.size());  // positions have no gaps
  for (const auto& event : events) {
    auto its = recording_notes_of(event, ++position);
    std::move(its.begin(), its.end(), std::back_inserter(notes));
    if (const auto* gone = std::get_if<privacy::RecordsForgotten>(&event.body)) {
      sealer_.let_go(subjects_of(gone->records));
      hooks_.let_go(subjects_of(gone->records));
    }
  }
  return index_->take(notes, head);
}

void RecordingKeeper::caught_up() {
  std::vector<CallId> over;
  const auto too_long = [&](std::int64_t days, std::vector<std::optional<calls::Outcome>> outcomes) {
    if (const auto since = privacy::since_days(days, clock_()))
      for (const auto& call : index_->over({std::move(outcomes), *since}, kOverMax)) over.push_back(call.call);
  };
  using calls::Outcome;
  too_long(terms_.recordings_help_days, {Outcome::genuine, Outcome::duplicate, Outcome::silent});
  too_long(terms_.recordings_other_days, {Outcome::information, Outcome::complaint, Outcome::prank, std::nullopt});
  std::ranges::sort(over);
  if (!over.empty()) hooks_.over(std::move(over));
  for (const auto recording : index_->gone(kOverMax))
    if (hooks_.remove(recording)) index_->deleted(recording);
}

/// Read where the journal says it: the index keeps no word of it.
void RecordingKeeper::open_reasons(core::KnownCall& call) {
  for (auto& play : call.plays)
    (void)lines_->read(play.position, [&](const ports::JournalLine& line) {
      if (const auto event = codec::read_event(line.body, sealer_))
        if (const auto* played = std::get_if<privacy::RecordingPlayed>(&event->body))
          play.reason = played->reason.value;
      return false;
    });
}

}  // namespace sigap::runtime
