// The program that makes a photograph anew, and the folder that keeps it sealed.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "adapters/photographs/photograph_process.h"
#include "adapters/photographs/sealed_folder.h"
#include "picture/remake.h"
#include "scratch/scratch_folder.h"

namespace sigap::photographs {
namespace {

namespace fs = std::filesystem;

/// Tests stand in folders of their own.
fs::path program() {
  for (auto folder = fs::read_symlink("/proc/self/exe").parent_path(); folder.has_relative_path();
       folder = folder.parent_path())
    if (fs::exists(folder / "apps" / "sigap-photograph")) return folder / "apps" / "sigap-photograph";
  return program_beside();
}

/// One red pixel.
std::string tiny_png() {
  return std::string(
      "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00"
      "\x00\x90\x77\x53\xde\x00\x00\x00\x0c\x49\x44\x41\x54\x78\x9c\x63\x78\xc6\xc5\x05\x00\x02\xd4\x00\xfb\xb2\x9b\xbd"
      "\xf4\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82",
      69);
}

const std::string kName(64, 'a');

TEST(PhotographsTest, AProcessOfItsOwnMakesAPhotographAnew) {
  PhotographProcess process(program());
  const auto made = process.make(tiny_png());
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->width, 1);
  EXPECT_EQ(made->height, 1);
  EXPECT_TRUE(made->jpeg.starts_with("\xFF\xD8\xFF"));
}

TEST(PhotographsTest, WhatIsNoneIsToldApartFromAProgramThatDoesNotWork) {
  PhotographProcess process(program());
  EXPECT_EQ(process.make("no photograph").error().code, "no_photograph");
  EXPECT_EQ(process.make(std::string(picture::kFileMax_bytes + 100, 'x')).error().code, "too_large");
  EXPECT_EQ(PhotographProcess("/nowhere/at/all").make(tiny_png()).error().code, "failed");
  EXPECT_EQ(PhotographProcess("/bin/true").make(tiny_png()).error().code, "failed");
}

TEST(PhotographsTest, AFileIsKeptByItsNameForThisUserAloneUntilItsCallIsForgotten) {
  const ScratchFolder scratch;
  SealedFolder folder(scratch / "photographs", 0);
  EXPECT_TRUE(folder.calls().empty());
  ASSERT_TRUE(folder.write({17}, kName, "sealed"));
  EXPECT_EQ(*folder.read({17}, kName), "sealed");
  EXPECT_EQ(folder.calls(), std::vector<CallId>{{17}});
  struct stat file {};
  ASSERT_EQ(::stat((scratch / "photographs/17" / kName).c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600U);
  EXPECT_FALSE(folder.read({18}, kName));
  EXPECT_FALSE(folder.read({17}, "../17/" + kName));
  EXPECT_FALSE(folder.write({17}, "../x", "sealed"));
  folder.forget({17});
  EXPECT_EQ(folder.read({17}, kName).error().code, "gone");
  EXPECT_TRUE(folder.calls().empty());
}

TEST(PhotographsTest, AFullDiskRefusesAPhotographWhileThereIsRoomForTheJournal) {
  const ScratchFolder scratch;
  SealedFolder folder(scratch / "photographs", ~std::uintmax_t{0} / 2);
  EXPECT_EQ(folder.write({17}, kName, "sealed").error().code, "disk");
  EXPECT_FALSE(folder.read({17}, kName));
}

}  // namespace
}  // namespace sigap::photographs
