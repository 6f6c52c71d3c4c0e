// A connection that is made when it is needed and dropped after a failure; what PostgreSQL's errors mean to whoever
// asked (postgresql.org/docs/15, errcodes-appendix).
#pragma once
#include <sys/socket.h>

#include <functional>
#include <memory>
#include <mutex>
#include <pqxx/pqxx>
#include <string>
#include <utility>

#include "adapters/history_postgres/postgres_schema.h"
#include "base/result.h"
#include "ports/journal.h"
#include "ports/journal_chain.h"

namespace sigap::history_postgres {

class Link {
 public:
  /// `settings`: statements for a new connection.
  Link(const std::string& connection, std::string settings)
      : connection_(with_limits(connection)), settings_(std::move(settings)) {}

  /// Any thread: whatever is waited for is over, and nothing is asked any more.
  void interrupt() {
    const std::lock_guard lock(mutex_);
    interrupted_ = true;
    if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
  }

  /// Does this in one transaction, which it commits when `act` did not refuse.
  template <class T>
  Result<T> within(const std::function<Result<T>(pqxx::work&)>& act) {
    try {
      if (!open_) {
        auto fresh = std::make_unique<pqxx::connection>(connection_);
        if (!is_known(fresh->sock())) return refuse("away", "the history is being closed");
        open_ = std::move(fresh);
        pqxx::nontransaction set(*open_);
        set.exec(settings_);
      }
      pqxx::work work(*open_);
      auto done = act(work);
      if (done) work.commit();
      return done;
    } catch (const pqxx::broken_connection&) {
      return failed("away", "the history's database does not answer");
    } catch (const pqxx::sql_error& error) {
      const auto& state = error.sqlstate();
      const std::string what = std::string("the history's database: ") + error.what();
      if (state == "42P01" || state == "3F000")
        return failed("uninitialised", "the history's database holds no tables of ours: sigap history init");
      if (state == "42501") return failed("not_allowed", what);
      if (state == "53100") return failed("disk_full", what);
      if (state.starts_with("57P") || state.starts_with("08")) return failed("away", what);
      return failed("io", what);
    } catch (const std::exception& error) {
      return failed("io", std::string("the history's database: ") + error.what());
    }
  }

 private:
  tl::unexpected<Refusal> failed(const char* code, std::string what) {
    is_known(-1);
    open_.reset();
    while (what.ends_with('\n')) what.pop_back();
    return refuse(code, std::move(what));
  }

  /// False after interrupt().
  bool is_known(int socket) {
    const std::lock_guard lock(mutex_);
    socket_ = socket;
    return !interrupted_;
  }

  std::string connection_, settings_;
  std::mutex mutex_;
  int socket_ = -1;  ///< of `open_`; by the mutex
  bool interrupted_ = false;
  std::unique_ptr<pqxx::connection> open_;
};

/// How far it has read; `lock`: nobody else goes on from there until this transaction is over.
inline ports::JournalHead read_to(pqxx::work& work, const char* lock = "") {
  const auto row = work.exec(std::string("SELECT position, hash FROM sigap_store.read_to") + lock);
  if (row.empty()) return {0, ports::kChainStart};
  return {row[0][0].as<std::int64_t>(), row[0][1].as<std::string>()};
}

inline figures::Row row_from(const figures::Table& table, const pqxx::row& found) {
  figures::Row row;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto field = found[static_cast<int>(i)];
    if (field.is_null())
      row.emplace_back(std::monostate{});
    else if (table.columns[i].kind == figures::ColumnKind::text)
      row.emplace_back(field.as<std::string>());
    else
      row.emplace_back(field.as<std::int64_t>());
  }
  return row;
}

template <class Params>
pqxx::result exec_with(pqxx::work& work, const std::string& sql, const Params& params) {
  return work.exec_params(sql, pqxx::prepare::make_dynamic_params(params));
}

}  // namespace sigap::history_postgres
