#include "runtime/record_keeper.h"

#include "codec/event_codec.h"
#include "ports/journal_chain.h"
#include "runtime/record_notes.h"

namespace sigap::runtime {

RecordKeeper::RecordKeeper(std::unique_ptr<ports::ReplicaJournal> journal, std::unique_ptr<ports::RecordIndex> index,
                           privacy::Terms terms, Clock clock, Hooks hooks)
    : journal_(std::move(journal)),
      index_(std::move(index)),
      terms_(terms),
      clock_(std::move(clock)),
      hooks_(std::move(hooks)) {}

RecordKeeper::~RecordKeeper() {
  stop();
}

void RecordKeeper::start() {
  const auto head = index_->head();
  // Another journal, or a tail that never counted: what is derived of it is made anew.
  if (head.position > 0 && journal_->hash_at(head.position) != head.hash) {
    if (auto anew = index_->begin_anew(); !anew) hooks_.refused(anew.error());
  }
  position_ = index_->head().position;
  thread_ = std::thread([this] { run(); });
}

void RecordKeeper::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void RecordKeeper::wake(std::int64_t position) {
  {
    const std::lock_guard lock(mutex_);
    end_ = position;
  }
  wake_.notify_one();
}

bool RecordKeeper::find(CallerRef caller, std::function<void(CallersRecords)> answer) {
  {
    const std::lock_guard lock(mutex_);
    if (questions_.size() >= kQuestionsMax) return false;
    questions_.push_back([this, caller, end = end_.load(), answer = std::move(answer)] {
      CallersRecords found{index_->of_caller(caller, kFoundMax), position_ < end, false};
      found.more = static_cast<std::int64_t>(found.records.size()) >= kFoundMax;
      answer(std::move(found));
    });
  }
  wake_.notify_one();
  return true;
}

void RecordKeeper::unlinked(std::vector<CallerRef> callers) {
  const std::lock_guard lock(mutex_);
  questions_.push_back([this, callers = std::move(callers)] { index_->unlinked(callers); });
}

void RecordKeeper::run() {
  auto looked = std::chrono::steady_clock::now() - kLookEvery;
  auto progress = Progress::more;
  while (true) {
    std::deque<std::function<void()>> questions;
    {
      std::unique_lock lock(mutex_);
      // After a failure only a question, or the end, is worth waking for before the minute is over.
      const auto something = [&] {
        return stopping_ || !questions_.empty() || (progress == Progress::caught_up && position_ < end_);
      };
      if (progress != Progress::more) wake_.wait_for(lock, kLookEvery, something);
      if (stopping_) return;
      questions.swap(questions_);
    }
    progress = follow();
    for (const auto& answer : questions) answer();  // however far it has come: they are told
    // What happened lately to a record must be known before it is called old.
    if (progress != Progress::caught_up || std::chrono::steady_clock::now() - looked < kLookEvery) continue;
    looked = std::chrono::steady_clock::now();
    look_at_terms();
  }
}

RecordKeeper::Progress RecordKeeper::follow() {
  std::vector<ports::RecordNote> notes;
  std::int64_t lines = 0;
  std::optional<Refusal> problem;
  const auto from = position_ + 1;
  auto head = journal_->read(from, [&](const ports::JournalLine& line) {
    auto event = codec::read_event(line.body, no_keys_);
    if (!event) {
      problem = event.error();
      return false;
    }
    auto its = notes_of(*event);
    std::move(its.begin(), its.end(), std::back_inserter(notes));
    return ++lines < kBatch;
  });
  if (!problem && !head) problem = head.error();
  if (!problem && lines > 0)
    if (auto taken = index_->take(notes, *head); !taken) problem = taken.error();
  if (problem) {
    hooks_.refused(*problem);
    return Progress::failed;
  }
  position_ = from + lines - 1;
  return lines == kBatch ? Progress::more : Progress::caught_up;
}

void RecordKeeper::look_at_terms() {
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
  if (!over.empty()) hooks_.over(std::move(over));
  if (auto callers = index_->orphaned(kOverMax); !callers.empty()) hooks_.orphaned(std::move(callers));
}

}  // namespace sigap::runtime
