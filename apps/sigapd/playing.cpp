#include "sigapd/playing.h"

#include <spdlog/spdlog.h>

#include <chrono>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/recordings_sqlite/recordings_sqlite.h"

namespace sigap::sigapd {

Result<std::unique_ptr<Playing>> Playing::begin(const config::Config& config, runtime::CoreThread& core,
                                                runtime::Gateway& gateway) {
  using journal_sqlite::JournalSqlite;
  using vault::VaultSodium;
  const auto now = [] {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
  };
  std::unique_ptr<Playing> p(new Playing);
  auto index = recordings_sqlite::RecordingsSqlite::open(config.data);
  if (!index) return tl::unexpected(index.error());
  auto follows = JournalSqlite::open(config.data, config.keys, journal_sqlite::Mode::read);
  if (!follows) return tl::unexpected(follows.error());
  auto lines = JournalSqlite::open(config.data, config.keys, journal_sqlite::Mode::read);
  if (!lines) return tl::unexpected(lines.error());
  auto reasons = VaultSodium::unlock(config.data, config.keys, false, vault::Use::reads);
  if (!reasons) return tl::unexpected(reasons.error());
  auto sounds = VaultSodium::unlock(config.data, config.keys, false, vault::Use::reads);
  if (!sounds) return tl::unexpected(sounds.error());
  p->vault_ = std::move(*reasons);
  p->sealer_ = std::make_unique<runtime::VaultSealer>(*p->vault_);
  runtime::Player::Parts parts;
  parts.folder = config.recordings.empty() ? config.data / "recordings" : config.recordings;
  parts.vault = std::move(*sounds);
  parts.fresh = [] { return vault::EntropySodium().hex(16); };
  parts.clock = now;
  p->player_ = std::make_unique<runtime::Player>(std::move(parts));
  auto& player = *p->player_;
  runtime::RecordingKeeper::Hooks hooks;
  hooks.over = [&core](std::vector<CallId> calls) {
    core.post_always([&core, calls = std::move(calls)] { core.submit(core::RecordingsOver{calls}); });
  };
  hooks.remove = [&player](RecordingId recording) { return player.remove(recording); };
  hooks.let_go = [&player](const std::vector<std::string>& subjects) { player.let_go(subjects); };
  hooks.refused = [](const Refusal& why) { spdlog::error("the index of recordings: {}", why.message); };
  p->keeper_ = std::make_unique<runtime::RecordingKeeper>(std::move(*follows), std::move(*lines), std::move(*index),
                                                          *p->sealer_, config.retention, now, std::move(hooks));
  auto& keeper = *p->keeper_;
  gateway.set_recordings(
      {[&keeper](ports::RecordingQuery query, std::function<void(runtime::FoundCalls)> answer) {
         return keeper.find(std::move(query), std::move(answer));
       },
       [&player](SessionId session, const core::KnownCall& call) { return player.admit(session, call); },
       [&player](SessionId session, ports::SoundAsked asked, std::function<void(ports::SoundAnswer)> done) {
         player.hear(session, std::move(asked), std::move(done));
       }});
  keeper.start();
  return p;
}

Playing::~Playing() {
  if (keeper_) keeper_->stop();
}

}  // namespace sigap::sigapd
