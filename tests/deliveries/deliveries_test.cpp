// What other programs are told, beside a real journal and outbox: in order, once each, by scope, over deaths of the
// process; and that one who is dead holds up nobody.
#include "runtime/clients/deliveries.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <thread>

#include "adapters/deliveries_sqlite/deliveries_sqlite.h"
#include "adapters/journal_sqlite/journal_sqlite.h"
#include "runtime/engine.h"
#include "scratch/scratch_folder.h"
#include "sim/server.h"
#include "webhooks/signature.h"

namespace sigap {
namespace {

using clients::Scope, clients::Topic;
using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;

constexpr Instant kStart{1'767'225'600'000};

/// Keeps what is posted; answers at once, or when it is told to.
class HttpOfTests final : public ports::HttpClient {
 public:
  void post(ports::Posting posting, std::function<void(ports::Posted)> done) override {
    std::unique_lock lock(mutex_);
    const bool silent = posting.url.find("silent") != std::string::npos;
    const int status = posting.url.find("broken") != std::string::npos ? 500 : 204;
    posted_.push_back(posting);
    came_.notify_all();
    if (silent) return waiting_.push_back(std::move(done));
    lock.unlock();
    done({status, "", 0});
  }
  std::vector<ports::Posting> to(const std::string& name) {
    const std::lock_guard lock(mutex_);
    std::vector<ports::Posting> its;
    for (const auto& each : posted_)
      if (each.url.find(name) != std::string::npos) its.push_back(each);
    return its;
  }
  std::vector<ports::Posting> wait(const std::string& name, std::size_t count) {
    std::unique_lock lock(mutex_);
    const auto of = [&] {
      return static_cast<std::size_t>(
          std::ranges::count_if(posted_, [&](const auto& each) { return each.url.find(name) != std::string::npos; }));
    };
    EXPECT_TRUE(came_.wait_for(lock, std::chrono::seconds(20), [&] { return of() >= count; })) << name;
    lock.unlock();
    return to(name);
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<ports::Posting> posted_;
  std::vector<std::function<void(ports::Posted)>> waiting_;
};

/// A nation with one incident, one unit, and whoever is told.
struct DeliveriesTest : testing::Test {
  ScratchFolder folder_;
  sim::OpenSealer sealer_;
  std::unique_ptr<JournalSqlite> journal_ =
      std::move(*JournalSqlite::open(folder_ / "data", folder_ / "keys", Mode::write));
  std::int64_t ids_ = 0;
  std::atomic<std::int64_t> now_{kStart.ms};
  runtime::Engine engine_{{"nation", "test", {}}, *journal_, sealer_, [this] {
                            auto id = std::to_string(++ids_);
                            return std::string(32 - id.size(), '0') + id;
                          }};
  HttpOfTests http_;
  std::mutex mutex_;
  std::vector<core::DeliveriesStand> stands_;
  std::unique_ptr<runtime::Deliveries> deliveries_;
  PersonId officer_;
  IncidentId incident_;

  DeliveriesTest() {
    using stations::StationLevel;
    EXPECT_TRUE(engine_.recover(kStart));
    say(core::DefineStations{{
        {{"mabes"}, "Mabes", StationLevel::mabes, {}, *geo_point(106.8, -6.2), "Asia/Jakarta", {}},
        {{"polda"}, "Polda", StationLevel::polda, {"mabes"}, *geo_point(110.4, -7.7), "Asia/Jakarta", {}},
        {{"polres"}, "Polres", StationLevel::polres, {"polda"}, *geo_point(110.3, -7.7), "Asia/Jakarta", {}},
        {{"other"}, "Other", StationLevel::polda, {"mabes"}, *geo_point(120.0, -5.0), "Asia/Makassar", {}},
    }});
    const auto add = [this](const char* login, people::Role role) {
      const PersonId id{engine_.state().next.person};
      by_hand(core::AddPerson{login, login, role, {"polres"}, "SLM-01", "HASH", true});
      say(core::SignIn{id, login});
      say(core::BrowserAttached{engine_.state().people.session_of(id)->id});
      return id;
    };
    const auto desk = add("desk", people::Role::operator_);
    officer_ = add("officer", people::Role::officer);
    by(officer_, core::GoOnDuty{});
    desk_ = desk;
  }
  ~DeliveriesTest() override {
    if (deliveries_) deliveries_->stop();
  }

