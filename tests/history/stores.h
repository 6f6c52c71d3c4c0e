// Both stores behind one face, for tests that hold for each.
#pragma once
#include <gtest/gtest.h>

#include "adapters/history_postgres/history_postgres.h"
#include "adapters/history_sqlite/history_sqlite.h"
#include "postgres_cluster.h"
#include "scratch/scratch_folder.h"

namespace sigap {

/// One cluster for all tests of a program: to make one takes seconds.
struct SharedCluster {
  std::string why;
  std::unique_ptr<PostgresCluster> cluster = PostgresCluster::start(why);
  static SharedCluster& get() {
    static SharedCluster shared;
    return shared;
  }
};

enum class Kind { sqlite, postgres };
inline std::string name_of(Kind kind) {
  return kind == Kind::sqlite ? "sqlite" : "postgres";
}

struct Stores {
  ScratchFolder folder;
  Kind kind;
  explicit Stores(Kind its) : kind(its) {
    if (kind != Kind::postgres || !cluster()) return;
    auto made = history_postgres::init(connection());
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    EXPECT_TRUE(store()->begin_anew());
  }
  static PostgresCluster* cluster() { return SharedCluster::get().cluster.get(); }
  static std::string connection() { return cluster()->connection(); }
  std::unique_ptr<ports::HistoryStore> store() {
    if (kind == Kind::postgres) return std::make_unique<history_postgres::HistoryPostgres>(connection());
    auto opened = history_sqlite::HistorySqlite::open(folder);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  std::unique_ptr<ports::HistoryReader> reader() {
    if (kind == Kind::postgres) return std::make_unique<history_postgres::HistoryPostgresReader>(connection());
    return std::make_unique<history_sqlite::HistorySqliteReader>(folder);
  }
};

/// Skips, with words, where there is no PostgreSQL.
#define SIGAP_NEEDS_STORE(kind) \
  if ((kind) == Kind::postgres && !Stores::cluster()) GTEST_SKIP() << SharedCluster::get().why

}  // namespace sigap
