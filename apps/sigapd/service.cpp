#include "sigapd/service.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>

#include "adapters/deliveries_sqlite/deliveries_sqlite.h"
#include "adapters/geodata/boundaries.h"
#include "adapters/http_client/http_client.h"
#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/media/media_hand.h"
#include "adapters/messages/message_gateway_fake.h"
#include "adapters/photographs/photograph_process.h"
#include "adapters/photographs/sealed_folder.h"
#include "adapters/records_sqlite/records_sqlite.h"
#include "adapters/second_factors/second_factors_fido.h"
#include "adapters/sip/sip_hand.h"
#include "adapters/vault/known_passwords.h"
#include "adapters/vault/vault_sodium.h"
#include "adapters/web/web_server.h"
#include "core/decide/caller_in_use.h"
#include "core/views/project.h"
#include "nation/nation.h"
#include "nation/nearest_name.h"
#include "runtime/clients/client_door.h"
#include "runtime/clients/deliveries.h"
#include "runtime/followers/history_keeper.h"
#include "runtime/followers/record_keeper.h"
#include "runtime/forward_clock.h"
#include "runtime/health/report.h"
#include "runtime/screens/gateway.h"
#include "runtime/vault_sealer.h"
#include "runtime/voice/leg_records.h"
#include "runtime/voice/leg_router.h"
#include "runtime/voice/photographs.h"
#include "runtime/voice/switchboard.h"
#include "sigapd/cluster.h"
#include "sigapd/control.h"
#include "sigapd/door_warning.h"
#include "sigapd/hand_configs.h"
#include "sigapd/history.h"
#include "sigapd/lists.h"
#include "sigapd/open_journal.h"
#include "sigapd/playing.h"
#include "sigapd/recording_parts.h"
#include "sigapd/relay.h"
#include "tls/identity.h"

namespace sigap::sigapd {
namespace {

constexpr int kExitFine = 0;
constexpr int kExitCoreStopped = 70;  // EX_SOFTWARE: the supervisor starts us again, from the journal

Instant wall_clock() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

Instant steady_clock() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace

struct Service::Parts {
  config::Config config;
  Instant started = wall_clock();
  runtime::ForwardClock clock{wall_clock, steady_clock};
  std::unique_ptr<vault::VaultSodium> vault;
  std::unique_ptr<journal_sqlite::JournalSqlite> journal;
  std::unique_ptr<Cluster> cluster;  ///< two machines, or nothing
  vault::PasswordsSodium passwords;
  second_factors::SecondFactorsFido factors;
  std::unique_ptr<vault::KnownPasswordsListed> known_passwords;
  vault::EntropySodium entropy;
  std::unique_ptr<runtime::VaultSealer> sealer;
  std::unique_ptr<vault::VaultSodium> checkpoint_vault;  ///< the checkpointer's thread's own
  std::unique_ptr<runtime::VaultSealer> checkpoint_sealer;
  std::unique_ptr<runtime::Checkpointer> checkpointer;
  std::unique_ptr<runtime::Engine> engine;
  std::unique_ptr<runtime::CoreThread> core;
  std::unique_ptr<runtime::RecordKeeper> keeper;
  std::unique_ptr<Playing> playing;
  std::unique_ptr<runtime::HistoryKeeper> history;
  std::vector<core::Effect> unforgotten;  ///< orders whose keys could not be deleted yet
  std::vector<CallerRef> orphaned;        ///< callers of whom nothing is left
  std::unique_ptr<messages::MessageGatewayFake> messages;
  runtime::Places places;
  std::optional<geo::Borders> borders;
  runtime::Metrics metrics;
  sip::SipHand sip;
  std::unique_ptr<runtime::PageCalls> pages;
  std::unique_ptr<photographs::SealedFolder> photograph_files;
  photographs::PhotographProcess photograph_maker;
  std::unique_ptr<runtime::Photographs> photographs;
  std::unique_ptr<runtime::LegRouter> telephony;
  std::unique_ptr<runtime::MessageRouter> texts;
  std::unique_ptr<media::MediaHand> media;
  std::unique_ptr<runtime::Switchboard> switchboard;
  std::unique_ptr<RecordingParts> recording;
  std::unique_ptr<runtime::ClientDoor> client_door;
  std::unique_ptr<vault::VaultSodium> delivery_vault;  ///< the deliveries' thread's own
  std::unique_ptr<runtime::VaultSealer> delivery_sealer;
  std::unique_ptr<http_client::HttpClientBeast> http;
  std::unique_ptr<runtime::Deliveries> deliveries;
  std::unique_ptr<runtime::Gateway> gateway;
  std::unique_ptr<web::WebServer> web;
  std::unique_ptr<Control> control;

