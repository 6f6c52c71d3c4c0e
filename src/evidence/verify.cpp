#include "evidence/verify.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "base/hash.h"
#include "base/overloaded.h"
#include "base/rfc3339.h"
#include "evidence/concerns.h"
#include "evidence/opened.h"
#include "keys/sealed_value.h"
#include "ports/journal_chain.h"
#include "ports/photographs.h"
#include "recording/sound.h"

namespace sigap::evidence {
namespace {

namespace fs = std::filesystem;

class Check {
 public:
  Check(const fs::path& folder, const Against& against) : folder_(folder), against_(against) {}

  std::vector<Found> run() {
    signature();
    if (!sums() || !read_parts()) return std::move(found_);
    chain();
    words();
    if (opened_) {
      sounds();
      pictures();
    }
    copy();
    return std::move(found_);
  }

 private:
  void say(Finding finding, std::string text) { found_.push_back({finding, std::move(text)}); }
  void holds(bool good, std::string proved, std::string broken) {
    say(good ? Finding::proved : Finding::broken, good ? std::move(proved) : std::move(broken));
  }
  /// Nothing, and said, when it is not there.
  std::optional<std::string> file(const std::string& name) {
    auto text = read_file(folder_ / name);
    if (text) return std::move(*text);
    say(Finding::broken, text.error().message);
    return std::nullopt;
  }

  void signature() {
    const auto sums = file(kSums), signature = file(kSignature), pem = file(kPublicKey);
    if (!sums || !signature || !pem) return;
    const auto inside = public_key_of(*pem);
    if (!inside) return say(Finding::broken, "public.pem: " + inside.error().message);
    if (!is_signed(*sums, *signature, *inside))
      return say(Finding::broken, "SHA256SUMS is not what was signed with the key in public.pem");
    if (against_.public_key.empty())
      return say(Finding::unproved, "signed with the key " + fingerprint_of(*inside) +
                                        ": whose it is is not known here (give --key, or compare the fingerprint)");
    holds(names(against_.public_key, *inside), "signed by " + fingerprint_of(*inside),
          "signed with another key than the one given: " + fingerprint_of(*inside));
  }

  bool sums() {
    const auto text = file(kSums);
    if (!text) return false;
    std::istringstream in(*text);
    std::set<std::string> named = {kSums, kSignature};
    std::int64_t good = 0;
    const auto before = found_.size();
    for (std::string sum, name; in >> sum >> name;) {
      named.insert(name);
      if (name.find('/') != std::string::npos) {
        say(Finding::broken, "SHA256SUMS names a file outside of the archive");
        continue;
      }
      const auto one = file(name);
      if (one && sha256_hex(*one) != sum)
        say(Finding::broken, name + " is not the file that was signed");
      else
        good += one.has_value();
    }
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_, error))
      if (const auto name = entry.path().filename().string(); !named.contains(name))
        say(Finding::broken, name + " does not belong to the archive: nobody signed it");
    if (found_.size() == before) say(Finding::proved, std::to_string(good) + " files as they were signed");
    return true;
  }

  bool read_parts() {
    const auto statement = file(kStatement), lines = file(kLines), keys = file(kKeys);
    if (!statement || !lines || !keys) return false;
    const auto take = [&](auto read, auto& into) {
      if (read)
        into = std::move(*read);
      else
        say(Finding::broken, read.error().message);
      return read.has_value();
    };
    const bool good = take(read_statement(*statement), statement_);
    return take(read_lines(*lines), lines_) && take(read_keys(*keys), keys_) && good;
  }

