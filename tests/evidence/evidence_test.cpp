// An archive of a call: whoever has the public key finds each change in it, whoever has a copy of the journal each line
// that was left out, and nobody another caller's words.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/photographs/sealed_folder.h"
#include "adapters/vault/vault_sodium.h"
#include "base/hash.h"
#include "evidence/export.h"
#include "evidence/verify.h"
#include "line_of_journal.h"
#include "recording/writer.h"
#include "runtime/vault_sealer.h"
#include "scratch/scratch_folder.h"

namespace sigap::evidence {
namespace {

namespace fs = std::filesystem;
using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;

constexpr CallId kCall{17}, kOther{18};
constexpr RecordingId kRecording{7};
constexpr Instant kBegan{1'780'000'000'000};

/// A journal with two calls, of one of which there are a recording, a photograph, written words and a legal hold.
class EvidenceTest : public testing::Test {
 protected:
  EvidenceTest() {
    keys::Key seed;
    std::fill_n(seed.data(), keys::Key::size(), static_cast<unsigned char>(3));
    signer.emplace(seed);
    vault = *vault::VaultSodium::unlock(data, at / "keys", true);
    journal = *JournalSqlite::open(data, at / "keys", Mode::write);
    arrives(kCall, "+628110001");
    arrives(kOther, "+628220002");
    happens(calls::TextSaid{kCall, calls::SaidBy::caller, {}, "1", personal(kCall, std::string("ada maling"))});
    happens(calls::TextSaid{kOther, calls::SaidBy::caller, {}, "1", personal(kOther, std::string("halo"))});
    incidents::IncidentOpened opened;
    opened.incident = {4};
    opened.call = kCall;
    opened.station = {"polres-a"};
    happens(opened);
    incidents::IncidentEdited edited;
    edited.incident = {4};
    edited.notes = personal(IncidentId{4}, std::string("rumah kosong"));
    happens(edited);
    happens(recordings::RecordingStarted{kRecording, kCall});
    record();
    photograph();
    ends(kCall);
    ends(kOther);
    Records read;
    read.calls = {kOther, kCall};
    happens(privacy::RecordsRead{{1}, {2}, read});
  }

  void happens(core::EventBody body) {
    const auto position = journal->head().position + 1;
    runtime::VaultSealer sealer(*vault);
    auto line = line_of_journal(position, kBegan + seconds(position), std::move(body), sealer);
    ASSERT_TRUE(vault->flush());
    ASSERT_TRUE(journal->append({std::move(line)}));
  }
  void arrives(CallId call, const std::string& number) {
    calls::CallArrived arrived;
    arrived.call = call;
    arrived.number = personal(call, number);
    happens(arrived);
  }
  void ends(CallId call) {
    calls::CallEnded ended;
    ended.call = call;
    happens(ended);
  }
  void record() {
    const auto key = vault->recording_key(subject_of(kCall).value, kRecording);
    ASSERT_TRUE(key);
    const auto file = recording::file_of(data / "recordings", kRecording);
    auto writer = *recording::Writer::open(file, kRecording, *key, kBegan);
    const std::string speech =
        std::string("\x80\x00\x00\x01\x00\x00\x00\xa0\x00\x00\x00\x09", 12) + std::string(160, '\x42');
    ASSERT_TRUE(writer.put(recording::kCaller, kBegan + milliseconds(20), speech));
    ASSERT_TRUE(writer.seal(kBegan + recording::kChunk, true));
    const auto bytes = *read_file(file);
    happens(recordings::RecordingEnded{
        kRecording, kCall, static_cast<std::int64_t>(bytes.size()), sha256_hex(bytes), recording::kChunk, {}});
  }
  void photograph() {
    const auto sealed = vault->seal(subject_of(kCall).value, ports::kPhotographPlace, "the picture");
    picture = sha256_hex(sealed);
    ASSERT_TRUE(photographs.write(kCall, picture, sealed));
    happens(calls::PhotographKept{kCall, "2", {picture, static_cast<std::int64_t>(sealed.size()), 1, 1}});
  }
  void hold() {
    happens(privacy::HoldPlaced{kCall, {}, {"polres-a"}, {2}, personal(PersonId{2}, std::string("LP/12"))});
  }