  std::mutex mutex;
  std::condition_variable changed;
  std::optional<int> exit;

  explicit Parts(config::Config c) : config(std::move(c)) {
    if (config.cluster.on()) cluster = std::make_unique<Cluster>(config);
  }

  void end(int code) {
    {
      const std::lock_guard lock(mutex);
      if (!exit) exit = code;
    }
    changed.notify_all();
  }

  Result<bool> open_storage() {
    // Of two machines one serves: here the other waits, until it may.
    if (cluster)
      if (auto leads = cluster->lead(*journal); !leads) return leads;
    const bool fresh = journal->head().position == 0;
    auto unlocked = vault::VaultSodium::unlock(config.data, config.keys, fresh);
    if (!unlocked) return tl::unexpected(unlocked.error());
    vault = std::move(*unlocked);
    sealer = std::make_unique<runtime::VaultSealer>(*vault);
    auto beside = vault::VaultSodium::unlock(config.data, config.keys, false, vault::Use::reads);
    if (!beside) return tl::unexpected(beside.error());
    checkpoint_vault = std::move(*beside);
    checkpoint_sealer = std::make_unique<runtime::VaultSealer>(*checkpoint_vault);
    return true;
  }

  /// What no browser can be shown is told before anything of the line is touched.
  Result<bool> certificate_usable() const {
    if (config.certificate.empty()) return true;
    auto identity = tls::read_identity({config.certificate, config.key}, {}, wall_clock(), tls::Demand::usable);
    if (!identity) return tl::unexpected(identity.error());
    return true;
  }

  /// A list that cannot be read costs new passwords a look at it; the line answers all the same.
  void open_password_lists() {
    std::optional<vault::BreachedFile> breached;
    if (!config.breached_passwords.empty()) {
      if (auto opened = vault::BreachedFile::open(config.breached_passwords); opened)
        breached.emplace(std::move(*opened));
      else
        spdlog::error("administration.breached_passwords is not used: {}", opened.error().message);
    }
    known_passwords = std::make_unique<vault::KnownPasswordsListed>(std::move(breached));
    if (!known_passwords->has_words())
      spdlog::warn("no dictionary of cracklib (Debian: cracklib-runtime): passwords are not compared with its words");
  }

  /// The line starts without them: a call's home is then the nearest station.
  void open_borders() {
    if (auto imported = geodata::imported_boundaries(config.data); imported)
      borders = std::move(*imported);
    else
      spdlog::error("the borders that were imported are not used: {}", imported.error().message);
    if (borders) spdlog::info("borders of {} regencies", borders->size());
  }

  runtime::Condition condition() const {
    runtime::Condition c;
    c.version = SIGAP_VERSION;
    c.uptime = wall_clock() - started;
    c.head = journal->head();
    c.telephony = sip.health();
    c.pages = pages->health();
    c.media = media->health();
    if (recording) c.recorder = recording->recorder.health();
    c.voices = switchboard->counts();
    c.recovery = switchboard->recovery();
    c.browsers = gateway->browsers();
    if (cluster) c.cluster = cluster->condition();
    c.certificate = web->certificate();
    c.now = wall_clock();
    c.followers.push_back(keeper ? keeper->condition()
                                 : runtime::FollowerCondition{"records", c.head.position, "absent"});
    c.followers.push_back(history ? history->condition()
                                  : runtime::FollowerCondition{"history", c.head.position, "absent"});
    if (deliveries) c.followers.push_back(deliveries->condition());
    if (playing) c.followers.push_back(playing->keeper().condition());
    return c;
  }

