#include "adapters/replication/checkpoint_shipper.h"

#include "adapters/replication/standby.h"

namespace sigap::replication {

CheckpointShipper::CheckpointShipper(Address standby, const ClusterKey& key, std::int64_t epoch)
    : standby_(std::move(standby), key, kStandbyService), epoch_(epoch), thread_([this] { run(); }) {}

CheckpointShipper::~CheckpointShipper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void CheckpointShipper::offer(ports::Checkpoint checkpoint) {
  {
    const std::lock_guard lock(mutex_);
    if (checkpoint.position <= there_) return;
    waiting_ = std::move(checkpoint);
  }
  wake_.notify_all();
}

void CheckpointShipper::begin_again() {
  const std::lock_guard lock(mutex_);
  there_ = 0;
}

void CheckpointShipper::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || waiting_; });
    if (stopping_) return;
    Request request;
    request.ask = Ask::checkpoint;
    request.epoch = epoch_;
    request.checkpoint = std::exchange(waiting_, {});
    const auto position = request.checkpoint->position;
    lock.unlock();
    auto bytes = standby_.ask(write(request), in(kPatience));
    lock.lock();
    if (!bytes) continue;
    const auto answer = read_answer(*bytes);
    if (answer && answer->code.empty()) there_ = std::max(there_, position);
  }
}

}  // namespace sigap::replication
