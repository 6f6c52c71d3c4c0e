// The recorder's hand: ports::Recorder on sigap-recorder, over its socket in the folder of recordings. The process is
// adopted when it is there, otherwise started; watched (process/watchdog.h), and never taken down with us (unless
// `ends_with_us`: a demo, a test). One thread of its own.
#pragma once
#include <filesystem>
#include <memory>

#include "ports/recorder.h"

namespace sigap::recorder {

struct HandConfig {
  std::filesystem::path program = "sigap-recorder";
  std::filesystem::path folder;
  std::string address = "127.0.0.1";  ///< of the media process
  std::uint16_t port = 0;             ///< 0: the one that it had before, else any
  std::int64_t reserve_mb = 0;
  bool ends_with_us = false;
  std::filesystem::path log_file = {};  ///< what it says; empty: nowhere
};

class RecorderHand final : public ports::Recorder {
 public:
  explicit RecorderHand(HandConfig config);
  ~RecorderHand() override;
  /// The listener outlives stop().
  void start(ports::RecorderListener& listener);
  void stop();

  void open(RecordingId recording, const ports::RecordingKey& key, int channel, std::uint16_t from_port) override;
  void close(RecordingId recording) override;
  std::optional<ports::RecorderPlace> place() const override;
  ports::RecorderHealth health() const override;

 private:
  struct Hand;
  std::unique_ptr<Hand> hand_;
};

}  // namespace sigap::recorder