  void compose() {
    runtime::EngineConfig engine_config;
    engine_config.cell = config.cell;
    engine_config.version = SIGAP_VERSION;
    engine_config.policy = policy_of(config);
    engine = std::make_unique<runtime::Engine>(engine_config, cluster ? cluster->journal() : *journal, *sealer,
                                               [this] { return entropy.hex(16); });
    core = std::make_unique<runtime::CoreThread>(*engine, [this] { return clock.now(); });
    checkpointer = std::make_unique<runtime::Checkpointer>(
        cluster ? cluster->journal() : *journal, *checkpoint_sealer,
        [](const Refusal& why) { spdlog::error("no checkpoint, a start takes longer: {}", why.message); });
    core->set_checkpointer(*checkpointer);
    messages = std::make_unique<messages::MessageGatewayFake>();
    auto media_config = media_of(config);
    media_config.on_restart = [this] { core->post_always([this] { switchboard->media_restarted(); }); };
    media_config.on_key = [this](LegId leg, std::string digit) {
      switchboard->key_pressed(std::move(leg), std::move(digit));
    };
    media = std::make_unique<media::MediaHand>(std::move(media_config));
    pages = std::make_unique<runtime::PageCalls>(pages_of(config));
    telephony = std::make_unique<runtime::LegRouter>(sip, *pages);
    texts = std::make_unique<runtime::MessageRouter>(*messages, *pages);
    switchboard =
        std::make_unique<runtime::Switchboard>(switchboard_of(config), *core, *telephony, *media, *texts,
                                               [this](const std::string& number) { return vault->caller_ref(number); });
    recording = recording_parts(config, *core, *media, *switchboard, *vault);
    gateway = std::make_unique<runtime::Gateway>(gateway_of(config), *core, *switchboard, places, passwords,
                                                 *known_passwords, factors, entropy);
    gateway->set_caller_refs([this](const std::string& number) { return vault->caller_ref(number); });
    web = std::make_unique<web::WebServer>(web_of(config), *gateway);
    gateway->set_web(*web);
    photograph_files = std::make_unique<photographs::SealedFolder>(config.data / "photographs");
    photographs = std::make_unique<runtime::Photographs>(*core, *vault, photograph_maker, *photograph_files);
    gateway->set_page_calls(*pages, *photographs);
    const auto relay = relay_of(config.turn, wall_clock, [this] { return entropy.hex(8); });
    gateway->set_relay(relay);
    client_door = std::make_unique<runtime::ClientDoor>(*core, entropy, config.public_url, wall_clock);
    gateway->set_client_door(*client_door);
    pages->join({[this](ports::ConnectionId to, const core::ServerMessage& message) { gateway->send(to, message); },
                 [this](ports::ConnectionId connection) { web->close(connection); }, [this] { return entropy.hex(16); },
                 [this] { return core->now(); },
                 [this](const LegId& leg) { return core::views::page_status(engine->state(), leg); },
                 [this](const LegId& leg) { return switchboard->heard(leg); }, relay,
                 [this](const LegId& leg) {
                   const auto* call = engine->state().calls.find(leg);
                   return call ? core::views::lines_of(*call) : std::vector<core::LineCard>{};
                 },
                 [this](core::Input input, std::function<void(const Refusal&)> refused) {
                   core->submit(std::move(input), [refused = std::move(refused)](const runtime::Reply& reply) {
                     if (reply.refusal) refused(*reply.refusal);
                   });
                 }},
                *switchboard);
    if (borders) switchboard->set_borders(&*borders);
    gateway->set_reports({[this] { return runtime::health_json(engine->state(), condition()); },
                          [this] { return metrics.text(engine->state(), condition()); }});
    switchboard->set_offer_voice(
        [this](SessionId session, const core::MediaOffer& offer) { return gateway->offer_voice(session, offer); });
    core->set_hooks({[this](const core::Effect& effect) {
                       if (std::holds_alternative<core::ForgetRecords>(effect.body)) return forget(effect);
                       switchboard->carry_out(effect);
                     },
                     [this](const std::vector<core::Event>& events) {
                       metrics.happened(engine->state(), events);
                       warn_of_door(events);
                       gateway->happened(events);
                       if (recording) recording->recordings.happened(events);
                       if (keeper) keeper->wake(journal->head().position);
                       if (playing) playing->keeper().wake(journal->head().position);
                       if (history) history->wake(journal->head().position);
                       if (deliveries) deliveries->wake(journal->head().position);
                     },
                     [this](Instant now) {
                       gateway->tick(now);
                       switchboard->tick(now);
                       if (recording) recording->recordings.tick(now);
                       for (const auto& effect : std::exchange(unforgotten, {})) forget(effect, true);
                       unlink_callers();
                       if (deliveries) deliveries->tick();
                     },
                     [this](const Refusal& why) {
                       spdlog::critical("the journal refused an append, the core stops: {}", why.message);
                       if (cluster) cluster->give_up(why);  // not a word more: the other machine has the callers now
                       end(kExitCoreStopped);
                     }});
  }

  /// Until it is done it stays outstanding: the next process does it again.
  void forget(const core::Effect& effect, bool again = false) {
    const auto subjects = subjects_of(std::get<core::ForgetRecords>(effect.body).records);
    if (auto forgotten = vault->forget(subjects); !forgotten) {
      if (!again) spdlog::error("{} keys are yet to be deleted: {}", subjects.size(), forgotten.error().message);
      unforgotten.push_back(effect);
      return;
    }
    photographs->forget(std::get<core::ForgetRecords>(effect.body).records.calls);
    core->submit_lazily({effect.id});
  }

