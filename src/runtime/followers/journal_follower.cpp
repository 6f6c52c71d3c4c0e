#include "runtime/followers/journal_follower.h"

#include <algorithm>

#include "codec/event_codec.h"

namespace sigap::runtime {

JournalFollower::JournalFollower(std::string name, std::unique_ptr<ports::ReplicaJournal> journal,
                                 ports::Follower& follower, std::function<void(const Refusal&)> refused,
                                 codec::Sealer* sealer)
    : name_(std::move(name)),
      journal_(std::move(journal)),
      follower_(follower),
      refused_(std::move(refused)),
      sealer_(sealer ? *sealer : no_keys_) {}

JournalFollower::~JournalFollower() {
  stop();
}

void JournalFollower::start() {
  thread_ = std::thread([this] { run(); });
}

void JournalFollower::find_place() {
  const auto head = follower_.head();
  // Another journal, or a tail that never counted: what is derived of it is made anew.
  if (head.position > 0 && journal_->hash_at(head.position) != head.hash) {
    if (auto anew = follower_.begin_anew(); !anew) refused_(anew.error());
  }
  position_ = follower_.head().position;
}

void JournalFollower::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void JournalFollower::wake(std::int64_t position) {
  {
    const std::lock_guard lock(mutex_);
    end_ = position;
  }
  wake_.notify_one();
}

bool JournalFollower::post(std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    if (jobs_.size() >= kJobsMax) return false;
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

FollowerCondition JournalFollower::condition() const {
  const std::lock_guard lock(mutex_);
  return {name_, std::max<std::int64_t>(end_ - position_, 0), problem_};
}

void JournalFollower::run() {
  find_place();
  auto looked = std::chrono::steady_clock::now() - kLookEvery;
  auto progress = Progress::more;
  while (true) {
    std::deque<std::function<void()>> jobs;
    {
      std::unique_lock lock(mutex_);
      // After a failure only a job, or the end, is worth waking for before the minute is over.
      const auto something = [&] {
        return stopping_ || !jobs_.empty() || (progress == Progress::caught_up && position_ < end_);
      };
      if (progress != Progress::more) wake_.wait_for(lock, kLookEvery, something);
      if (stopping_) return;
      jobs.swap(jobs_);
    }
    progress = follow();
    for (const auto& job : jobs) job();  // however far it has come: whoever asked is told
    if (progress != Progress::caught_up || std::chrono::steady_clock::now() - looked < kLookEvery) continue;
    looked = std::chrono::steady_clock::now();
    follower_.caught_up();
  }
}

JournalFollower::Progress JournalFollower::follow() {
  std::vector<core::Event> events;
  std::optional<Refusal> problem;
  auto head = journal_->read(position_ + 1, [&](const ports::JournalLine& line) {
    auto event = codec::read_event(line.body, sealer_);
    if (!event) {
      problem = event.error();
      return false;
    }
    events.push_back(std::move(*event));
    return static_cast<std::int64_t>(events.size()) < kBatch;
  });
  const auto count = static_cast<std::int64_t>(events.size());
  if (!problem && !head) problem = head.error();
  if (!problem && count > 0)
    if (auto taken = follower_.take(events, *head); !taken) problem = taken.error();
  if (problem && problem->code == "moved") {
    find_place();
    return Progress::more;
  }
  {
    const std::lock_guard lock(mutex_);
    problem_ = problem ? problem->code : "";
  }
  if (problem) {
    refused_(*problem);
    return Progress::failed;
  }
  position_ += count;
  return count == kBatch ? Progress::more : Progress::caught_up;
}

}  // namespace sigap::runtime
