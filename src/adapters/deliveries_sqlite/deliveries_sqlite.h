// The outbox in SQLite: DATA/deliveries.sqlite, WAL, synchronous=FULL. Tables:
//   outbox(id, client, topic, type, stands, incident, alert, unit, position, event, at, since, tries, due, dead)
//   read_to(position, hash)                             how far of the journal
// A file that cannot be read, or is of another program (its user_version), is begun anew (sqlite.org/wal.html).
#pragma once
#include <filesystem>
#include <memory>

#include "ports/delivery_store.h"

struct sqlite3;

namespace sigap::deliveries_sqlite {

class DeliveriesSqlite final : public ports::DeliveryStore {
 public:
  /// Refusal "io".
  static Result<std::unique_ptr<DeliveriesSqlite>> open(const std::filesystem::path& data_folder);
  ~DeliveriesSqlite() override;

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
  explicit DeliveriesSqlite(std::filesystem::path file) : file_(std::move(file)) {}
  Result<bool> connect();
  bool run(const char* sql);
  bool put_head(const ports::JournalHead& head);
  bool add(const ports::Delivery& delivery, Instant now, std::vector<ports::Delivery>& dead);
  Result<bool> change(const char* sql, std::int64_t id, std::int64_t value = 0);

  std::filesystem::path file_;
  sqlite3* db_ = nullptr;
};

}  // namespace sigap::deliveries_sqlite
