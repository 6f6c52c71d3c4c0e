// Who is shown whose data, and what administrators ask about a caller.
#include <algorithm>
#include <cctype>

#include "base/hash.h"
#include "base/phone_number.h"
#include "runtime/screens/gateway.h"
#include "runtime/voice/page_signalling.h"

namespace sigap::runtime {
namespace {

/// Ticks between two times that one browser's readings are written: 30 s. A process that dies loses no more of them,
/// and whoever comes back is shown the same again. Own.
constexpr std::int64_t kToldEvery = 60;
/// Records a browser is known to have been shown: beyond, it is begun anew, and some are written twice. Own.
constexpr std::size_t kShownMax = 20'000;
constexpr std::size_t kPageCode = 64;       // hex digits of SHA-256
constexpr std::size_t kRecordsShown = 200;  // of one caller: what a person looks through; own

bool personal(const core::CallCard& c) {
  return c.number || c.location || c.civic || c.digits || c.language || !c.lines.empty();
}
bool personal(const core::IncidentCard& c) {
  return c.place || c.notes || c.reporter || c.number;
}
bool personal(const core::TaskCard& c) {
  return c.number || c.place || !c.texts.empty();
}

bool personal(const core::CaseCard& c) {
  return c.text || c.where || c.phone ||
         std::ranges::any_of(c.entries, [](const auto& e) { return e.text.has_value(); });
}

void add_to(const RecordFound& record, Records& records) {
  switch (record.kind) {
    case RecordKind::call:
      return records.calls.push_back({record.id});
    case RecordKind::incident:
      return records.incidents.push_back({record.id});
    case RecordKind::task:
      return records.tasks.push_back({record.id});
    case RecordKind::complaint: {
      auto all = records.complaints();
      all.push_back({record.id});
      return records.set_complaints(std::move(all));
    }
  }
}

void put_in_order(Records& records) {
  std::ranges::sort(records.calls);
  std::ranges::sort(records.incidents);
  std::ranges::sort(records.tasks);
  auto complaints = records.complaints();
  std::ranges::sort(complaints);
  records.set_complaints(std::move(complaints));
}

/// Who called by a page has no number. What they can show instead: the code of their browser, which is the hash that
/// its calls are kept under (PageSignalling::page_hash).
std::string known_as(const std::string& shown) {
  std::string code;
  for (const unsigned char c : shown)
    if (std::isspace(c) == 0) code += static_cast<char>(std::tolower(c));
  const bool is_code = code.size() == kPageCode && code.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_code ? page_caller(code) : canonical_number(shown);
}

/// ... or the link of their report; empty when it is none.
std::string_view token_in(std::string_view shown) {
  const auto hash = shown.rfind("/lacak#");
  return hash == std::string_view::npos ? std::string_view() : shown.substr(hash + std::string_view("/lacak#").size());
}

}  // namespace

void Gateway::show(ports::ConnectionId connection, Browser& browser, const core::Update& update) {
  send(connection, update);
  if (browser.shown.size() > kShownMax) {
    tell_shown(browser);  // in one event each stands once
    browser.shown.clear();
  }
  const auto note = [&](RecordKind kind, const auto& cards, auto id_of, auto& untold) {
    for (const auto& card : cards)
      if (personal(card) && browser.shown.emplace(kind, id_of(card).value).second) untold.push_back(id_of(card));
  };
  note(
      RecordKind::call, update.calls, [](const auto& c) { return c.call; }, browser.untold.calls);
  note(
      RecordKind::incident, update.incidents, [](const auto& c) { return c.incident; }, browser.untold.incidents);
  note(
      RecordKind::task, update.tasks, [](const auto& c) { return c.task; }, browser.untold.tasks);
  auto complaints = browser.untold.complaints();
  note(
      RecordKind::complaint, update.cases, [](const auto& c) { return c.complaint; }, complaints);
  browser.untold.set_complaints(std::move(complaints));
}

void Gateway::tell_shown(Browser& browser) {
  if (browser.untold.empty()) return;
  auto records = std::exchange(browser.untold, {});
  put_in_order(records);
  core_.submit(core::RecordsShown{browser.session, browser.person, std::move(records)});
}

/// Not all in one commit.
void Gateway::tell_shown_in_turn() {
  ++ticks_;
  for (auto& [connection, browser] : browsers_)
    if ((ticks_ + browser.session.value) % kToldEvery == 0) tell_shown(browser);
}

void Gateway::ask_about_caller(const core::Asker& asker, core::Request request, const std::string& number,
                               const Tell& tell) {
  const auto* person = person_of(asker);
  // Whoever may not is refused before anything is looked up, and it is written down.
  if (!callers_.find || !person || !core::access::may(person->role, request.command))
    return ask(asker, request.id, std::move(request.command), tell);
  const auto id = request.id;
  const auto found = [this, asker, request, tell](CallerRef caller, CallersRecords all) {
    core_.post_always(
        [this, asker, request, caller, tell, all = std::move(all)] { tell_found(asker, request, caller, all, tell); });
  };
  if (const auto token = token_in(number); !token.empty() && callers_.find_of) {
    const auto* report = core_.engine().state().incidents.by_token(sha256_hex(token));
    if (!report) return tell_found(asker, std::move(request), {}, {}, tell);
    if (!callers_.find_of(report->id, found)) tell(core::Refused{id, "busy", "", "too much work: say it again"});
    return;
  }
  const auto caller = callers_.known(known_as(number));
  if (!caller) return tell_found(asker, std::move(request), {}, {}, tell);
  const bool asked = callers_.find(caller, [found, caller](auto all) { found(caller, std::move(all)); });
  if (!asked) tell(core::Refused{id, "busy", "", "too much work: say it again"});
}

void Gateway::tell_found(const core::Asker& asker, core::Request request, CallerRef caller, const CallersRecords& all,
                         const Tell& tell) {
  const auto& s = core_.engine().state();
  const auto* person = person_of(asker);
  if (!person) return ask(asker, request.id, std::move(request.command), tell);
  const core::views::View view{s, core_.engine().positions(), config_.policy, *person};
  core::CallerFound found{request.id, !all.behind && !all.more, 0, {}};
  core::CallerRecords within{caller, {}};
  for (const auto& record : all.records) {
    auto card = core::views::card(view, record);
    if (!card) {
      ++found.elsewhere;
      continue;
    }
    add_to(record, within.records);
    if (found.records.size() < kRecordsShown)
      found.records.push_back(std::move(*card));
    else
      found.complete = false;
  }
  put_in_order(within.records);
  const bool looks = std::holds_alternative<core::LookUpCaller>(request.command);
  // Half of what there is must not be taken for all of it.
  if (!looks && all.behind) return ask(asker, request.id, std::move(request.command), tell);
  ask(
      asker, request.id, std::move(request.command),
      [tell, looks, found = std::move(found)](const core::ServerMessage& answer) {
        if (looks && std::holds_alternative<core::Done>(answer)) tell(found);
        tell(answer);
      },
      std::move(within));
}

}  // namespace sigap::runtime