  /// Their numbers' references go, too. At a tick, when whoever has just called stands in the state.
  void unlink_callers() {
    auto callers = std::exchange(orphaned, {});
    std::erase_if(callers, [this](CallerRef caller) { return core::caller_in_use(engine->state(), caller); });
    if (!callers.empty() && vault->forget_callers(callers)) keeper->unlinked(std::move(callers));
  }

  /// The index of records: without it the line answers, and nobody is told or forgotten.
  void keep_records() {
    const auto sorry = [](const Refusal& why) { spdlog::error("the index of records: {}", why.message); };
    auto index = records_sqlite::RecordsSqlite::open(config.data);
    auto beside = journal_sqlite::JournalSqlite::open(config.data, config.keys, journal_sqlite::Mode::read);
    if (!index) return sorry(index.error());
    if (!beside) return sorry(beside.error());
    runtime::RecordKeeper::Hooks hooks;
    hooks.refused = sorry;
    hooks.over = [this](Records records) {
      core->post_always([this, records = std::move(records)] { core->submit(core::RetentionOver{records}); });
    };
    hooks.orphaned = [this](std::vector<CallerRef> callers) {
      core->post_always([this, callers = std::move(callers)] { orphaned = callers; });
    };
    keeper = std::make_unique<runtime::RecordKeeper>(std::move(*beside), std::move(*index), config.retention,
                                                     wall_clock, std::move(hooks));
    gateway->set_callers({[this](const std::string& number) { return vault->known_caller(number); },
                          [this](CallerRef caller, std::function<void(runtime::CallersRecords)> answer) {
                            return keeper->find(caller, std::move(answer));
                          },
                          [this](IncidentId incident, std::function<void(CallerRef, runtime::CallersRecords)> answer) {
                            return keeper->find_of(incident, std::move(answer));
                          }});
    keeper->start();
    keeper->wake(journal->head().position);
    auto plays = Playing::begin(config, *core, *gateway);
    if (!plays) return sorry(plays.error());
    playing = std::move(*plays);
    playing->keeper().wake(journal->head().position);
  }

  /// Other programs are told by this. Without it the line answers, and they are told when it is back.
  void deliver() {
    const auto sorry = [](const Refusal& why) { spdlog::error("deliveries to other programs: {}", why.message); };
    auto client = http_client::HttpClientBeast::make(http_client_of(config));
    auto store = deliveries_sqlite::DeliveriesSqlite::open(config.data);
    auto reads = journal_sqlite::JournalSqlite::open(config.data, config.keys, journal_sqlite::Mode::read);
    auto beside = journal_sqlite::JournalSqlite::open(config.data, config.keys, journal_sqlite::Mode::read);
    auto keys = vault::VaultSodium::unlock(config.data, config.keys, false, vault::Use::reads);
    if (!client) return sorry(client.error());
    if (!store) return sorry(store.error());
    if (!reads) return sorry(reads.error());
    if (!beside) return sorry(beside.error());
    if (!keys) return sorry(keys.error());
    http = std::move(*client);
    delivery_vault = std::move(*keys);
    delivery_sealer = std::make_unique<runtime::VaultSealer>(*delivery_vault);
    runtime::Deliveries::Hooks hooks;
    hooks.refused = sorry;
    hooks.stand = [this](core::DeliveriesStand stand) {
      core->post_always([this, stand = std::move(stand)] { core->submit(stand); });
    };
    deliveries = std::make_unique<runtime::Deliveries>(std::move(*reads), std::move(*beside), std::move(*store),
                                                       *delivery_sealer, *http, wall_clock, std::move(hooks));
    deliveries->start();
    deliveries->wake(journal->head().position);
  }

  /// Callers' dialogs go on where an earlier process left them; what arrives from now on waits for the core.
  Result<bool> restore_legs() {
    auto records = runtime::leg_records(engine->state(), *journal, *sealer);
    if (!records) return tl::unexpected(records.error());
    const auto of_pages = runtime::take_page_legs(*records);
    auto restored = sip.start(sip_of(config, engine->state().epoch), *switchboard, std::move(*records));
    if (!restored) return tl::unexpected(restored.error());
    std::ranges::copy(pages->restore(of_pages), std::back_inserter(*restored));
    switchboard->restore(*restored);
    if (!restored->empty()) spdlog::info("{} callers are still here", restored->size());
    return true;
  }

