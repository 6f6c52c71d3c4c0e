// Writes what comes to where it belongs. No socket, clock or thread: packets, orders, time and the free space of the
// disk are given, what there is to say is told. One thread.
// Invariants: a packet that nobody had claimed when it came is written nowhere, and counted; the disk is left its
// reserve; what cannot be written is counted, and never stops anything but itself.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <string_view>

#include "recorder/table.h"
#include "recording/writer.h"

namespace sigap::recorder {

class Recorder {
 public:
  struct Hooks {
    std::function<void(const recording::Answer&)> tell;  ///< to everybody who listens
    std::function<void(RecordingId)> finish;             ///< its file is closed: to be made durable, and measured
  };
  /// At once; own: ten times the voices of a large node.
  static constexpr std::size_t kOpenMax = 20'000;
  /// Beyond the reserve, so that a disk at its edge does not begin and stop each second; own.
  static constexpr std::int64_t kBeyond_bytes = std::int64_t{64} << 20;
  static constexpr Duration kFullAtLeast = seconds(1);  ///< after a write that failed; own

  Recorder(std::filesystem::path folder, std::int64_t reserve_bytes, Table table, Hooks hooks);
  /// Goes on with what was open. Before anything else.
  void begin(Instant now, std::int64_t free_bytes);
  /// False when it is not carried out: too many are open.
  bool open(const recording::Claim& claim, Instant now);
  void close(RecordingId recording, Instant now);
  /// `came`: by the system's clock, as claims are; `at`: by ours, as recordings are.
  void packet(std::uint16_t from_port, Instant came, Instant at, std::string_view data);
  /// Seals what is due. Often: several times in a chunk.
  void tick(Instant now);
  /// How much room the disk has; each second.
  void room(std::int64_t free_bytes, Instant now);
  /// Seals all, and leaves them to the next process.
  void leave(Instant now);

  std::vector<recording::Answer> greeting() const;  ///< what it has, and whether it is full
  recording::Stands stands() const;
  const Table& table() const { return table_; }

 private:
  void start_writing(RecordingId recording, const recording::PublicKey& key, Instant now);
  void start_all(Instant now);
  void stop_all(Instant now);
  void told_full(bool full);

  std::filesystem::path folder_;
  std::int64_t reserve_bytes_;
  Table table_;
  Hooks hooks_;
  std::map<RecordingId, recording::Writer> writers_;
  bool full_ = false;
  Instant failed_;  ///< when a write failed last
  std::int64_t packets_ = 0, unclaimed_ = 0, dropped_ = 0, free_bytes_ = 0;
};

}  // namespace sigap::recorder
