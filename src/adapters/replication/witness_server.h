// The witness: the third vote, on a third machine. Its rules, its record in SQLite (DATA/witness.sqlite,
// synchronous=FULL), its door. What was granted is durable before it is told; an answer whose record cannot be written
// is "io" and the process must end, for its memory is then ahead of its disk.
#pragma once
#include <filesystem>
#include <memory>
#include <mutex>

#include "adapters/replication/server.h"
#include "adapters/replication/witness_rules.h"

struct sqlite3;

namespace sigap::replication {

std::string write(const WitnessRequest& request);
std::string write(const WitnessAnswer& answer);
/// Refusal "unreadable".
Result<WitnessRequest> read_witness_request(std::string_view bytes);
Result<WitnessAnswer> read_witness_answer(std::string_view bytes);

inline const Service kWitnessService{"witness"};

class WitnessServer {
 public:
  using Tell = std::function<void(const std::string&)>;
  /// `told` hears each change of the record, for a log. Refusal "io".
  static Result<std::unique_ptr<WitnessServer>> start(const Address& listen, const std::filesystem::path& data_folder,
                                                      const ClusterKey& key, Tell told);
  ~WitnessServer();
  std::uint16_t port() const { return server_->port(); }

 private:
  WitnessServer() = default;
  Result<bool> open(const std::filesystem::path& data_folder);
  std::string handle(const std::string& message);
  bool store(const WitnessRecord& record);

  sqlite3* db_ = nullptr;
  Tell told_;
  std::mutex mutex_;
  std::unique_ptr<WitnessRules> rules_;
  bool broken_ = false;
  std::unique_ptr<Server> server_;
};

}  // namespace sigap::replication
