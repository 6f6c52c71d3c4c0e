// sigap boundaries import: gives the server the borders of the regencies.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <set>

#include "adapters/geodata/boundaries.h"
#include "config/config.h"
#include "nation/nation.h"
#include "sigap/commands.h"

namespace sigap::cli {
namespace {

struct BoundariesOptions {
  std::filesystem::path config = "/etc/sigap/sigap.toml";
  std::filesystem::path file;
};

/// Up to so many codes are told; own.
constexpr std::size_t kCodesTold = 10;

std::string some_of(const std::set<std::string>& codes) {
  std::string told;
  std::size_t count = 0;
  for (const auto& code : codes) {
    if (++count > kCodesTold) return told + ", ...";
    told += (told.empty() ? "" : ", ") + code;
  }
  return told;
}

int import(const BoundariesOptions& options) {
  auto config = config::load_config(options.config);
  if (!config) return complain(config.error().message);
  auto stations = nation::load_nation(config->nation);
  if (!stations) return complain(stations.error().message);
  auto areas = geodata::read_boundaries(options.file);
  if (!areas) return complain(areas.error().message);
  std::set<std::string> unserved, missing;
  for (const auto& station : *stations)
    for (const auto& regency : station.regencies) missing.insert(regency.value);
  const auto known = missing.size();
  for (const auto& area : *areas)
    if (!missing.erase(area.code.value)) unserved.insert(area.code.value);
  if (missing.size() == known)
    return complain(
        fmt::format("{}: none of its codes is a regency of {}", options.file.string(), config->nation.string()));
  auto borders = geodata::import_boundaries(options.file, config->data);
  if (!borders) return complain(borders.error().message);
  fmt::print("{} regencies, kept as {}; the server reads them when it starts\n", borders->size(),
             geodata::boundaries_file(config->data).string());
  if (!unserved.empty())
    fmt::print("served by no station, calls go to the nearest: {}: {}\n", unserved.size(), some_of(unserved));
  if (!missing.empty())
    fmt::print("without a border, their calls go to a neighbour's station: {}: {}\n", missing.size(), some_of(missing));
  return kDone;
}

}  // namespace

void add_boundaries(CLI::App& app, Run& run) {
  auto options = std::make_shared<BoundariesOptions>();
  auto* command = app.add_subcommand("boundaries", "whose a caller's place is, by the borders of the regencies");
  command->require_subcommand(1);
  auto* from_file = command->add_subcommand("import", "read a GeoJSON file, and give it to the server if it is good");
  from_file->add_option("FILE", options->file, "features with the properties kode and nama")->required();
  from_file->add_option("--config", options->config, "the server's configuration")->capture_default_str();
  from_file->callback([&run, options] { run = [options] { return import(*options); }; });
}

}  // namespace sigap::cli
