// What is being recorded, in a small file: who begins anew after a sudden death goes on at once, before any server
// speaks to it. Lines are added, and the file is written anew when it is read and when it has grown.
// Invariant: what open() and close() returned of is in the file; half a line at its end is passed over.
#pragma once
#include <filesystem>
#include <map>
#include <optional>

#include "base/result.h"
#include "recording/orders.h"

namespace sigap::recorder {

class Table {
 public:
  /// Of a folder of recordings; with no file it is empty. Refusal "io".
  static Result<Table> load(const std::filesystem::path& folder);
  Table(Table&& other) noexcept;
  Table& operator=(Table&&) = delete;
  ~Table();

  /// A channel has one port, a port one channel: what was before goes.
  Result<bool> open(const recording::Claim& claim);
  Result<bool> close(RecordingId recording);
  /// Where it hears, the same after each start.
  Result<bool> set_port(std::uint16_t port);

  std::optional<std::uint16_t> port() const { return port_; }
  const recording::Claim* of_port(std::uint16_t port) const;
  /// The public key of each recording that is open.
  const std::map<RecordingId, recording::PublicKey>& open_ones() const { return keys_; }

 private:
  explicit Table(std::filesystem::path file) : file_(std::move(file)) {}
  void take(const recording::Claim& claim);
  void drop(RecordingId recording);
  Result<bool> append(const std::string& line);
  Result<bool> write_anew();

  std::filesystem::path file_;
  int appended_to_ = -1;
  std::size_t lines_ = 0;
  std::map<std::uint16_t, recording::Claim> by_port_;
  std::map<RecordingId, recording::PublicKey> keys_;
  std::optional<std::uint16_t> port_;
};

}  // namespace sigap::recorder
