// Citizens who complain, and read what is answered. They have no sign-in: the code that their page made opens their
// complaint, and only its hash is kept. How often somebody may file, or be wrong about a code, is limited by address.
#include "base/hash.h"
#include "base/phone_number.h"
#include "runtime/screens/gateway.h"

namespace sigap::runtime {

bool Gateway::hear_complaint(ports::ConnectionId connection, Follower& follower, const core::ClientMessage& message) {
  follower.complains = true;
  if (std::holds_alternative<core::AskCaseForm>(message)) {
    send(connection, core::views::case_form(core_.engine().state()));
  } else if (const auto* file = std::get_if<core::FileCase>(&message)) {
    file_case(connection, *file);
  } else if (const auto* read = std::get_if<core::ReadCase>(&message)) {
    follow_case(connection, read->number, read->code);
  } else if (const auto* contest = std::get_if<core::ContestCase>(&message)) {
    follow_case(connection, contest->number, contest->code);
    const auto& now = followers_.at(connection);
    if (now.complaint) ask_of_case(connection, core::CaseDisputed{now.complaint, now.code_hash, contest->text});
  } else if (const auto* rate = std::get_if<core::RateCase>(&message)) {
    follow_case(connection, rate->number, rate->code);
    const auto& now = followers_.at(connection);
    if (now.complaint) ask_of_case(connection, core::CaseMarked{now.complaint, now.code_hash, rate->mark});
  } else {
    follower.complains = false;
    return false;
  }
  return true;
}

void Gateway::file_case(ports::ConnectionId connection, const core::FileCase& file) {
  const auto& address = followers_.at(connection).address;
  const auto code = cases::code_in(file.code);
  if (code.empty()) return send(connection, core::CaseRefused{"invalid", "code"});
  const auto hash = sha256_hex(code);
  const auto told = [this, connection, hash] {
    const auto& cases = core_.engine().state().cases;
    const auto* filed = cases ? cases->of_code(hash) : nullptr;
    if (!filed) return false;
    send(connection, core::CaseFiled{cases::number_of(filed->id, filed->opened)});
    return true;
  };
  if (told()) return;  // said again
  if (!filings_.left(address, core_.now())) return send(connection, core::CaseRefused{"too_many", ""});
  filings_.count(address, core_.now());
  const auto number = file.number ? canonical_number(*file.number) : std::string();
  core::CaseArrives in{hash,
                       file.category,
                       file.station.value_or(StationCode{}),
                       file.text,
                       file.where.value_or(""),
                       number.empty() || number.size() > cases::kNumberMax_bytes ? CallerRef{} : caller_ref_(number),
                       file.number.value_or("")};
  core_.submit(std::move(in), [this, connection, told](const Reply& reply) {
    if (reply.refusal) return send(connection, core::CaseRefused{reply.refusal->code, reply.refusal->field});
    told();
  });
}

void Gateway::follow_case(ports::ConnectionId connection, const std::string& number, const std::string& code) {
  auto& follower = followers_.at(connection);
  follower.complaint = {};
  follower.code_hash.clear();
  if (!wrong_codes_.left(follower.address, core_.now())) return send(connection, core::CaseRefused{"too_many", "code"});
  const auto id = cases::number_in(number);
  const auto right = cases::code_in(code);
  const auto hash = right.empty() ? std::string() : sha256_hex(right);
  if (!core::views::own_case(core_.engine().state(), id, hash)) {
    wrong_codes_.count(follower.address, core_.now());
    return send(connection, core::CaseTold{});
  }
  follower.complaint = id;
  follower.code_hash = hash;
  tell_case(connection, follower, true);
}

void Gateway::tell_case(ports::ConnectionId connection, Follower& follower, bool again) {
  auto card = core::views::own_case(core_.engine().state(), follower.complaint, follower.code_hash);
  if (!again && card == follower.case_shown) return;
  send(connection, core::CaseTold{card.has_value(), card});
  follower.case_shown = std::move(card);
}

/// What became of it is told when it has happened (tell_cases).
void Gateway::ask_of_case(ports::ConnectionId connection, core::Input input) {
  core_.submit(std::move(input), [this, connection](const Reply& reply) {
    if (reply.refusal) send(connection, core::CaseRefused{reply.refusal->code, reply.refusal->field});
  });
}

void Gateway::tell_cases(const std::set<CaseId>& touched) {
  if (touched.empty()) return;
  for (auto& [connection, follower] : followers_)
    if (follower.complaint && touched.contains(follower.complaint)) tell_case(connection, follower, false);
}

}  // namespace sigap::runtime
