#include "picture/remake.h"

#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace sigap::picture {
namespace {

constexpr int kColours = 3;
constexpr int kQuality = 82;  // of 100; own: a photograph of 1,600 pixels has some 300 kB

struct Pixels {
  std::vector<std::uint8_t> rgb;
  int width = 0, height = 0;
};

Refusal no_photograph(const char* what) {
  return {"no_photograph", "", what};
}

std::optional<Refusal> too_large(std::int64_t width, std::int64_t height) {
  if (width <= 0 || height <= 0) return no_photograph("it has no size");
  if (width * height <= kPixelsMax) return std::nullopt;
  return Refusal{"too_large", "", "more than 40 million pixels"};
}

using Handle = std::unique_ptr<void, int (*)(tjhandle)>;

const unsigned char* bytes(std::string_view file) {
  return reinterpret_cast<const unsigned char*>(file.data());
}

Result<Pixels> read_jpeg(std::string_view file) {
  const Handle reader(tjInitDecompress(), tjDestroy);
  int width = 0, height = 0, sampling = 0, space = 0;
  if (!reader || tjDecompressHeader3(reader.get(), bytes(file), file.size(), &width, &height, &sampling, &space) != 0)
    return tl::unexpected(no_photograph("a broken JPEG"));
  if (auto why = too_large(width, height)) return tl::unexpected(*why);
  Pixels p{{}, width, height};
  p.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * kColours);
  const int done = tjDecompress2(reader.get(), bytes(file), file.size(), p.rgb.data(), width, 0, height, TJPF_RGB, 0);
  // A picture that is cut off at its end is still a picture.
  if (done != 0 && tjGetErrorCode(reader.get()) == TJERR_FATAL) return tl::unexpected(no_photograph("a broken JPEG"));
  return p;
}

Result<Pixels> read_png(std::string_view file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0)
    return tl::unexpected(no_photograph("a broken PNG"));
  const std::unique_ptr<png_image, void (*)(png_image*)> freed(&image, png_image_free);
  if (auto why = too_large(image.width, image.height)) return tl::unexpected(*why);
  image.format = PNG_FORMAT_RGB;
  Pixels p{{}, static_cast<int>(image.width), static_cast<int>(image.height)};
  p.rgb.resize(PNG_IMAGE_SIZE(image));
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&image, &white, p.rgb.data(), 0, nullptr) == 0)
    return tl::unexpected(no_photograph("a broken PNG"));
  return p;
}

Result<Pixels> read_webp(std::string_view file) {
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(bytes(file), file.size(), &features) != VP8_STATUS_OK)
    return tl::unexpected(no_photograph("a broken WebP"));
  if (features.has_animation != 0) return tl::unexpected(no_photograph("a film, and no photograph"));
  if (auto why = too_large(features.width, features.height)) return tl::unexpected(*why);
  Pixels p{{}, features.width, features.height};
  p.rgb.resize(static_cast<std::size_t>(p.width) * static_cast<std::size_t>(p.height) * kColours);
  if (!WebPDecodeRGBInto(bytes(file), file.size(), p.rgb.data(), p.rgb.size(), p.width * kColours))
    return tl::unexpected(no_photograph("a broken WebP"));
  return p;
}

/// Each pixel is the mean of those that it stands for.
Pixels shrunk(Pixels whole) {
  const int longest = std::max(whole.width, whole.height);
  if (longest <= kSideMax_px) return whole;
  const auto scaled = [&](int side) {
    return std::max(1, static_cast<int>(std::int64_t{side} * kSideMax_px / longest));
  };
  Pixels small{{}, scaled(whole.width), scaled(whole.height)};
  small.rgb.reserve(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height) * kColours);
  const auto edge = [](int at, int of, int all) { return static_cast<int>(std::int64_t{at} * all / of); };
  for (int y = 0; y < small.height; ++y) {
    const int top = edge(y, small.height, whole.height), bottom = edge(y + 1, small.height, whole.height);
    for (int x = 0; x < small.width; ++x) {
      const int left = edge(x, small.width, whole.width), right = edge(x + 1, small.width, whole.width);
      std::int64_t sum[kColours] = {};
      for (int row = top; row < bottom; ++row)
        for (int column = left; column < right; ++column)
          for (int c = 0; c < kColours; ++c)
            sum[c] += whole.rgb[(static_cast<std::size_t>(row) * static_cast<std::size_t>(whole.width) +
                                 static_cast<std::size_t>(column)) *
                                    kColours +
                                static_cast<std::size_t>(c)];
      const std::int64_t count = std::int64_t{bottom - top} * (right - left);
      for (const auto each : sum) small.rgb.push_back(static_cast<std::uint8_t>(each / count));
    }
  }
  return small;
}

Result<Remade> written(const Pixels& p) {
  const Handle writer(tjInitCompress(), tjDestroy);
  unsigned char* jpeg = nullptr;
  unsigned long size = 0;
  const int done = !writer ? -1
                           : tjCompress2(writer.get(), p.rgb.data(), p.width, 0, p.height, TJPF_RGB, &jpeg, &size,
                                         TJSAMP_420, kQuality, TJFLAG_ACCURATEDCT);
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> freed(jpeg, tjFree);
  if (done != 0) return tl::unexpected(no_photograph("it cannot be written"));
  return Remade{std::string(reinterpret_cast<const char*>(jpeg), size), p.width, p.height};
}

}  // namespace

Result<Remade> remake(std::string_view file) {
  if (file.size() > kFileMax_bytes) return tl::unexpected(Refusal{"too_large", "", "more than 4 MB"});
  Result<Pixels> pixels = tl::unexpected(no_photograph("neither JPEG, PNG nor WebP"));
  if (file.starts_with("\xFF\xD8\xFF"))
    pixels = read_jpeg(file);
  else if (file.starts_with("\x89PNG\r\n\x1A\n"))
    pixels = read_png(file);
  else if (file.starts_with("RIFF") && file.substr(0, 12).ends_with("WEBP"))
    pixels = read_webp(file);
  if (!pixels) return tl::unexpected(pixels.error());
  return written(shrunk(std::move(*pixels)));
}

}  // namespace sigap::picture
