// Every file of the corpus goes through its target in each build: what a fuzzer found once stays found.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "targets.h"

namespace sigap::fuzz {
namespace {

namespace fs = std::filesystem;

struct Target {
  const char* name;
  bool (*run)(std::string_view);
};
constexpr Target kTargets[] = {{"sip_message", sip_message},
                               {"sip_body", sip_body},
                               {"pidf_lo", pidf_lo},
                               {"sdp", sdp},
                               {"wire", wire},
                               {"journal", journal},
                               {"table", table},
                               {"shifts", shifts},
                               {"forwarded", forwarded},
                               {"ng", ng}};

const fs::path kCorpus = fs::path(SIGAP_SOURCE_DIR) / "tests/fuzz/corpus";

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST(FuzzReplayTest, EveryFileOfTheCorpusIsReadWithoutACrash) {
  for (const auto& target : kTargets) {
    int accepted = 0;
    for (const auto& entry : fs::directory_iterator(kCorpus / target.name)) {
      SCOPED_TRACE(entry.path().string());
      accepted += target.run(bytes_of(entry.path()));
    }
    EXPECT_GE(accepted, 2) << target.name;
    // What ends early, as from a connection that was cut off.
    for (const auto& entry : fs::directory_iterator(kCorpus / target.name)) {
      const auto whole = bytes_of(entry.path());
      for (std::size_t i = 1; i < 32; ++i) target.run(std::string_view(whole).substr(0, whole.size() * i / 32));
    }
  }
}

TEST(FuzzReplayTest, EveryFolderOfTheCorpusHasATarget) {
  std::set<std::string> folders, names;
  for (const auto& entry : fs::directory_iterator(kCorpus)) folders.insert(entry.path().filename());
  for (const auto& target : kTargets) names.insert(target.name);
  EXPECT_EQ(folders, names);
}

}  // namespace sigap::fuzz
