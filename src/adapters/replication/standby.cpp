#include "adapters/replication/standby.h"

namespace sigap::replication {

Standby::Standby(std::string node, ports::ReplicaJournal& journal, ports::VaultRows& rows, EpochFile& epoch, Tell told,
                 Objection objection)
    : node_(std::move(node)),
      journal_(journal),
      rows_(rows),
      epoch_(epoch),
      told_(std::move(told)),
      objection_(std::move(objection)) {}

Result<bool> Standby::lead(std::int64_t epoch, std::function<void(const Refusal&)> superseded) {
  const std::lock_guard lock(mutex_);
  if (auto raised = epoch_.raise(epoch); !raised) return raised;
  superseded_ = std::move(superseded);
  leads_ = true;
  return true;
}

std::string Standby::handle(const std::string& message) {
  const auto request = read_request(message);
  std::unique_lock lock(mutex_);
  if (!request) return write(refusal("unreadable", request.error().message));
  if (request->epoch < epoch_.highest() || (leads_ && request->epoch == epoch_.highest()))
    return write(refusal("fenced", "epoch " + std::to_string(epoch_.highest()) + " has begun"));
  if (leads_) {
    superseded_({"fenced", "", "epoch " + std::to_string(request->epoch) + " has begun elsewhere"});
    return write(refusal("gap", "this machine leads and is about to stop"));
  }
  if (auto raised = epoch_.raise(request->epoch); !raised) return write(refusal("io", raised.error().message));
  auto answered = answer(*request, lock);
  heard_ = SteadyClock::now();  // when it was done: a long write of ours is not the leader's silence
  return write(answered);
}

Answer Standby::standing() const {
  const auto head = journal_.head();
  const auto last = rows_.last();
  return {"", "", node_, epoch_.highest(), head.position, head.hash, last.number, last.epoch};
}

Answer Standby::refusal(std::string code, std::string message) const {
  Answer a;
  a.code = std::move(code);
  a.message = std::move(message);
  a.node = node_;
  a.epoch = epoch_.highest();
  return a;
}

Answer Standby::answer(const Request& r, std::unique_lock<std::mutex>& lock) {
  switch (r.ask) {
    case Ask::hello:
    case Ask::ping:
      return standing();
    case Ask::hash_at: {
      auto a = standing();
      a.hash = journal_.hash_at(r.position).value_or("");
      return a;
    }
    case Ask::vault_epoch_at: {
      auto a = standing();
      a.change_epoch = rows_.epoch_of(r.change).value_or(-1);
      return a;
    }
    case Ask::cut:
      return cut(r);
    case Ask::batch:
      return batch(r);
    case Ask::checkpoint: {
      if (!r.checkpoint || journal_.hash_at(r.checkpoint->position) != r.checkpoint->journal_hash)
        return refusal("gap", "a checkpoint off the chain");
      lock.unlock();  // tens of megabytes: the leader's next batch does not wait for them
      auto saved = journal_.save(*r.checkpoint);
      lock.lock();
      if (!saved) return refusal(saved.error().code, saved.error().message);
      return standing();
    }
  }
  return refusal("unreadable", "no such request");
}

Answer Standby::cut(const Request& r) {
  const auto before = journal_.head().position;
  // The lines first: keys without lines are only bytes, lines without their keys could not be read.
  auto file = journal_.move_aside_after(r.position);
  if (!file) return refusal(file.error().code, file.error().message);
  if (auto end = rows_.cut_after(r.change); !end) return refusal(end.error().code, end.error().message);
  if (!file->empty() && told_)
    told_("the leader's journal goes on from position " + std::to_string(r.position) + ": " +
          std::to_string(before - r.position) + " lines of ours that never counted are now in " + *file);
  return standing();
}

Answer Standby::batch(const Request& r) {
  if (!r.lines.empty()) {
    const auto head = journal_.head();
    if (head.position != r.position || head.hash != r.hash) return refusal("gap", "lines that do not follow on ours");
    if (objection_)
      for (const auto& line : r.lines)
        if (const auto why = objection_(line)) return refusal(why->code, why->message);
  }
  if (auto applied = rows_.apply(r.changes); !applied) return refusal(applied.error().code, applied.error().message);
  if (!r.lines.empty())
    if (auto appended = journal_.append(r.lines); !appended)
      return refusal(appended.error().code == "fenced" ? "gap" : appended.error().code, appended.error().message);
  return standing();
}

}  // namespace sigap::replication
