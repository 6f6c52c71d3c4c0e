// The media process: adopted when one answers already, otherwise started; watched, and started again when it dies, not
// when it is slow (watchdog.h).
// It is never a prisoner of ours: it runs in a session of its own with nothing of ours open, so that voices go on when
// this process ends (unless `ends_with_us`: a demo, a test). Lives on the io_context's thread.
#pragma once
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>

#include "adapters/media/ng_client.h"
#include "ports/media.h"
#include "process/watchdog.h"

namespace sigap::media {

struct ProcessConfig {
  std::string binary = "rtpengine";
  std::string address = "127.0.0.1";  ///< of RTP
  std::string address6 = {};          ///< of RTP to callers who have IPv6 alone; empty: they are turned away
  std::string ng_host = "127.0.0.1";  ///< anything but loopback: adopted there, never started by us
  std::uint16_t ng_port = 22'222;
  std::uint16_t dtmf_port = 0;  ///< where it tells of keys that callers press; 0: nowhere
  std::uint16_t port_min = 30'000, port_max = 40'000;
  bool ends_with_us = false;
  std::filesystem::path log_file;  ///< what rtpengine says; empty: nowhere
  std::filesystem::path pid_file;  ///< tells a later us which process it adopted; empty: none
};

class RtpengineProcess {
 public:
  RtpengineProcess(boost::asio::io_context& io, NgClient& ng, ProcessConfig config);
  ~RtpengineProcess();
  /// Looks at once, then each process::Watchdog::kEvery.
  void watch();
  void stop();
  ports::MediaHealth health() const;    ///< any thread
  int child() const { return child_; }  ///< any thread
  /// One that had answered is dead: its calls are gone.
  void on_death(std::function<void()> told) { on_death_ = std::move(told); }
  /// After a death, a new one answers.
  void on_restart(std::function<void()> told) { on_restart_ = std::move(told); }

 private:
  void look();
  /// What can be seen of it, its answer aside.
  process::Sighting signs();
  void is_alive();
  /// Whoever answers is an account that may hear calls: ours, root, or Debian's for rtpengine. Anybody can take a port.
  bool is_believed() const;
  void is_dead();
  void ping();
  void start_one();
  void set_health(bool up, std::string note, bool slow = false);
  /// The process that an earlier us started, if it is still one.
  int noted_child() const;

  boost::asio::io_context& io_;
  NgClient& ng_;
  ProcessConfig config_;
  boost::asio::steady_timer timer_;
  std::atomic<int> child_ = -1;
  process::Watchdog watchdog_;
  std::chrono::steady_clock::time_point looked_{};
  int watched_ = -1;  ///< which process is looked at; -1: none that is known
  bool asked_ = false, answered_ = false, refused_ = false;
  int pause_looks_ = 0;  ///< back-off: looks to let pass before the next start
  int starts_ = 0;
  bool was_up_ = false;
  bool died_ = false;  ///< was up, is not now, and no new one answers yet
  bool stopping_ = false;
  std::function<void()> on_death_, on_restart_;
  mutable std::mutex mutex_;
  ports::MediaHealth health_{false, "not seen yet", 0, false};
};

}  // namespace sigap::media
