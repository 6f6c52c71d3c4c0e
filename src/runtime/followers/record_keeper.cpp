#include "runtime/followers/record_keeper.h"

#include "runtime/followers/record_notes.h"

namespace sigap::runtime {

RecordKeeper::RecordKeeper(std::unique_ptr<ports::ReplicaJournal> journal, std::unique_ptr<ports::RecordIndex> index,
                           privacy::Terms terms, Clock clock, Hooks hooks)
    : index_(std::move(index)),
      terms_(terms),
      clock_(std::move(clock)),
      hooks_(std::move(hooks)),
      follower_("records", std::move(journal), *this, [this](const Refusal& why) { hooks_.refused(why); }) {}

bool RecordKeeper::find(CallerRef caller, std::function<void(CallersRecords)> answer) {
  return follower_.post([this, caller, end = follower_.end(), answer = std::move(answer)] { answer(of(caller, end)); });
}

CallersRecords RecordKeeper::of(CallerRef caller, std::int64_t end) {
  CallersRecords found{index_->of_caller(caller, kFoundMax), position() < end, false};
  found.more = static_cast<std::int64_t>(found.records.size()) >= kFoundMax;
  return found;
}

bool RecordKeeper::find_of(IncidentId incident, std::function<void(CallerRef, CallersRecords)> answer) {
  return follower_.post([this, incident, end = follower_.end(), answer = std::move(answer)] {
    const auto caller = index_->caller_of(RecordKind::incident, incident.value);
    answer(caller, of(caller, end));
  });
}

void RecordKeeper::unlinked(std::vector<CallerRef> callers) {
  follower_.post([this, callers = std::move(callers)] { index_->unlinked(callers); });
}

Result<bool> RecordKeeper::take(const std::vector<core::Event>& events, const ports::JournalHead& head) {
  std::vector<ports::RecordNote> notes;
  for (const auto& event : events) {
    auto its = notes_of(event);
    std::move(its.begin(), its.end(), std::back_inserter(notes));
  }
  return index_->take(notes, head);
}

void RecordKeeper::caught_up() {
  Records over;
  const auto untouched = [&](RecordKind kind, auto& ids) {
    const auto before = privacy::kept_since(terms_, kind, clock_());
    if (!before) return;
    for (const auto id : index_->untouched(kind, *before, kOverMax)) ids.push_back({id});
    std::ranges::sort(ids);
  };
  untouched(RecordKind::call, over.calls);
  untouched(RecordKind::incident, over.incidents);
  untouched(RecordKind::task, over.tasks);
  std::vector<CaseId> complaints;
  untouched(RecordKind::complaint, complaints);
  over.set_complaints(std::move(complaints));
  if (!over.empty()) hooks_.over(std::move(over));
  if (auto callers = index_->orphaned(kOverMax); !callers.empty()) hooks_.orphaned(std::move(callers));
}

}  // namespace sigap::runtime