  /// What the lines themselves say: that they are of this call, and joined where they follow on each other.
  void chain() {
    Concerns concerns(statement_.call);
    const auto at = [](const Line& line) { return "position " + std::to_string(line.position); };
    const auto before = found_.size();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const auto& line = lines_[i];
      if (!concerns.line(line.body)) say(Finding::broken, at(line) + " is not of call " + number());
      if (line.position > statement_.head) say(Finding::broken, at(line) + " is behind the journal's end");
      if (line.position == statement_.head && line.hash() != statement_.head_hash)
        say(Finding::broken, at(line) + " does not give the head that was signed");
      if (i == 0) continue;
      const auto& last = lines_[i - 1];
      if (line.position <= last.position) say(Finding::broken, at(line) + " is not in its place");
      if (line.position == last.position + 1 && line.before != last.hash())
        say(Finding::broken, at(line) + " does not follow on " + at(last));
    }
    if (static_cast<std::int64_t>(lines_.size()) != statement_.lines)
      say(Finding::broken,
          std::to_string(lines_.size()) + " lines, and " + std::to_string(statement_.lines) + " were signed");
    if (found_.size() == before)
      say(Finding::proved, std::to_string(lines_.size()) + " lines of call " + number() + ", as the journal of " +
                               statement_.cell + " had them at " + write_rfc3339(statement_.made) +
                               ", by the word of "
                               "who signed");
  }

  void words() {
    auto opened = open_lines(lines_, keys_);
    if (!opened) return say(Finding::broken, opened.error().message);
    holds(file(kOpened) == opened->json, "opened.jsonl is what the sealed lines say",
          "opened.jsonl is not what the sealed lines say");
    holds(file(kTimeline) == opened->timeline, "timeline.txt is what the sealed lines say",
          "timeline.txt is not what the sealed lines say");
    opened_ = std::move(*opened);
  }

  const keys::Key* key() const {
    const auto it = keys_.find(subject_of(statement_.call).value);
    return it == keys_.end() ? nullptr : &it->second;
  }

  void sounds() {
    for (const auto& event : opened_->events)
      if (const auto* e = std::get_if<recordings::RecordingEnded>(&event.body)) sound(*e);
  }
  void sound(const recordings::RecordingEnded& e) {
    const auto name = "recording " + std::to_string(e.recording.value);
    if (e.bytes == 0) return say(Finding::proved, name + ": the journal says that nothing was written");
    const auto path = folder_ / recording_name(e.recording, ".sgr");
    const auto sealed = read_file(path);
    if (!sealed) return say(Finding::unproved, name + ": the journal knows of it, and it is not here");
    if (sha256_hex(*sealed) != e.sha256) return say(Finding::broken, name + ": not the file that the journal knows");
    keys::Key open, secret;
    if (!key() || !keys::recording_pair(*key(), e.recording, open.data(), secret.data()))
      return say(Finding::unproved, name + ": the file of the journal, and no key of the call to hear it");
    const auto heard = recording::sound_of(path, {secret.data()});
    if (!heard) return say(Finding::broken, name + ": " + heard.error().message);
    const auto wav = read_file(folder_ / recording_name(e.recording, ".wav"));
    const auto missing = heard->account.missing_in_all();
    holds(wav && *wav == recording::wav(*heard),
          name + ": the sound of the file that the journal knows, " + std::to_string(heard->length().ms) + " ms, of " +
              "which " + std::to_string(missing.ms) + " ms were not written",
          name + ": the WAV is not the sound of the sealed file");
  }

  void pictures() {
    for (const auto& event : opened_->events)
      if (const auto* e = std::get_if<calls::PhotographKept>(&event.body)) picture(*e);
  }
  void picture(const calls::PhotographKept& e) {
    const auto& sha256 = e.photograph.sha256;
    const auto name = "photograph " + sha256.substr(0, 16);
    const auto sealed = read_file(folder_ / photograph_name(sha256, ".sealed"));
    if (!sealed) return say(Finding::unproved, name + ": the journal knows of it, and it is not here");
    if (sha256_hex(*sealed) != sha256) return say(Finding::broken, name + ": not the file that the journal knows");
    const auto jpeg = read_file(folder_ / photograph_name(sha256, ".jpg"));
    const auto opened =
        key() ? keys::open_value(*key(), subject_of(e.call).value, ports::kPhotographPlace, *sealed) : std::nullopt;
    holds(jpeg && opened && *jpeg == *opened, name + ": the one that the journal knows",
          name + ": the JPEG is not what the sealed file holds");
  }

  /// Against a copy of the journal: the chain itself, and that no line was left out.
  void copy() {
    if (!against_.journal)
      return say(Finding::unproved,
                 "that no line was left out: the word of who signed, no copy of the journal is here");
    Concerns concerns(statement_.call);
    std::string before = ports::kChainStart;
    std::size_t next = 0, left_out = 0;
    bool head = false, other = false;
    std::int64_t end = 0;
    auto read = against_.journal->read(1, [&](const ports::JournalLine& line) {
      if (line.position > statement_.head) return false;
      end = line.position;
      head = head || (line.position == statement_.head && line.hash == statement_.head_hash);
      if (concerns.line(line.body)) {
        while (next < lines_.size() && lines_[next].position < line.position) ++next, other = true;
        if (next < lines_.size() && lines_[next].position == line.position) {
          other = other || lines_[next].body != line.body || lines_[next].before != before;
          ++next;
        } else {
          ++left_out;
          say(Finding::broken, "position " + std::to_string(line.position) +
                                   " of the journal is of this call, and was "
                                   "left out");
        }
      }
      before = line.hash;
      return true;
    });
    if (!read) return say(Finding::broken, "the copy of the journal: " + read.error().message);
    const bool older = end < statement_.head;  // made before the archive: it knows the beginning alone
    other = other || (next < lines_.size() && lines_[next].position <= end);
    const auto until = older ? "up to position " + std::to_string(end) + ", where the copy ends, " : std::string();
    holds(!other && left_out == 0,
          until + "each line stands in the journal's copy, its chain is whole, and none was left out",
          "the lines are not those of the journal's copy");
    if (older)
      say(Finding::unproved, std::to_string(lines_.size() - next) +
                                 " lines behind the copy's end, and that none was left out there: the copy is older");
    else
      holds(head, "the signed head is that of the journal's copy", "the signed head is not in the journal's copy");
  }

  std::string number() const { return std::to_string(statement_.call.value); }

  const fs::path& folder_;
  const Against& against_;
  std::vector<Found> found_;
  Statement statement_;
  std::vector<Line> lines_;
  Subjects keys_;
  std::optional<Opened> opened_;
};

}  // namespace

std::vector<Found> verify(const fs::path& folder, const Against& against) {
  return Check(folder, against).run();
}

}  // namespace sigap::evidence