  /// A misspelt station would send its trunk's calls to the headquarters, and nobody would know why.
  Result<bool> check_trunks() const {
    const auto& stations = engine->state().stations;
    if (stations.stations.empty()) return true;  // none is defined yet
    const auto check = [&](const std::string& station, const std::string& at) -> Result<bool> {
      if (station.empty() || stations.find({station})) return true;
      return refuse("invalid",
                    at + ": there is no station \"" + station + "\"" + nation::nearest_name(stations, station));
    };
    for (const auto& trunk : config.trunks)
      if (auto known = check(trunk.station, trunk.station_at); !known) return known;
    return check(config.web_callers.station, config.web_callers.station_at);
  }

  /// The nation is defined once, on the first start; afterwards administrators change it.
  Result<bool> define_nation() {
    if (!engine->state().stations.stations.empty() || config.nation.empty()) return true;
    auto nation = nation::load_nation(config.nation);
    if (!nation) return tl::unexpected(nation.error());
    std::optional<Refusal> refused;
    core->submit(core::DefineStations{std::move(*nation)},
                 [&](const runtime::Reply& reply) { refused = reply.refusal; });
    core->turn();
    if (refused) return tl::unexpected(*refused);
    spdlog::info("first start: {} stations defined", engine->state().stations.stations.size());
    if (engine->state().people.people.empty())
      spdlog::warn("nobody can sign in yet: sigap user add NAME --role administrator --station {} --data {}",
                   engine->state().stations.headquarters().value, config.data.string());
    return true;
  }
};

Service::Service(config::Config config) : parts_(std::make_unique<Parts>(std::move(config))) {}

Service::~Service() {
  auto& p = *parts_;
  if (p.control) p.control->stop();
  if (p.web) p.web->stop();
  // The core before its hands: what it orders is still carried out, and what the hands hear from now on the next
  // process hears again.
  if (p.core) p.core->stop();
  if (p.keeper) p.keeper->stop();
  if (p.playing) p.playing->keeper().stop();
  p.history.reset();  // its reader answers through the gateway
  if (p.http) p.http->stop();
  if (p.deliveries) p.deliveries->stop();
  p.sip.stop();
  if (p.media) p.media->stop();
  if (p.recording) p.recording->recorder.stop();
  p.gateway.reset();  // its workers post to the core and the web hand
}

Result<bool> Service::start() {
  auto& p = *parts_;
  p.open_password_lists();
  if (auto usable = p.certificate_usable(); !usable) return usable;
  auto journal = open_journal(p.config, p.cluster.get());
  if (!journal) return tl::unexpected(journal.error());
  p.journal = std::move(*journal);
  if (auto opened = p.open_storage(); !opened) return opened;
  if (!p.config.places.empty()) {
    auto places = runtime::Places::load(p.config.places);
    if (!places) return tl::unexpected(places.error());
    p.places = std::move(*places);
  }
  p.open_borders();
  p.compose();
  p.media->start();
  if (p.recording) p.recording->recorder.start(p.recording->recordings);
  const auto prepare = [&p] {
    p.clock.not_before(p.engine->state().now);
    if (auto trunks = p.check_trunks(); !trunks) return trunks;
    return p.restore_legs();
  };
  if (auto recovered = p.core->recover(prepare); !recovered) return recovered;
  if (auto nation = p.define_nation(); !nation) return nation;
  if (auto lists = define_lists(p.config, *p.core); !lists) return lists;
  if (auto trunks = p.check_trunks(); !trunks) return trunks;
  p.keep_records();
  p.history = start_history(p.config, *p.gateway, p.journal->head().position);
  p.deliver();
  p.gateway->recovered();
  p.web->remember(p.gateway->known_sign_ins());
  if (auto web = p.web->start(); !web) return web;
  p.control = std::make_unique<Control>(*p.gateway, *p.messages);
  if (auto control = p.control->start(p.config.data); !control) return control;
  p.core->start();
  p.photographs->sweep();
  return true;
}

int Service::wait() {
  auto& p = *parts_;
  std::unique_lock lock(p.mutex);
  p.changed.wait(lock, [&] { return p.exit.has_value(); });
  return *p.exit;
}

void Service::ask_to_stop() {
  parts_->end(kExitFine);
  if (parts_->cluster) parts_->cluster->stop();
}

Service::Ports Service::ports() const {
  return {parts_->web->bound_port(), parts_->sip.port()};
}

}  // namespace sigap::sigapd
