// Photographs of three kinds made anew, and what is none.
#include "picture/remake.h"

#include <gtest/gtest.h>
#include <png.h>
#include <turbojpeg.h>
#include <webp/encode.h>

#include <vector>

namespace sigap::picture {
namespace {

/// The left half red, the right half blue.
std::vector<std::uint8_t> halves(int width, int height) {
  std::vector<std::uint8_t> rgb;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const bool left = x < width / 2;
      rgb.insert(rgb.end(), {static_cast<std::uint8_t>(left ? 230 : 10), std::uint8_t{10},
                             static_cast<std::uint8_t>(left ? 10 : 230)});
    }
  return rgb;
}

std::string jpeg(int width, int height) {
  const auto rgb = halves(width, height);
  auto* const writer = tjInitCompress();
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  tjCompress2(writer, rgb.data(), width, 0, height, TJPF_RGB, &bytes, &size, TJSAMP_444, 95, 0);
  std::string file(reinterpret_cast<char*>(bytes), size);
  tjFree(bytes);
  tjDestroy(writer);
  return file;
}

/// With what a camera writes about itself, behind the first marker.
std::string with_metadata(const std::string& file) {
  const std::string exif = std::string("Exif\0\0", 6) + "SECRET-PLACE";
  const auto length = exif.size() + 2;
  return file.substr(0, 2) + "\xFF\xE1" + static_cast<char>(length >> 8) + static_cast<char>(length & 0xFF) + exif +
         file.substr(2);
}

std::string png(int width, int height) {
  const auto rgb = halves(width, height);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, rgb.data(), 0, nullptr);
  std::string file(size, '\0');
  png_image_write_to_memory(&image, file.data(), &size, 0, rgb.data(), 0, nullptr);
  file.resize(size);
  return file;
}

std::string webp(int width, int height) {
  const auto rgb = halves(width, height);
  std::uint8_t* bytes = nullptr;
  const auto size = WebPEncodeRGB(rgb.data(), width, height, width * 3, 90, &bytes);
  std::string file(reinterpret_cast<char*>(bytes), size);
  WebPFree(bytes);
  return file;
}

/// Red and blue, where the halves are.
void expect_halves(const Remade& made, int width, int height) {
  EXPECT_EQ(made.width, width);
  EXPECT_EQ(made.height, height);
  auto* const reader = tjInitDecompress();
  std::vector<std::uint8_t> rgb(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  ASSERT_EQ(tjDecompress2(reader, reinterpret_cast<const unsigned char*>(made.jpeg.data()), made.jpeg.size(),
                          rgb.data(), width, 0, height, TJPF_RGB, 0),
            0);
  tjDestroy(reader);
  const auto middle = static_cast<std::size_t>(height / 2) * static_cast<std::size_t>(width);
  const auto* left = &rgb[(middle + static_cast<std::size_t>(width / 4)) * 3];
  const auto* right = &rgb[(middle + static_cast<std::size_t>(width * 3 / 4)) * 3];
  EXPECT_GT(left[0], 180);
  EXPECT_LT(left[2], 80);
  EXPECT_GT(right[2], 180);
  EXPECT_LT(right[0], 80);
}

std::string refused(std::string_view file) {
  const auto made = remake(file);
  return made ? "" : made.error().code;
}

TEST(RemakeTest, EachKindBecomesAJpegOfTheSamePicture) {
  for (const auto& file : {jpeg(64, 40), png(64, 40), webp(64, 40)}) {
    const auto made = remake(file);
    ASSERT_TRUE(made) << made.error().message;
    expect_halves(*made, 64, 40);
  }
}

TEST(RemakeTest, WhatACameraWroteAboutItselfIsGone) {
  const auto file = with_metadata(jpeg(64, 40));
  ASSERT_NE(file.find("SECRET-PLACE"), std::string::npos);
  const auto made = remake(file);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->jpeg.find("SECRET-PLACE"), std::string::npos);
  EXPECT_EQ(made->jpeg.find("Exif"), std::string::npos);
}

TEST(RemakeTest, ALargeOneIsMadeSmallAndStaysThePicture) {
  const auto made = remake(jpeg(3'201, 1'000));
  ASSERT_TRUE(made) << made.error().message;
  expect_halves(*made, kSideMax_px, 499);
}

TEST(RemakeTest, WhatIsNoPhotographIsRefusedAndBreaksNothing) {
  const auto good = jpeg(64, 40);
  EXPECT_EQ(refused(""), "no_photograph");
  EXPECT_EQ(refused("<svg onload=alert(1)>"), "no_photograph");
  EXPECT_EQ(refused("GIF89a"), "no_photograph");
  EXPECT_EQ(refused("\xFF\xD8\xFF"), "no_photograph");
  EXPECT_EQ(refused(std::string("\x89PNG\r\n\x1A\n") + std::string(200, 'x')), "no_photograph");
  EXPECT_EQ(refused("RIFF____WEBP"), "no_photograph");
  for (const auto& file : {good, png(64, 40), webp(64, 40)})
    for (std::size_t cut = 0; cut < file.size(); cut += 7) (void)remake(std::string_view(file).substr(0, cut));
  EXPECT_EQ(refused(std::string(kFileMax_bytes + 1, 'x')), "too_large");
}

TEST(RemakeTest, AFileThatClaimsToBeEnormousIsRefusedBeforeItIsDecoded) {
  auto bomb = png(64, 40);
  bomb[16] = 0, bomb[17] = 1, bomb[18] = 0, bomb[19] = 0;  // IHDR: 65,536 wide
  bomb[20] = 0, bomb[21] = 1, bomb[22] = 0, bomb[23] = 0;
  EXPECT_NE(refused(bomb), "");
  auto wide = jpeg(64, 40);
  const auto frame = wide.find("\xFF\xC0");
  ASSERT_NE(frame, std::string::npos);
  for (std::size_t i = frame + 5; i < frame + 9; ++i) wide[i] = '\xFF';  // 65,535 by 65,535
  EXPECT_EQ(refused(wide), "too_large");
}

}  // namespace
}  // namespace sigap::picture
