// A waiting line with a lane for each who asks: the lanes take turns, so whoever asks much waits behind themselves.
// Invariants: bounded in all and in each lane; a lane keeps its order.
#pragma once
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace sigap::web {

template <class Job>
class FairQueue {
 public:
  FairQueue(std::size_t most, std::size_t most_in_a_lane) : most_(most), most_in_a_lane_(most_in_a_lane) {}

  /// False when there is no room.
  bool push(const std::string& lane, Job job) {
    auto& jobs = lanes_[lane];
    if (size_ >= most_ || jobs.size() >= most_in_a_lane_) {
      if (jobs.empty()) lanes_.erase(lane);
      return false;
    }
    jobs.push_back(std::move(job));
    ++size_;
    return true;
  }
  /// The first of the lane whose turn it is.
  std::optional<Job> pop() {
    if (lanes_.empty()) return std::nullopt;
    auto lane = lanes_.upper_bound(last_);
    if (lane == lanes_.end()) lane = lanes_.begin();
    last_ = lane->first;
    auto job = std::move(lane->second.front());
    lane->second.pop_front();
    if (lane->second.empty()) lanes_.erase(lane);
    --size_;
    return job;
  }

 private:
  std::size_t most_, most_in_a_lane_, size_ = 0;
  std::map<std::string, std::deque<Job>> lanes_;
  std::string last_;  ///< whose turn it was
};

}  // namespace sigap::web
