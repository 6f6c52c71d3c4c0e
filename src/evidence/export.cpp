#include "evidence/export.h"

#include "base/hash.h"
#include "base/overloaded.h"
#include "evidence/concerns.h"
#include "evidence/opened.h"
#include "keys/sealed_value.h"
#include "ports/journal_chain.h"
#include "recording/sound.h"

namespace sigap::evidence {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kProgressEach = 100'000;  // lines; own

/// Of a whole journal the lines of a call.
struct LinesOfCall {
  std::vector<Line> lines;
  Concerns concerns;
  ports::JournalHead head;
  std::string cell;
};

Result<LinesOfCall> lines_of(CallId call, const Sources& sources) {
  LinesOfCall found{{}, Concerns(call), {}, {}};
  std::string before = ports::kChainStart;
  const auto until = sources.journal.head();
  auto read = sources.journal.read(1, [&](const ports::JournalLine& line) {
    if (line.position > until.position) return false;  // what was written since may be read next time
    if (found.concerns.line(line.body)) found.lines.push_back({line.position, before, line.body});
    before = line.hash;
    found.cell = line.stream;
    if (sources.progress && line.position % kProgressEach == 0) sources.progress(line.position, until.position);
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  found.head = until;
  return found;
}

/// What a call must be like. None: it is.
std::optional<Refusal> unfit(CallId call, const std::vector<core::Event>& events) {
  bool arrived = false, over = false, held = false;
  for (const auto& event : events)
    visit_some(Overloaded{[&](const calls::CallArrived& e) { arrived = arrived || e.call == call; },
                          [&](const calls::CallPlaced& e) { arrived = arrived || e.call == call; },
                          [&](const calls::RingBackPlaced& e) { arrived = arrived || e.call == call; },
                          [&](const calls::CallEnded& e) { over = over || e.call == call; },
                          [&](const privacy::HoldPlaced& e) { held = held || e.call == call; },
                          [&](const privacy::HoldLifted& e) { held = held && e.call != call; }},
               event.body);
  if (!arrived) return Refusal{"no_call", "call", "there is no call of this number"};
  if (!over) return Refusal{"not_over", "call", "the call goes on: what is said in it is not yet on disk"};
  if (!held)
    return Refusal{"not_held", "call",
                   "nobody keeps this call as evidence: a supervisor places a legal hold first (/rekaman), so that who "
                   "asked and why stand in the journal"};
  return std::nullopt;
}

/// Writes files and keeps their sums.
class Folder {
 public:
  explicit Folder(fs::path path) : path_(std::move(path)) {}
  bool put(const std::string& name, const std::string& text) {
    if (auto written = write_file(path_ / name, text); !written) {
      wrong_ = written.error();
      return false;
    }
    sums_ += sha256_hex(text) + "  " + name + "\n";
    return true;
  }
  Result<bool> close(const Signer& signer) {
    if (wrong_) return tl::unexpected(*wrong_);
    const auto sums = sums_;
    if (!put(kSums, sums) || !put(kSignature, signer.sign(sums))) return tl::unexpected(*wrong_);
    return true;
  }

 private:
  fs::path path_;
  std::string sums_;
  std::optional<Refusal> wrong_;
};

void put_recording(const recordings::RecordingEnded& e, const keys::Key& key, const Sources& sources, Folder& folder,
                   Exported& exported) {
  const auto name = "recording " + std::to_string(e.recording.value);
  if (e.bytes == 0) return exported.lacking.push_back(name + ": the journal says that nothing was written");
  const auto file = recording::file_of(sources.recordings, e.recording);
  const auto sealed = read_file(file);
  if (!sealed) return exported.lacking.push_back(name + ": " + sealed.error().message);
  folder.put(recording_name(e.recording, ".sgr"), *sealed);
  ++exported.recordings;
  if (sha256_hex(*sealed) != e.sha256)
    return exported.lacking.push_back(name + ": not the file that the journal knows");
  keys::Key open, secret;
  if (!keys::recording_pair(key, e.recording, open.data(), secret.data()))
    return exported.lacking.push_back(name + ": its key cannot be made");
  const auto sound = recording::sound_of(file, {secret.data()});
  if (!sound) return exported.lacking.push_back(name + ": " + sound.error().message);
  folder.put(recording_name(e.recording, ".wav"), recording::wav(*sound));
}

void put_photograph(const calls::PhotographKept& e, const keys::Key& key, const Sources& sources, Folder& folder,
                    Exported& exported) {
  const auto& sha256 = e.photograph.sha256;
  const auto name = "photograph " + sha256.substr(0, 16);
  const auto sealed = sources.photographs.read(e.call, sha256);
  if (!sealed) return exported.lacking.push_back(name + ": " + sealed.error().message);
  folder.put(photograph_name(sha256, ".sealed"), *sealed);
  ++exported.photographs;
  const auto jpeg = keys::open_value(key, subject_of(e.call).value, ports::kPhotographPlace, *sealed);
  if (!jpeg || sha256_hex(*sealed) != sha256)
    return exported.lacking.push_back(name + ": not the file that the journal knows");
  folder.put(photograph_name(sha256, ".jpg"), *jpeg);
}

}  // namespace

Result<Exported> export_call(const Order& order, const Sources& sources, const fs::path& path) {
  if (fs::exists(path)) return refuse("exists", path.string() + " is there already", "into");
  auto found = lines_of(order.call, sources);
  if (!found) return tl::unexpected(found.error());

  Subjects keys;
  const auto subject = subject_of(order.call).value;
  for (const auto& of : found->concerns.subjects()) {
    keys::Key key;
    if (sources.key_of(of, key)) keys[of] = key;
  }
  auto opened = open_lines(found->lines, keys);
  if (!opened) return tl::unexpected(opened.error());
  if (auto wrong = unfit(order.call, opened->events)) return tl::unexpected(*wrong);
  if (!keys.contains(subject))
    return refuse("forgotten", "the call was forgotten: nobody can read it any more", "call");

  const auto fresh = fs::path(path.string() + ".part");
  std::error_code error;
  fs::remove_all(fresh, error);
  fs::create_directories(fresh, error);
  fs::permissions(fresh, fs::perms::owner_all, error);
  if (error) return refuse("io", fresh.string() + " cannot be made");
  Exported exported;
  Folder folder(fresh);
  Statement s{kFormat, found->cell, order.call, order.made, order.by, order.reason, order.version, 0, 0, {}};
  s.lines = exported.lines = static_cast<std::int64_t>(found->lines.size());
  s.head = found->head.position;
  s.head_hash = found->head.hash;
  std::string lines;
  for (const auto& line : found->lines) lines += write_line(line);
  bool good = folder.put(kStatement, write_statement(s)) && folder.put(kLines, lines) &&
              folder.put(kOpened, opened->json) && folder.put(kTimeline, opened->timeline) &&
              folder.put(kKeys, write_keys(keys)) && folder.put(kPublicKey, pem_of(sources.signer.public_key()));
  for (const auto& event : opened->events) {
    if (!good) break;
    visit_some(
        Overloaded{
            [&](const recordings::RecordingEnded& e) { put_recording(e, keys.at(subject), sources, folder, exported); },
            [&](const calls::PhotographKept& e) { put_photograph(e, keys.at(subject), sources, folder, exported); }},
        event.body);
  }
  if (auto closed = folder.close(sources.signer); !closed) {
    fs::remove_all(fresh, error);
    return tl::unexpected(closed.error());
  }
  fs::rename(fresh, path, error);
  if (error) return refuse("io", path.string() + " cannot be made");
  return exported;
}

}  // namespace sigap::evidence
