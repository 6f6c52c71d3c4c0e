// The outbox in SQLite: DATA/deliveries.sqlite, WAL, synchronous=FULL. Tables:
//   outbox(id, client, topic, type, stands, incident, alert, unit, position, event, at, since, tries, due, dead)
//   read_to(position, hash)                             how far of the journal
// A file that cannot be read, or is of another program (its user_version), is begun anew (sqlite.org/wal.html).
#pragma once
#include <filesystem>
#include <memory>

#include "ports/delivery_store.h"
#include "sqlite/follower_file.h"

namespace sigap::deliveries_sqlite {

class DeliveriesSqlite final : public ports::DeliveryStore {
 public:
  /// Refusal "io".
  static Result<std::unique_ptr<DeliveriesSqlite>> open(const std::filesystem::path& data_folder);

  ports::JournalHead head() override;
  Result<bool> begin_anew() override;
  Result<bool> begin_behind(const ports::JournalHead& head) override;
  Result<std::vector<ports::Delivery>> take(const Batch& batch, const ports::JournalHead& head) override;
  std::vector<ClientId> waiting() override;
  std::vector<ports::Delivery> due(ClientId client, Instant now, std::int64_t most) override;
  std::vector<ports::Delivery> older(clients::Topic topic, Instant since, std::int64_t most) override;
  Result<bool> delivered(std::int64_t id) override;
  Result<bool> tried(std::int64_t id, Instant again) override;
  Result<bool> give_up(std::int64_t id) override;

 private:
  explicit DeliveriesSqlite(std::filesystem::path file);
  bool drop_waiting(ClientId client);
  bool again(ClientId client, Instant now);
  bool add(const ports::Delivery& delivery, Instant now, std::vector<ports::Delivery>& dead);
  Result<bool> change(const char* sql, std::int64_t id, std::int64_t value = 0);

  sqlite::FollowerFile file_;
};

}  // namespace sigap::deliveries_sqlite
