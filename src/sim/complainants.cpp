#include "sim/complainants.h"

namespace sigap::sim {
namespace {

constexpr Duration kFiledEvery = seconds(40);

/// What a citizen's page keeps of a complaint.
std::string code_of(std::int64_t filed) {
  return "code" + std::to_string(filed);
}

template <class T>
const T& one_of(Random& random, const std::vector<T>& all) {
  return all[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(all.size())))];
}

}  // namespace

void Complainants::begin() {
  if (!stage_.scenario.thorough) return;
  stage_.server.deliver(core::DefineCaseCategories{
      {{"service", "Pelayanan", "Service", false}, {"conduct", "Perilaku", "Conduct", true}}});
  files();
}

void Complainants::files() {
  stage_.after(stage_.complaints.exponential(kFiledEvery), [this] {
    if (stage_.closing) return;
    auto& random = stage_.complaints;
    core::CaseArrives in;
    in.code_hash = code_of(++filed_);
    in.category = random.chance(50) ? "conduct" : "service";
    if (random.chance(90)) in.station = one_of(random, stage_.scenario.stations).code;
    if (random.chance(3)) in.station = {"polres-that-was-closed"};
    in.text = random.chance(5) ? std::string(5'000, 'x') : "Saya menunggu lama sekali.";
    if (random.chance(50)) in.number = "+6281200" + std::to_string(filed_);
    // A page says it again until it is told: here it does so once, at times.
    if (random.chance(20)) stage_.say(Way::browser, in);
    stage_.say(Way::browser, std::move(in));
    ++stage_.counts["complaints"];
    files();
  });
}

void Complainants::minute() {
  if (!stage_.server.up()) return;
  const auto& s = stage_.server.state();
  for (const auto person : supervisors_) {
    const auto* session = s.people.session_of(person);
    if (!session)
      stage_.say(Way::browser, core::SignIn{person, "complaints" + std::to_string(stage_.complaints.next())});
    else if (!session->connected)
      stage_.say(Way::browser, core::BrowserAttached{session->id});
    else
      work(*session);
  }
  read();
}

/// Of all that there is, also what is not theirs: somebody tries.
void Complainants::work(const people::Session& session) {
  const auto& s = stage_.server.state();
  if (!s.cases) return;
  auto& random = stage_.complaints;
  for (const auto& [id, complaint] : s.cases->cases) {
    if (random.chance(70)) continue;
    const auto ask = [&, complaint = id](auto command) {
      command.complaint = complaint;
      stage_.ask(session.id, std::move(command));
    };
    if (random.chance(30)) {
      ask(core::MoveCase{{}, one_of(random, stage_.scenario.stations).code, random.chance(50) ? "conduct" : "service"});
    } else if (random.chance(30)) {
      ask(core::NoteCase{{}, "dicatat"});
    } else {
      ask(core::AnswerCase{{}, "Terima kasih, kami perbaiki.", random.chance(60)});
    }
  }
}

void Complainants::read() {
  const auto& cases = stage_.server.state().cases;
  if (!cases) return;
  auto& random = stage_.complaints;
  for (const auto& [id, complaint] : cases->cases) {
    const auto hash = random.chance(5) ? "wrong" : complaint.code_hash;
    if (random.chance(20)) stage_.say(Way::browser, core::CaseDisputed{id, hash, "Belum selesai."});
    if (random.chance(20)) stage_.say(Way::browser, core::CaseMarked{id, hash, 1 + random.below(5)});
  }
}

}  // namespace sigap::sim
