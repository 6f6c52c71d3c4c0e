// The conversation of a call: each line once, in order, within limits that whoever writes is told of.
#include "core/decide/conversations.h"

#include <algorithm>

#include "core/decide/calls.h"

namespace sigap::core {
namespace {

using calls::SaidBy;

constexpr std::string_view kAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool is_name(const std::string& name, std::size_t most) {
  return !name.empty() && name.size() <= most && name.find_first_not_of(kAlphanumeric) == std::string::npos;
}

/// A call that somebody reads, or will.
const calls::Call* open_call(const State& s, const LegId& leg) {
  const auto* call = s.calls.find(leg);
  const bool open = call && call->kind == calls::CallKind::emergency && call->state != calls::CallState::ended;
  return open ? call : nullptr;
}

/// Said before, so that it is done; or why it may not be said.
struct Look {
  bool known = false;
  Verdict refusal = {};
};

Look look(const calls::Call& call, SaidBy by, const std::string& name, Instant now) {
  if (!is_name(name, calls::kLineNameMax_bytes))
    return {false, no("invalid", "1 to 64 letters, digits, - and _", "name")};
  if (!call.lines) return {};
  std::size_t all = 0, lately = 0;
  for (const auto& line : *call.lines) {
    if (line.by != by) continue;
    if (line.name == name) return {true};
    ++all;
    lately += now - line.at < seconds(1);
  }
  if (all >= calls::kLinesMax) return {false, no("too_many", "no more lines in one call")};
  if (lately >= calls::kLinesPerSecond) return {false, no("too_fast", "say it again in a moment")};
  return {};
}

Verdict objection(const std::string& text) {
  if (text.empty()) return no("invalid", "there is nothing in it", "text");
  if (text.size() > calls::kLineMax_bytes) return no("too_long", "at most 1000 bytes", "text");
  return {};
}

}  // namespace

Verdict text_typed(Decider& d, const TextTyped& in) {
  const auto* call = open_call(d.state, in.leg);
  if (!call) return no("over", "this call has ended");
  if (auto refusal = objection(in.text)) return refusal;
  const auto [known, refusal] = look(*call, SaidBy::caller, in.name, d.now);
  if (known || refusal) return refusal;
  if (call->state == calls::CallState::relayed) return no("nobody_reads", "nobody reads in this call any more");
  d.emit(calls::TextSaid{call->id, SaidBy::caller, {}, in.name, personal(call->id, in.text)});
  return {};
}

Verdict photograph_sealed(Decider& d, const PhotographSealed& in) {
  const auto* call = open_call(d.state, in.leg);
  if (!call) return no("over", "this call has ended");
  const auto [known, refusal] = look(*call, SaidBy::caller, in.name, d.now);
  if (known || refusal) return refusal;
  if (call->state == calls::CallState::relayed) return no("nobody_reads", "nobody reads in this call any more");
  const auto sent = !call->lines ? 0 : std::ranges::count_if(*call->lines, [](const calls::Line& line) {
    return line.photograph.has_value();
  });
  if (static_cast<std::size_t>(sent) >= calls::kPhotographsMax)
    return no("too_many", "no more photographs in one call");
  d.emit(calls::PhotographKept{call->id, in.name, in.photograph});
  return {};
}

Verdict language_chosen(Decider& d, const LanguageChosen& in) {
  const auto* call = open_call(d.state, in.leg);
  if (!call) return no("over", "this call has ended");
  if (!is_name(in.language, calls::kLanguageMax_bytes)) return no("invalid", "a language's name (BCP 47)", "language");
  caller_speaks(d, call->id, in.language);
  return {};
}

void caller_speaks(Decider& d, CallId id, const std::string& language) {
  const auto& call = *d.state.calls.find(id);
  if (!is_name(language, calls::kLanguageMax_bytes) || (call.language && call.language->value == language)) return;
  d.emit(calls::CallerSpeaks{id, personal(id, language)});
}

Verdict say_text(Decider& d, const SayText& c) {
  if (auto refusal = not_mine(d, c.call)) return refusal;
  const auto& call = *d.state.calls.find(c.call);
  if (!call.can_read()) return no("no_text", "this caller has a telephone and no page", "call");
  if (auto refusal = objection(c.text)) return refusal;
  const auto [known, refusal] = look(call, SaidBy::operator_, c.name, d.now);
  if (known || refusal) return refusal;
  d.emit(calls::TextSaid{call.id, SaidBy::operator_, d.actor.person, c.name, personal(call.id, c.text)});
  return {};
}

Verdict view_photograph(Decider& d, const ViewPhotograph& c) {
  const auto* call = d.state.calls.find(c.call);
  const auto is_it = [&](const calls::Line& line) { return line.photograph && line.photograph->sha256 == c.sha256; };
  if (!call || !call->lines || std::ranges::none_of(*call->lines, is_it))
    return no("gone", "there is no such photograph", "sha256");
  d.emit(calls::PhotographSeen{c.call, c.sha256, d.actor.person});
  return {};
}

}  // namespace sigap::core
