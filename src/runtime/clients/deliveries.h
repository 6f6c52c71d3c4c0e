// Tells other programs what they subscribed to: a follower of the journal with an outbox of its own.
//   events -> what a client is told of -> outbox (one transaction with how far was read)
//   outbox -> the oldest of each incident -> message, made of what is known now -> signed -> HTTP -> done, or again
//   cannot be told, given up -> Hooks::stand -> DeliveriesStand -> the journal -> the administrator's page
// Invariants: the core waits for nothing here; a client that is slow, dead or hostile delays nobody else; nothing is
// lost but by a decision that is journaled; of an incident a client is told in order; what is personal is told only to
// whom has the scope, is read from the state at the moment it is sent, and so is not told once it was forgotten.
// Sources: Standard Webhooks 1.0.0 (headers, retries), "transactional outbox".
#pragma once
#include <map>
#include <memory>
#include <set>

#include "core/state.h"
#include "ports/delivery_store.h"
#include "ports/http_client.h"
#include "runtime/core_thread.h"
#include "runtime/followers/journal_follower.h"

namespace sigap::runtime {

class Deliveries final : private ports::Follower {
 public:
  /// Called on the follower's thread.
  struct Hooks {
    std::function<void(core::DeliveriesStand)> stand;
    std::function<void(const Refusal&)> refused;
  };

  /// Two handles on the journal, opened to be read, and a sealer: all this thread's own. `clock`: the wall's.
  Deliveries(std::unique_ptr<ports::ReplicaJournal> journal, std::unique_ptr<ports::ReplicaJournal> beside,
             std::unique_ptr<ports::DeliveryStore> store, codec::Sealer& sealer, ports::HttpClient& http, Clock clock,
             Hooks hooks);
  void start();
  void stop() { follower_.stop(); }
  /// Any thread: the journal ends here now.
  void wake(std::int64_t position) { follower_.wake(position); }
  /// Any thread: time has passed; what is due is sent.
  void tick();
  FollowerCondition condition() const { return follower_.condition(); }

  static constexpr std::size_t kAtOnce = 4;             ///< messages under way to one client; own
  static constexpr std::size_t kAtOnceInAll = 48;       ///< ... to all: less than the follower's jobs (kJobsMax); own
  static constexpr std::int64_t kTroubleAfter = 3;      ///< failures in a row are told to the administrator; own
  static constexpr std::int64_t kOneByOneAfter = 5;     ///< failures in a row: then one message at a time is tried; own
  static constexpr Duration kAgainFirst = seconds(1);   ///< after a failure, then twice as long each time; own
  static constexpr Duration kAgainMost = minutes(5);    ///< ... but no longer; own
  static constexpr Duration kAlertLasts = minutes(10);  ///< an alert that could not be told for so long is over; own
  static constexpr Duration kIncidentLasts = hours(24);  ///< the news of a day; own

 private:
  struct Standing {
    std::int64_t failures = 0;  ///< in a row
    Instant again;              ///< not before, when there were too many
    bool trouble = false;       ///< was told
    std::set<std::int64_t> under_way;
  };

  ports::JournalHead head() override { return store_->head(); }
  Result<bool> begin_anew() override { return store_->begin_anew(); }
  Result<bool> take(const std::vector<core::Event>& events, const ports::JournalHead& head) override;
  Result<bool> begin();
  void fold(const core::Event& event, std::int64_t position);
  void queue(const core::Event& event, std::int64_t position, ports::DeliveryStore::Batch& batch);
  void queue_for(ports::Delivery delivery, const StationCode& of_unit, ports::DeliveryStore::Batch& batch);
  void send_due();
  void send(const clients::Client& client, const ports::Delivery& delivery);
  void sent(const ports::Delivery& delivery, const ports::Posted& posted);
  void failed(const ports::Delivery& delivery, const ports::Posted& posted, Standing& standing);
  void give_up_old();
  void tell_given_up(const std::vector<ports::Delivery>& dead);
  void hold_trouble(const Refusal& why) { hooks_.refused(why); }

  std::unique_ptr<ports::ReplicaJournal> beside_;
  std::unique_ptr<ports::DeliveryStore> store_;
  codec::Sealer& sealer_;
  ports::HttpClient& http_;
  Clock clock_;
  Hooks hooks_;
  core::State state_;
  bool begun_ = false;
  std::map<ClientId, Standing> standings_;
  std::size_t under_way_ = 0;
  Instant looked_;  ///< for what is too old
  std::atomic<bool> ticking_{false};
  JournalFollower follower_;  ///< last: it stops first
};

/// What a client is told, as JSON.
std::string delivery_body(const core::State& state, const clients::Client& client, const ports::Delivery& delivery);

}  // namespace sigap::runtime
