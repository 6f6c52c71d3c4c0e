#include "recorder/finisher.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "recording/reader.h"

namespace sigap::recorder {

recording::Closed measure(const std::filesystem::path& folder, RecordingId recording) {
  recording::Closed closed;
  closed.recording = recording;
  const auto file = recording::file_of(folder, recording);
  if (const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC); opened >= 0) {
    (void)!::fdatasync(opened);
    ::close(opened);
  }
  const auto account = recording::look(file);
  auto sha256 = recording::sha256_of(file);
  std::error_code unknown;
  const auto bytes = std::filesystem::file_size(file, unknown);
  if (unknown || !sha256) return closed;
  closed.bytes = static_cast<std::int64_t>(bytes);
  closed.sha256 = std::move(*sha256);
  if (account) {
    closed.lasted = account->until - account->from;
    closed.missing = account->missing_in_all();
  }
  return closed;
}

Finisher::Finisher(std::filesystem::path folder, std::function<void(recording::Closed)> done)
    : folder_(std::move(folder)), done_(std::move(done)), thread_([this] { work(); }) {}

Finisher::~Finisher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Finisher::finish(RecordingId recording) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(recording);
  }
  changed_.notify_all();
}

void Finisher::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    const auto next = waiting_.front();
    waiting_.pop_front();
    lock.unlock();
    done_(measure(folder_, next));
    lock.lock();
  }
}

}  // namespace sigap::recorder
