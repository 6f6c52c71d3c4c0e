#include "adapters/replication/replicated_journal.h"

#include "adapters/replication/standby.h"

namespace sigap::replication {
namespace {

constexpr std::chrono::milliseconds kPauseMin{100}, kPauseMax{1000};  // between tries to reach a standby; own
constexpr std::chrono::milliseconds kMarkAgain{100};

}  // namespace

ReplicatedJournal::ReplicatedJournal(Parts parts, const Address& standby, const ClusterKey& key, bool in_sync,
                                     std::function<void(const Refusal&)> lost)
    : parts_(std::move(parts)),
      standby_(standby, key, kStandbyService),
      checkpoints_(standby, key, parts_.lease.epoch()),
      lost_told_(std::move(lost)),
      marked_(in_sync) {}

ReplicatedJournal::~ReplicatedJournal() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ReplicatedJournal::start() {
  thread_ = std::thread([this] { run(); });
}

Result<ports::JournalHead> ReplicatedJournal::append(std::vector<ports::JournalLine> lines) {
  std::unique_lock lock(mutex_);
  if (why_lost_) return tl::unexpected(*why_lost_);
  const bool sent = state_ == StandbyState::in_sync && send_batch(lines);
  auto head = parts_.local.append(std::move(lines));
  if (!head) {
    let_go();  // it may have what we have not: what was never acknowledged is cut away later
    return head;
  }
  if (sent && batch_acknowledged(*head)) return head;
  if (why_lost_) return tl::unexpected(*why_lost_);
  if (state_ == StandbyState::in_sync) fall_behind();
  return go_on_alone(lock, *head);
}

bool ReplicatedJournal::send_batch(const std::vector<ports::JournalLine>& lines) {
  Request request;
  request.ask = Ask::batch;
  request.epoch = parts_.lease.epoch();
  const auto head = parts_.local.head();
  request.position = head.position;
  request.hash = head.hash;
  request.changes = parts_.rows.changes_after(change_, -1);  // all: the keys of these lines are among them
  request.lines = lines;
  silent_at_ = in(kSilent);
  return standby_.begin(write(request), silent_at_).has_value();
}

bool ReplicatedJournal::batch_acknowledged(const ports::JournalHead& head) {
  auto bytes = standby_.finish(silent_at_);
  if (!bytes) return false;
  const auto answer = read_answer(*bytes);
  if (answer && answer->code == "fenced") lose({"fenced", "", answer->message});
  if (!answer || !answer->code.empty() || answer->hash != head.hash) return false;
  acknowledged_ = head.position;
  change_ = answer->change;
  heard_ = SteadyClock::now();
  return true;
}

void ReplicatedJournal::let_go() {
  if (state_ != StandbyState::in_sync) return;  // the own thread is speaking on this connection, without the lock
  standby_.drop();
  state_ = StandbyState::none;
}

void ReplicatedJournal::fall_behind() {
  let_go();
  confirmed_ = false;
  const auto out = parts_.lease.mark("");
  if (out) marked_ = false;
  if (!out && out.error().code == "fenced") lose(out.error());
}

Result<ports::JournalHead> ReplicatedJournal::go_on_alone(std::unique_lock<std::mutex>& lock,
                                                          const ports::JournalHead& head) {
  // A start: the standby of the life before is given the same time to come back.
  const auto settled = [this] { return !marked_ || why_lost_ || stopping_ || state_ == StandbyState::in_sync; };
  wake_.wait_until(lock, begun_ + kSilent, settled);
  while (!settled() && parts_.lease.valid()) {
    fall_behind();
    if (!settled()) wake_.wait_for(lock, kMarkAgain, settled);
  }
  if (why_lost_) return tl::unexpected(*why_lost_);
  // Whoever is in sync has this batch too: it was sent before the state changed.
  if (state_ == StandbyState::in_sync) return head;
  if (marked_ || !parts_.lease.valid())
    return refuse("isolated", "neither the witness nor a standby that has everything is there");
  return head;
}

Result<bool> ReplicatedJournal::save(const ports::Checkpoint& checkpoint) {
  auto saved = parts_.local.save(checkpoint);
  if (saved && state_ == StandbyState::in_sync) checkpoints_.offer(checkpoint);  // else: when it has caught up
  return saved;
}

void ReplicatedJournal::lose(const Refusal& why) {
  if (why_lost_) return;
  why_lost_ = why;
  let_go();
  if (lost_told_) lost_told_(why);
}

void ReplicatedJournal::ping() {
  if (SteadyClock::now() - heard_ < kPing) return;
  Request request;
  request.ask = Ask::ping;
  request.epoch = parts_.lease.epoch();
  auto bytes = standby_.ask(write(request), in(kSilent));
  const auto answer = bytes ? read_answer(*bytes) : Result<Answer>(tl::unexpected(bytes.error()));
  if (answer && answer->code == "fenced") return lose({"fenced", "", answer->message});
  if (!answer || !answer->code.empty()) return fall_behind();
  heard_ = SteadyClock::now();
}

void ReplicatedJournal::confirm() {
  if ((confirmed_ && !parts_.lease.forgotten()) || state_ != StandbyState::in_sync || !parts_.lease.valid()) return;
  const auto noted = parts_.lease.mark(standby_name_);
  confirmed_ = noted.has_value();
  if (!noted && noted.error().code == "fenced") lose(noted.error());
}

void ReplicatedJournal::run() {
  auto pause = kPauseMin;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait_for(lock, state_ == StandbyState::in_sync ? kPing : pause, [this] { return stopping_; });
    if (stopping_ || why_lost_) return;
    if (state_ == StandbyState::in_sync) {
      ping();
      confirm();
      continue;
    }
    lock.unlock();
    pause = catch_up() ? kPauseMin : std::min(2 * pause, kPauseMax);
    lock.lock();
    wake_.notify_all();
  }
}

}  // namespace sigap::replication
