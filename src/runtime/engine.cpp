#include "runtime/engine.h"

#include "base/check.h"
#include "base/hash.h"
#include "codec/event_codec.h"
#include "codec/fit.h"
#include "codec/state_codec.h"

namespace sigap::runtime {
namespace {

Result<ports::JournalHead> fold_from(ports::Journal& journal, std::int64_t position, codec::Sealer& sealer,
                                     const std::function<void(const core::Event&)>& take) {
  std::optional<Refusal> problem;
  auto head = journal.read(position, [&](const ports::JournalLine& line) {
    auto event = codec::read_event(line.body, sealer);
    if (!event) {
      problem = event.error();
      if (problem->code != "format")
        problem =
            Refusal{"corrupt", problem->field, "position " + std::to_string(line.position) + ": " + problem->message};
      return false;
    }
    take(*event);
    return true;
  });
  if (problem) return tl::unexpected(*problem);
  return head;
}

/// Of whoever wrote the end of the journal.
Result<bool> of_cell(ports::Journal& journal, const std::string& cell) {
  std::string theirs = cell;
  if (const auto end = journal.head().position; end > 0)
    if (auto read = journal.read(end, [&](const ports::JournalLine& line) { return theirs = line.stream, false; });
        !read)
      return tl::unexpected(read.error());
  if (theirs == cell) return true;
  return refuse("cell", "the journal is of the cell \"" + theirs + "\", this server is configured for \"" + cell + '"');
}

}  // namespace

Engine::Engine(EngineConfig config, ports::Journal& journal, codec::Sealer& sealer,
               std::function<std::string()> fresh_id)
    : config_(std::move(config)), journal_(journal), sealer_(sealer), fresh_id_(std::move(fresh_id)) {
  config_.policy.cell = config_.cell;
  config_.policy.fit = codec::fit;
}

Result<Batch> Engine::recover(Instant now) {
  if (auto ours = of_cell(journal_, config_.cell); !ours) return tl::unexpected(ours.error());
  // One that cannot be read, or is not what it was, is passed over: everything is in the events.
  if (auto checkpoint = journal_.newest_checkpoint())
    if (auto state = codec::read_state(checkpoint->state, sealer_))
      if (sha256_hex(codec::hashable_text(*state)) == checkpoint->state_hash) {
        state_ = std::move(*state);
        checkpoint_position_ = checkpoint->position;
      }
  std::map<EffectId, core::EffectBody> ordered;
  auto head = fold_from(journal_, checkpoint_position_ + 1, sealer_, [&](const core::Event& event) {
    core::apply(state_, event);
    if (auto effect = core::effect_of(event.body)) ordered.emplace(EffectId{event.seq}, std::move(*effect));
  });
  if (!head) return tl::unexpected(head.error());

  // Effects older than the checkpoint are read again: few, for a live call's lifetime is short.
  for (const auto id : state_.outstanding) {
    if (ordered.contains(id)) continue;
    std::string wanted;
    auto read = journal_.read(id.value, [&](const ports::JournalLine& line) { return wanted = line.body, false; });
    if (!read) return tl::unexpected(read.error());
    auto event = codec::read_event(wanted, sealer_);
    if (!event) return tl::unexpected(event.error());
    if (auto effect = core::effect_of(event->body)) ordered.emplace(id, std::move(*effect));
  }
  std::vector<core::Effect> again;
  core::EffectsReported dropped;
  for (const auto id : state_.outstanding) {
    const auto& body = ordered.at(id);
    if (core::redo_of(body) == core::Redo::at_most_once)
      dropped.reports.push_back({id, core::EffectOutcome::dropped, "the process died before it was reported"});
    else
      again.push_back({id, body});
  }
  // The start comes before the timers: what ran out while nobody could react is given time by it.
  Batch begun;
  decide(core::Started{config_.version, state_.epoch + 1, config_.format}, now, begun, nullptr);
  auto batch = run_after(std::move(begun), {std::move(dropped)}, now);
  if (batch) batch->effects.insert(batch->effects.begin(), again.begin(), again.end());
  return batch;
}

Result<Batch> Engine::run(const std::vector<core::Input>& inputs, Instant now, Duration late) {
  Batch batch;
  if (!stopped_ && late > Duration{}) decide(core::WasLate{late}, now, batch, nullptr);
  return run_after(std::move(batch), inputs, now);
}

Result<Batch> Engine::run_after(Batch batch, const std::vector<core::Input>& inputs, Instant now) {
  if (stopped_) return refuse("stopped", "an append failed: start again from the journal");
  // Timers first: a flood in the inbox must not starve what was promised (second ring,
  // escalation).
  while (const auto due = core::due_timer(state_, now)) decide(*due, now, batch, nullptr);
  batch.replies.resize(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) decide(inputs[i], now, batch, &batch.replies[i]);
  return commit(std::move(batch));
}

void Engine::decide(const core::Input& input, Instant now, Batch& batch, Reply* reply) {
  auto decision = config_.decide(state_, positions_, config_.policy, input, now);
  for (auto& event : decision.events) event.id = fresh_id_();
  if (batch.events.empty())
    batch.events = std::move(decision.events);
  else
    std::move(decision.events.begin(), decision.events.end(), std::back_inserter(batch.events));
  if (reply) *reply = {std::move(decision.refusal), decision.session};
}

Result<Batch> Engine::commit(Batch batch) {
  if (batch.events.empty()) return batch;
  std::vector<ports::JournalLine> lines;
  lines.reserve(batch.events.size());
  for (const auto& event : batch.events)
    lines.push_back({event.seq, event.stream, event.epoch, event.seq, codec::write_event(event, sealer_), {}});
  // Keys first: an event whose key was lost could never be read again.
  if (auto keys = sealer_.flush(); !keys) {
    stopped_ = true;
    return tl::unexpected(keys.error());
  }
  if (auto head = journal_.append(std::move(lines)); !head) {
    stopped_ = true;
    return tl::unexpected(head.error());
  }
  for (const auto& event : batch.events)
    if (auto effect = core::effect_of(event.body)) batch.effects.push_back({{event.seq}, std::move(*effect)});
  return batch;
}

std::string Engine::state_hash() const {
  return sha256_hex(codec::hashable_text(state_));
}

Result<core::State> replay(ports::Journal& journal, codec::Sealer& sealer) {
  core::State state;
  auto head = fold_from(journal, 1, sealer, [&](const core::Event& event) { core::apply(state, event); });
  if (!head) return tl::unexpected(head.error());
  return state;
}

}  // namespace sigap::runtime