  PersonId desk_;
  void say(const core::Input& input) {
    const auto batch = engine_.run({input}, {now_});
    ASSERT_TRUE(batch);
    for (const auto& reply : batch->replies) EXPECT_FALSE(reply.refusal) << reply.refusal->message;
    if (deliveries_) deliveries_->wake(journal_->head().position);
  }
  void by_hand(core::Command command, const std::string& token = std::string(43, 'A')) {
    say(core::CommandAsked{core::CommandLine{}, std::move(command), token, "h"});
  }
  void by(PersonId person, core::Command command) {
    say(core::CommandAsked{core::SignedIn{engine_.state().people.session_of(person)->id}, std::move(command), "t",
                           "h"});
  }
  void program(const std::string& name, std::set<Scope> scopes = {Scope::told}, const char* station = "polda") {
    by_hand(core::AddClient{name, {station}, scopes, {Topic::alert, Topic::incident}, "https://" + name + "/hook"});
  }
  /// Somebody comes to the counter, and the unit is sent.
  void alarm() {
    incident_ = {engine_.state().next.incident};
    by(desk_, core::OpenIncident{incidents::Origin::counter, {}, incidents::IncidentType::theft, "WORDS"});
    incidents::Place place{"PLACE", *geo_point(110.3712345, -7.6854321), 20};
    by(desk_, core::EditIncident{incident_, {}, {}, place, {}, "REPORTER"});
    by(desk_, core::DispatchUnit{incident_, officer_});
  }
  AlertId alert() const { return engine_.state().dispatch.unit(officer_)->alert; }
  void deliver() {
    runtime::Deliveries::Hooks hooks;
    hooks.stand = [this](core::DeliveriesStand stand) {
      const std::lock_guard lock(mutex_);
      stands_.push_back(std::move(stand));
    };
    hooks.refused = [](const Refusal& why) { ADD_FAILURE() << why.message; };
    const auto open = [&] { return std::move(*JournalSqlite::open(folder_ / "data", folder_ / "keys", Mode::read)); };
    deliveries_ = std::make_unique<runtime::Deliveries>(
        open(), open(), std::move(*deliveries_sqlite::DeliveriesSqlite::open(folder_ / "data")), sealer_, http_,
        [this] { return Instant{now_}; }, std::move(hooks));
    deliveries_->start();
    deliveries_->wake(journal_->head().position);
  }
  void die() {
    deliveries_->stop();
    deliveries_.reset();
  }
  void pass(Duration time) {
    now_ += time.ms;
    deliveries_->tick();
  }
  static std::string type_of(const ports::Posting& posting) {
    return posting.body.substr(9, posting.body.find('"', 9) - 9);
  }
  std::vector<core::DeliveriesStand> stands() {
    const std::lock_guard lock(mutex_);
    return stands_;
  }
};

}  // namespace

TEST_F(DeliveriesTest, AlertsAndIncidentsAreToldInOrderSignedAndByScope) {
  program("least");
  program("whole", {Scope::told, Scope::personal});
  program("elsewhere", {Scope::told}, "other");
  deliver();
  alarm();
  by(officer_, core::AdvanceAlert{alert(), dispatch::AlertStatus::acknowledged});
  const auto least = http_.wait("least", 4), whole = http_.wait("whole", 4);
  std::vector<std::string> types;
  for (const auto& each : least) types.push_back(type_of(each));
  EXPECT_EQ(types.front(), "incident.opened");
  EXPECT_LT(std::ranges::find(types, "alert.raised"), std::ranges::find(types, "alert.changed"));
  for (const auto& each : least)
    for (const auto* secret : {"WORDS", "PLACE", "REPORTER", "110.3712"})
      EXPECT_EQ(each.body.find(secret), std::string::npos) << each.body;
  EXPECT_NE(least.back().body.find("\"longitude\":110.3700000,\"latitude\":-7.6900000,\"coarse\":true"),
            std::string::npos)
      << least.back().body;
  for (const auto* secret : {"WORDS", "PLACE", "REPORTER", "110.3712345"})
    EXPECT_NE(whole.back().body.find(secret), std::string::npos) << whole.back().body;
  EXPECT_TRUE(http_.to("elsewhere").empty());
  const auto& last = least.back();
  const auto key = core::find_client(engine_.state(), std::string("least"))->key.value.value();
  EXPECT_TRUE(webhooks::signed_by(key, last.headers[0].second, std::stoll(last.headers[1].second), last.body,
                                  last.headers[2].second));
}

TEST_F(DeliveriesTest, WhoIsDeadHoldsUpNobody) {
  program("silent");
  program("broken");
  program("well");
  deliver();
  for (int i = 0; i < 20; ++i) {
    alarm();
    by(desk_, core::CancelAlert{alert()});
  }
  http_.wait("well", 80);
  EXPECT_LE(http_.to("silent").size(), runtime::Deliveries::kAtOnce) << "no more than these are under way";
  EXPECT_GE(http_.to("broken").size(), 3u);
}

TEST_F(DeliveriesTest, WhatWasNotToldIsToldByTheNextProcess) {
  program("silent");
  deliver();
  alarm();
  http_.wait("silent", 1);
  die();
  by(officer_, core::AdvanceAlert{alert(), dispatch::AlertStatus::acknowledged});
  const auto before = http_.to("silent");
  deliver();
  const auto again = http_.wait("silent", before.size() + 1);
  EXPECT_EQ(again[before.size()].headers[0].second, before.front().headers[0].second)
      << "by the same id: whoever heard it knows";
}

TEST_F(DeliveriesTest, ItIsTriedAgainThenGivenUpThenToldWhenSomebodyAsks) {
  program("broken");
  deliver();
  alarm();
  const auto id = core::find_client(engine_.state(), std::string("broken"))->id;
  for (int i = 0; i < 5; ++i) {
    const auto tried = http_.to("broken").size();
    pass(minutes(1));
    http_.wait("broken", tried + 1);
  }
  const auto trouble = stands();
  ASSERT_FALSE(trouble.empty());
  EXPECT_EQ(trouble.front().trouble, "status 500");
  pass(minutes(10));
  std::vector<core::DeliveriesStand> all;
  for (int i = 0; i < 200; ++i) {
    all = stands();
    if (!all.back().dead.empty()) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    deliveries_->tick();
  }
  ASSERT_FALSE(all.back().dead.empty()) << "the alert is over";
  EXPECT_EQ(all.back().dead.front().topic, Topic::alert);
  const auto tried = http_.to("broken").size();
  by_hand(core::ReplayDeliveries{id});
  pass(minutes(6));
  const auto more = http_.wait("broken", tried + 1);
  EXPECT_TRUE(std::any_of(more.begin() + static_cast<std::ptrdiff_t>(tried), more.end(),
                          [](const auto& each) { return type_of(each) == "alert.raised"; }) ||
              type_of(more.back()) == "incident.opened")
      << "of its incident the oldest comes first";
}

TEST_F(DeliveriesTest, WhoIsDisabledIsToldNothing) {
  program("well");
  deliver();
  by_hand(core::DisableClient{core::find_client(engine_.state(), std::string("well"))->id});
  program("after");
  alarm();
  http_.wait("after", 3);
  EXPECT_TRUE(http_.to("well").empty());
}

}  // namespace sigap