  Result<Exported> make(CallId call = kCall) {
    std::error_code gone;
    fs::remove_all(archive, gone);
    const Sources sources{*journal,
                          [&](auto subject, auto& key) { return vault->data_key(subject, key); },
                          data / "recordings",
                          photographs,
                          *signer,
                          {}};
    return export_call({call, "user 0", "surat 12", "1", kBegan}, sources, archive);
  }
  std::vector<Found> check(bool with_journal = true, const std::string& key = {}) {
    Against against{key.empty() ? signer->public_key() : key, with_journal ? journal.get() : nullptr};
    return verify(archive, against);
  }
  static std::int64_t count(const std::vector<Found>& found, Finding finding) {
    return std::ranges::count(found, finding, &Found::finding);
  }
  static std::string told(const std::vector<Found>& found, Finding finding) {
    std::string text;
    for (const auto& one : found)
      if (one.finding == finding) text += one.text + "\n";
    return text;
  }
  void put(const std::string& name, const std::string& text) {
    std::ofstream(archive / name, std::ios::binary | std::ios::trunc) << text;
  }
  /// As somebody who has the archive, and even the key that signs: the sums are made anew.
  void sign_anew(const Signer& by) {
    std::string sums;
    for (const auto& entry : fs::directory_iterator(archive)) {
      const auto name = entry.path().filename().string();
      if (name != kSums && name != kSignature) sums += sha256_hex(*read_file(entry.path())) + "  " + name + "\n";
    }
    put(kSums, sums);
    put(kSignature, by.sign(sums));
  }

  ScratchFolder at;
  const fs::path data = at / "data", archive = at / "archive";
  std::optional<Signer> signer;
  std::unique_ptr<vault::VaultSodium> vault;
  std::unique_ptr<JournalSqlite> journal;
  photographs::SealedFolder photographs{data / "photographs", 0};
  std::string picture;
};

}  // namespace

TEST_F(EvidenceTest, AnArchiveHoldsAndSaysWhatWasSaid) {
  hold();
  const auto made = make();
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_TRUE(made->lacking.empty()) << made->lacking.front();
  EXPECT_EQ(made->lines, 10) << "of 14";
  const auto found = check();
  EXPECT_EQ(count(found, Finding::proved), static_cast<std::int64_t>(found.size()))
      << told(found, Finding::broken) << told(found, Finding::unproved);
  const auto words = *read_file(archive / kTimeline);
  for (const char* said : {"+628110001", "ada maling", "rumah kosong"})
    EXPECT_NE(words.find(said), std::string::npos) << said;
  EXPECT_EQ(words.find("LP/12"), std::string::npos) << "sealed with the key of who wrote it, which opens other things";
  for (const char* file : {kTimeline, kOpened, kLines, kKeys}) {
    const auto text = *read_file(archive / file);
    EXPECT_EQ(text.find("+628220002"), std::string::npos) << "another caller's number in " << file;
    EXPECT_EQ(text.find("call:18"), std::string::npos) << "another caller's key or words in " << file;
  }
  EXPECT_EQ(*read_file(archive / photograph_name(picture, ".jpg")), "the picture");
  EXPECT_EQ(read_file(archive / recording_name(kRecording, ".wav"))->substr(0, 4), "RIFF");
}

TEST_F(EvidenceTest, WithoutAKeyOrAJournalNothingSpeaksAgainstItAndThatIsSaid) {
  hold();
  ASSERT_TRUE(make());
  const auto found = verify(archive, {});
  EXPECT_EQ(count(found, Finding::broken), 0) << told(found, Finding::broken);
  EXPECT_EQ(count(found, Finding::unproved), 2) << told(found, Finding::unproved);
}

TEST_F(EvidenceTest, TheFingerprintIsAsGoodAsTheKey) {
  hold();
  ASSERT_TRUE(make());
  const auto told = public_key_of(fingerprint_of(signer->public_key()));
  ASSERT_TRUE(told);
  EXPECT_EQ(count(check(true, *told), Finding::broken), 0);
  auto other = *told;
  other[5] = static_cast<char>(other[5] ^ 1);
  EXPECT_EQ(count(check(true, other), Finding::broken), 1);
}

TEST_F(EvidenceTest, AnOlderCopyOfTheJournalProvesAsMuchAsItKnows) {
  hold();
  ASSERT_TRUE(make());
  const auto copy_of = [&](const char* name, std::int64_t until, bool changed) {
    auto copy = *JournalSqlite::open(at / name, at / name, Mode::write);
    EXPECT_TRUE(journal->read(1, [&](ports::JournalLine line) {
      if (line.position > until) return false;
      if (changed && line.position == 3) line.body.replace(line.body.find("at"), 2, "AT");
      EXPECT_TRUE(copy->append({line}));
      return true;
    }));
    return copy;
  };
  const auto older = copy_of("older", 6, false);
  auto found = verify(archive, {signer->public_key(), older.get()});
  EXPECT_EQ(count(found, Finding::broken), 0) << told(found, Finding::broken);
  EXPECT_NE(told(found, Finding::proved).find("up to position 6"), std::string::npos);
  EXPECT_NE(told(found, Finding::unproved).find("the copy is older"), std::string::npos);
  const auto another = copy_of("another", 6, true);
  found = verify(archive, {signer->public_key(), another.get()});
  EXPECT_GT(count(found, Finding::broken), 0) << "the same beginning, written otherwise";
}

TEST_F(EvidenceTest, AChangeOfAnyFileIsFoundAndNamed) {
  hold();
  ASSERT_TRUE(make());
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(archive)) names.push_back(entry.path().filename().string());
  ASSERT_EQ(names.size(), 12U);
  for (const auto& name : names) {
    const auto whole = *read_file(archive / name);
    for (const auto place : {std::size_t{0}, whole.size() / 2, whole.size() - 1}) {
      auto changed = whole;
      changed[place] = static_cast<char>(changed[place] ^ 0x04);
      put(name, changed);
      EXPECT_GT(count(check(false), Finding::broken), 0) << name << ", byte " << place;
    }
    fs::remove(archive / name);
    EXPECT_NE(told(check(false), Finding::broken).find(name), std::string::npos) << name << " is gone";
    put(name, whole);
  }
  put("added.txt", "x");
  EXPECT_NE(told(check(false), Finding::broken).find("added.txt"), std::string::npos);
}

