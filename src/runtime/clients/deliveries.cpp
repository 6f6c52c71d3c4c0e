#include "runtime/clients/deliveries.h"

#include <algorithm>

#include "base/overloaded.h"
#include "codec/event_codec.h"
#include "codec/state_codec.h"
#include "core/access/access.h"
#include "runtime/clients/client_words.h"
#include "webhooks/signature.h"

namespace sigap::runtime {
namespace {

using clients::Topic;

constexpr std::int64_t kOlderAtOnce = 200;  // given up in one look; own
constexpr Duration kLookForOldEvery = seconds(5);

/// Twice as long each time, less up to half of it: those that failed together are not tried together. The delivery's
/// own number scatters them, so nothing random is needed.
Duration wait_after(std::int64_t failures, std::int64_t scatter) {
  std::int64_t wait = Deliveries::kAgainFirst.ms;
  for (std::int64_t i = 1; i < failures && wait < Deliveries::kAgainMost.ms; ++i) wait *= 2;
  wait = std::min(wait, Deliveries::kAgainMost.ms);
  constexpr std::uint64_t kKnuth = 2'654'435'761;  // The Art of Computer Programming 3, 6.4: multiplicative hashing
  const auto part = static_cast<std::int64_t>((static_cast<std::uint64_t>(scatter) * kKnuth >> 8) % 1'000);
  return {wait - wait / 2 * part / 1'000};
}

/// What an event is to those who are told of it.
struct Meant {
  Topic topic = Topic::alert;
  const char* type = "";
  std::string stands = {};
  IncidentId incident = {};
  AlertId alert = {};
  PersonId unit = {};
};

std::optional<Meant> news_of(const core::EventBody& body) {
  using Told = std::optional<Meant>;
  return std::visit(Overloaded{
                        [](const dispatch::AlertRaised& e) -> Told {
                          return Meant{Topic::alert, "alert.raised", label_of(dispatch::AlertStatus::sent),
                                       e.incident,   e.alert,        e.unit};
                        },
                        [](const dispatch::AlertAdvanced& e) -> Told {
                          return Meant{Topic::alert, "alert.changed", label_of(e.status), e.incident, e.alert, e.unit};
                        },
                        [](const dispatch::AlertEnded& e) -> Told {
                          return Meant{Topic::alert, "alert.changed", label_of(e.how), e.incident, e.alert, e.unit};
                        },
                        [](const incidents::IncidentOpened& e) -> Told {
                          return Meant{.topic = Topic::incident, .type = "incident.opened", .incident = e.incident};
                        },
                        [](const incidents::IncidentEdited& e) -> Told {
                          return Meant{.topic = Topic::incident, .type = "incident.changed", .incident = e.incident};
                        },
                        [](const incidents::IncidentClosed& e) -> Told {
                          return Meant{.topic = Topic::incident, .type = "incident.closed", .incident = e.incident};
                        },
                        [](const auto&) -> Told { return std::nullopt; },
                    },
                    body);
}

}  // namespace

Deliveries::Deliveries(std::unique_ptr<ports::ReplicaJournal> journal, std::unique_ptr<ports::ReplicaJournal> beside,
                       std::unique_ptr<ports::DeliveryStore> store, codec::Sealer& sealer, ports::HttpClient& http,
                       Clock clock, Hooks hooks)
    : beside_(std::move(beside)),
      store_(std::move(store)),
      sealer_(sealer),
      http_(http),
      clock_(std::move(clock)),
      hooks_(std::move(hooks)),
      follower_(
          "deliveries", std::move(journal), *this, [this](const Refusal& why) { hold_trouble(why); }, &sealer) {}

void Deliveries::start() {
  // What was before the first start of an outbox is told to nobody, and a long journal is not read for it.
  if (store_->head().position == 0)
    if (const auto kept = beside_->newest_checkpoint())
      if (auto begun = store_->begin_behind({kept->position, kept->journal_hash}); !begun) hold_trouble(begun.error());
  follower_.start();
}

void Deliveries::tick() {
  if (ticking_.exchange(true)) return;
  const bool posted = follower_.post([this] {
    ticking_ = false;
    give_up_old();
    send_due();
  });
  if (!posted) ticking_ = false;
}

// ---- the journal

void Deliveries::fold(const core::Event& event, std::int64_t position) {
  if (position <= state_.position) return;  // the checkpoint was newer, or the outbox refused these events before
  if (const auto* forgotten = std::get_if<privacy::RecordsForgotten>(&event.body))
    sealer_.let_go(subjects_of(forgotten->records));
  core::apply(state_, event);
}

/// The state as it was where the outbox ends, or later.
Result<bool> Deliveries::begin() {
  if (const auto kept = beside_->newest_checkpoint())
    if (auto read = codec::read_state(kept->state, sealer_)) state_ = std::move(*read);
  const auto end = store_->head().position;
  std::optional<Refusal> problem;
  const auto read = beside_->read(state_.position + 1, [&](const ports::JournalLine& line) {
    if (line.position > end) return false;
    auto event = codec::read_event(line.body, sealer_);
    if (!event) problem = event.error();
    if (event) fold(*event, line.position);
    return !problem;
  });
  if (problem) return tl::unexpected(*problem);
  if (!read) return tl::unexpected(read.error());
  if (state_.clients)
    for (const auto& [id, client] : state_.clients->clients) standings_[id].trouble = !client.trouble.empty();
  return begun_ = true;
}

Result<bool> Deliveries::take(const std::vector<core::Event>& events, const ports::JournalHead& head) {
  if (!begun_)
    if (auto begun = begin(); !begun) return begun;
  ports::DeliveryStore::Batch batch;
  batch.now = clock_();
  auto position = head.position - static_cast<std::int64_t>(events.size());
  for (const auto& event : events) {
    fold(event, ++position);
    queue(event, position, batch);
  }
  auto dead = store_->take(batch, head);
  if (!dead) return tl::unexpected(dead.error());
  tell_given_up(*dead);
  send_due();
  return true;
}

void Deliveries::queue(const core::Event& event, std::int64_t position, ports::DeliveryStore::Batch& batch) {
  if (!state_.clients) return;
  if (const auto* disabled = std::get_if<clients::ClientDisabled>(&event.body))
    batch.emptied.push_back(disabled->client);
  if (const auto* again = std::get_if<clients::DeliveriesReplayed>(&event.body))
    batch.replayed.push_back(again->client);
  const auto news = news_of(event.body);
  if (!news || batch.now - event.at > (news->topic == Topic::alert ? kAlertLasts : kIncidentLasts)) return;
  ports::Delivery delivery;
  delivery.topic = news->topic;
  delivery.type = news->type;
  delivery.stands = news->stands;
  delivery.incident = news->incident;
  delivery.alert = news->alert;
  delivery.unit = news->unit;
  delivery.position = position;
  delivery.event = event.id;
  delivery.at = event.at;
  const auto* unit = state_.people.person(news->unit);
  queue_for(std::move(delivery), unit ? unit->station : StationCode{}, batch);
}

void Deliveries::queue_for(ports::Delivery delivery, const StationCode& of_unit, ports::DeliveryStore::Batch& batch) {
  const auto* incident = state_.incidents.find(delivery.incident);
  for (const auto& [id, client] : state_.clients->clients) {
    if (client.disabled || client.url.empty() || !client.topics.contains(delivery.topic)) continue;
    // Who answers for the unit is told of its alerts, wherever they are.
    const bool reached = (incident && core::access::reaches(state_, client, incident->station)) ||
                         (of_unit && core::access::reaches(state_, client, of_unit));
    if (!reached) continue;
    delivery.client = id;
    batch.added.push_back(delivery);
  }
}

// ---- the network

void Deliveries::send_due() {
  if (!begun_ || !state_.clients) return;
  const auto now = clock_();
  for (const auto id : store_->waiting()) {
    if (under_way_ >= kAtOnceInAll) return;
    const auto* client = core::find_client(state_, id);
    if (!client || client->disabled || client->url.empty()) continue;
    auto& standing = standings_[id];
    const bool slow = standing.failures >= kOneByOneAfter;
    if (slow && now < standing.again) continue;
    const auto most = slow ? std::size_t{1} : kAtOnce;
    if (standing.under_way.size() >= most) continue;
    for (const auto& delivery : store_->due(id, now, static_cast<std::int64_t>(most + standing.under_way.size()))) {
      if (standing.under_way.size() >= most || under_way_ >= kAtOnceInAll) break;
      if (!standing.under_way.contains(delivery.id)) send(*client, delivery);
    }
  }
}

void Deliveries::send(const clients::Client& client, const ports::Delivery& delivery) {
  const auto* key = client.key.reveal();
  if (!key) return;  // of no journal that is whole
  const auto now = clock_();
  const std::string id = "msg_" + delivery.event;
  const auto at = now.ms / 1000;
  ports::Posting posting{client.url, {}, delivery_body(state_, client, delivery)};
  auto signature = webhooks::sign(*key, id, at, posting.body);
  if (const auto* before = client.key_before ? client.key_before->reveal() : nullptr;
      before && now < client.key_before_until)
    signature += ' ' + webhooks::sign(*before, id, at, posting.body);
  posting.headers = {{"webhook-id", id}, {"webhook-timestamp", std::to_string(at)}, {"webhook-signature", signature}};
  standings_[client.id].under_way.insert(delivery.id);
  ++under_way_;
  http_.post(std::move(posting), [this, delivery](ports::Posted posted) {
    // There is room: fewer are under way than jobs may wait.
    follower_.post([this, delivery, posted = std::move(posted)] {
      sent(delivery, posted);
      send_due();
    });
  });
}

void Deliveries::sent(const ports::Delivery& delivery, const ports::Posted& posted) {
  --under_way_;
  auto& standing = standings_[delivery.client];
  standing.under_way.erase(delivery.id);
  constexpr int kSuccess = 200, kSuccessEnd = 300;
  if (posted.status < kSuccess || posted.status >= kSuccessEnd) return failed(delivery, posted, standing);
  if (auto done = store_->delivered(delivery.id); !done) hold_trouble(done.error());
  standing.failures = 0;
  if (std::exchange(standing.trouble, false)) hooks_.stand({delivery.client, "", {}});
}

void Deliveries::failed(const ports::Delivery& delivery, const ports::Posted& posted, Standing& standing) {
  const auto now = clock_();
  ++standing.failures;
  auto wait = wait_after(delivery.tries + 1, delivery.id);
  if (posted.retry_after_s > 0) wait = std::max(wait, std::min(seconds(posted.retry_after_s), kAgainMost));
  standing.again = now + wait_after(standing.failures - kOneByOneAfter + 1, delivery.id);
  if (auto noted = store_->tried(delivery.id, now + wait); !noted) hold_trouble(noted.error());
  if (standing.trouble || standing.failures < kTroubleAfter) return;
  standing.trouble = true;
  hooks_.stand({delivery.client, posted.status ? "status " + std::to_string(posted.status) : posted.trouble, {}});
}

void Deliveries::give_up_old() {
  const auto now = clock_();
  if (!begun_ || now - looked_ < kLookForOldEvery) return;
  looked_ = now;
  std::vector<ports::Delivery> dead;
  for (const auto& [topic, lasts] : {std::pair(Topic::alert, kAlertLasts), {Topic::incident, kIncidentLasts}})
    for (const auto& old : store_->older(topic, now - lasts, kOlderAtOnce)) {
      if (standings_[old.client].under_way.contains(old.id)) continue;
      if (auto given_up = store_->give_up(old.id); !given_up) return hold_trouble(given_up.error());
      dead.push_back(old);
    }
  tell_given_up(dead);
}

void Deliveries::tell_given_up(const std::vector<ports::Delivery>& dead) {
  std::map<ClientId, std::vector<clients::Dead>> by_client;
  for (const auto& each : dead) by_client[each.client].push_back({each.position, each.topic, each.incident, each.at});
  for (auto& [id, all] : by_client) {
    const auto* client = core::find_client(state_, id);
    if (!client) continue;
    if (all.size() > clients::kDeadMost) all.erase(all.begin(), all.end() - clients::kDeadMost);
    standings_[id].trouble = true;
    hooks_.stand({id, client->trouble.empty() ? "given_up" : client->trouble, std::move(all)});
  }
}

}  // namespace sigap::runtime
