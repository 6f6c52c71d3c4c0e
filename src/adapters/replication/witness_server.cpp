#include "adapters/replication/witness_server.h"

#include <sqlite3.h>

#include "adapters/replication/bytes.h"
#include "sqlite/statement.h"

namespace sigap::replication {
namespace {

using sqlite::Statement;

constexpr const char* kSchema = R"(
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
CREATE TABLE IF NOT EXISTS record(one INTEGER PRIMARY KEY CHECK(one = 1), epoch INTEGER NOT NULL, holder TEXT NOT NULL,
  in_sync TEXT NOT NULL, mark INTEGER NOT NULL);
)";

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now().time_since_epoch()).count();
}

}  // namespace

std::string write(const WitnessRequest& r) {
  return Writer()
      .number(static_cast<std::int64_t>(r.ask))
      .text(r.node)
      .number(r.epoch)
      .number(r.number)
      .text(r.in_sync)
      .number(r.force ? 1 : 0)
      .take();
}

Result<WitnessRequest> read_witness_request(std::string_view bytes) {
  Reader in(bytes);
  WitnessRequest r;
  r.ask = static_cast<WitnessAsk>(in.number());
  r.node = in.text();
  r.epoch = in.number();
  r.number = in.number();
  r.in_sync = in.text();
  r.force = in.number() != 0;
  if (!in.complete()) return refuse("unreadable", "a question that cannot be read");
  return r;
}

std::string write(const WitnessAnswer& a) {
  return Writer()
      .text(a.code)
      .text(a.message)
      .number(a.record.epoch)
      .text(a.record.holder)
      .text(a.record.in_sync)
      .number(a.record.mark)
      .number(a.lease_left_ms)
      .take();
}

Result<WitnessAnswer> read_witness_answer(std::string_view bytes) {
  Reader in(bytes);
  WitnessAnswer a;
  a.code = in.text();
  a.message = in.text();
  a.record.epoch = in.number();
  a.record.holder = in.text();
  a.record.in_sync = in.text();
  a.record.mark = in.number();
  a.lease_left_ms = in.number();
  if (!in.complete()) return refuse("unreadable", "an answer of the witness that cannot be read");
  return a;
}

Result<std::unique_ptr<WitnessServer>> WitnessServer::start(const Address& listen,
                                                            const std::filesystem::path& data_folder,
                                                            const ClusterKey& key, Tell told) {
  std::unique_ptr<WitnessServer> witness(new WitnessServer);
  witness->told_ = std::move(told);
  if (auto opened = witness->open(data_folder); !opened) return tl::unexpected(opened.error());
  witness->server_ = std::make_unique<Server>(
      key, kWitnessService, [self = witness.get()](const auto& message) { return self->handle(message); });
  if (auto started = witness->server_->start(listen); !started) return tl::unexpected(started.error());
  return witness;
}

WitnessServer::~WitnessServer() {
  server_.reset();
  sqlite3_close(db_);
}

Result<bool> WitnessServer::open(const std::filesystem::path& data_folder) {
  std::error_code error;
  std::filesystem::create_directories(data_folder, error);
  if (sqlite3_open((data_folder / "witness.sqlite").c_str(), &db_) != SQLITE_OK ||
      sqlite3_exec(db_, kSchema, nullptr, nullptr, nullptr) != SQLITE_OK)
    return refuse("io", "the witness's record cannot be opened in " + data_folder.string());
  WitnessRecord record;
  Statement row(db_, "SELECT epoch, holder, in_sync, mark FROM record");
  if (row.step()) record = {row.integer(0), row.text(1), row.text(2), row.integer(3)};
  rules_ = std::make_unique<WitnessRules>(std::move(record), steady_ms());
  return true;
}

bool WitnessServer::store(const WitnessRecord& record) {
  Statement row(db_, "INSERT OR REPLACE INTO record(one, epoch, holder, in_sync, mark) VALUES(1,?,?,?,?)");
  row.bind(1, record.epoch).bind(2, record.holder).bind(3, record.in_sync).bind(4, record.mark).step();
  return row.finished();
}

std::string WitnessServer::handle(const std::string& message) {
  const auto request = read_witness_request(message);
  const std::lock_guard lock(mutex_);
  WitnessAnswer answer;
  if (!request || broken_) {
    answer.code = broken_ ? "io" : "unreadable";
    return write(answer);
  }
  answer = rules_->decide(*request, steady_ms());
  if (!rules_->changed()) return write(answer);
  const auto& r = rules_->record();
  if (!store(r)) {
    broken_ = true;
    if (told_) told_("the record cannot be written: this witness answers no more until it is started again");
    return write(WitnessAnswer{"io", "the witness cannot write", {}, 0});
  }
  if (told_)
    told_("epoch " + std::to_string(r.epoch) + ": " + r.holder + " leads, " +
          (r.in_sync.empty() ? "no machine has everything" : r.in_sync + " has everything"));
  return write(answer);
}

}  // namespace sigap::replication