TEST_F(EvidenceTest, WhoSignsAnewWithAnotherKeyIsFound) {
  hold();
  ASSERT_TRUE(make());
  keys::Key seed;
  const Signer forger(seed);
  put(kTimeline, "another story\n");
  put(kPublicKey, pem_of(forger.public_key()));
  sign_anew(forger);
  const auto text = told(check(false), Finding::broken);
  EXPECT_NE(text.find("signed with another key"), std::string::npos) << text;
  EXPECT_NE(text.find("timeline.txt is not what the sealed lines say"), std::string::npos) << text;
}

TEST_F(EvidenceTest, EvenWhoHasOurKeyCannotChangeALineOrLeaveOneOut) {
  hold();
  ASSERT_TRUE(make());
  const auto lines = *read_lines(*read_file(archive / kLines));
  auto statement = *read_statement(*read_file(archive / kStatement));
  const auto write = [&](const std::vector<Line>& some) {
    std::string text;
    for (const auto& line : some) text += write_line(line);
    statement.lines = static_cast<std::int64_t>(some.size());
    const auto opened = make();  // the rest as it was
    ASSERT_TRUE(opened);
    put(kLines, text);
    put(kStatement, write_statement(statement));
    sign_anew(*signer);
  };
  auto without = lines;
  without.erase(without.begin() + 2);
  write(without);
  EXPECT_NE(told(check(), Finding::broken).find("was left out"), std::string::npos);
  auto changed = lines;
  auto& body = changed.back().body;
  body.replace(body.find("polres-a"), 8, "polres-b");
  write(changed);
  EXPECT_NE(told(check(), Finding::broken).find("not those of the journal"), std::string::npos);
  auto swapped = lines;
  std::swap(swapped[1], swapped[2]);
  write(swapped);
  EXPECT_NE(told(check(false), Finding::broken).find("not in its place"), std::string::npos);
  auto foreign = lines;
  foreign[1].body.replace(foreign[1].body.find("\"call\":17"), 9, "\"call\":18");
  write(foreign);
  EXPECT_NE(told(check(false), Finding::broken).find("is not of call 17"), std::string::npos);
}

TEST_F(EvidenceTest, WhatIsNotToBeTakenIsRefusedAndLeavesNothing) {
  const auto code = [&](CallId call) { return make(call).error().code; };
  EXPECT_EQ(code(kCall), "not_held");
  EXPECT_EQ(code({99}), "no_call");
  hold();
  happens(privacy::HoldLifted{kCall, {2}, {}});
  EXPECT_EQ(code(kCall), "not_held");
  arrives({20}, "+628330003");
  EXPECT_EQ(code({20}), "not_over");
  hold();
  ASSERT_TRUE(vault->forget({subject_of(kCall).value}));
  EXPECT_EQ(code(kCall), "forgotten");
  EXPECT_FALSE(fs::exists(archive));
}

TEST_F(EvidenceTest, WhatIsLackingOrAnotherFileIsSaid) {
  hold();
  const auto file = recording::file_of(data / "recordings", kRecording);
  auto bytes = *read_file(file);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  fs::remove(file);
  ASSERT_TRUE(write_file(file, bytes));
  photographs.forget(kCall);
  const auto made = make();
  ASSERT_TRUE(made);
  ASSERT_EQ(made->lacking.size(), 2U);
  EXPECT_NE(made->lacking[0].find("recording 7: not the file"), std::string::npos) << made->lacking[0];
  EXPECT_NE(made->lacking[1].find("photograph"), std::string::npos);
  const auto found = check();
  EXPECT_NE(told(found, Finding::broken).find("recording 7"), std::string::npos);
  EXPECT_NE(told(found, Finding::unproved).find("photograph"), std::string::npos);
}

}  // namespace sigap::evidence
