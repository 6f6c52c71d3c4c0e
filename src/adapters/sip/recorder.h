// A listener for tests that writes down what the SIP hand tells.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "ports/telephony.h"

namespace sigap::sip {

/// Writes down what the hand tells.
class Recorder final : public ports::TelephonyListener {
 public:
  void call_arrived(ports::IncomingCall call) override {
    note([&] { arrived.push_back(std::move(call)); });
  }
  void leg_confirmed(LegId leg) override {
    note([&] { confirmed.push_back(leg); });
  }
  void voice_described(LegId leg, ports::VoiceDescription description) override {
    note([&] { described.push_back({leg, std::move(description)}); });
  }
  void key_pressed(LegId, std::string digit) override {
    note([&] { keys += digit; });
  }
  void callee_rings(LegId leg) override {
    note([&] { rings.push_back(leg); });
  }
  void callee_answered(LegId leg, ports::CalleeAnswer answer) override {
    note([&] { picked_up.push_back({leg, std::move(answer)}); });
  }
  void leg_ended(LegId leg, ports::LegEndedBy by, std::string reason) override {
    note([&] { ended.push_back({leg, by, std::move(reason)}); });
    if (written) written(leg);
  }
  void caller_moved(LegId leg, ports::CallerPlace place) override {
    note([&] { moved.push_back({leg, std::move(place)}); });
  }
  void text_arrived(ports::IncomingText text) override {
    note([&] { texts.push_back(std::move(text)); });
  }
  void door_reported(ports::DoorReport report) override {
    note([&] { reports.push_back(std::move(report)); });
  }
  template <class Condition>
  bool wait(Condition condition) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), condition);
  }
  struct Ended {
    LegId leg;
    ports::LegEndedBy by;
    std::string reason;
  };
  std::vector<ports::IncomingCall> arrived;
  std::vector<LegId> confirmed;
  std::vector<std::pair<LegId, ports::VoiceDescription>> described;
  std::string keys;
  std::vector<LegId> rings;
  std::vector<std::pair<LegId, ports::CalleeAnswer>> picked_up;
  std::vector<Ended> ended;
  std::vector<std::pair<LegId, ports::CallerPlace>> moved;
  std::vector<ports::IncomingText> texts;
  std::vector<ports::DoorReport> reports;
  std::function<void(LegId)> written;  ///< plays the journal that has the end now

 private:
  template <class Note>
  void note(Note write) {
    {
      const std::lock_guard lock(mutex_);
      write();
    }
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace sigap::sip
