// sigap-recorder: writes the voices of calls, sealed with keys that it cannot read with. Started by sigapd, which it
// outlives; docs/operating/recording.md.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "keys/core_dumps.h"
#include "recorder/keeper.h"

int main(int argc, char** argv) {
  constexpr int kExitUnusable = 2, kExitTaken = 3;
  constexpr std::int64_t kMegabyte = 1'000'000;
  CLI::App app{"Writes the voices of calls, sealed; the server tells it which (docs/operating/recording.md)"};
  sigap::recorder::RecorderConfig config;
  std::int64_t reserve_mb = 0;
  app.set_version_flag("--version", SIGAP_VERSION);
  app.add_option("--folder", config.folder, "where recordings are")->required();
  app.add_option("--address", config.address, "IPv4 address of the media process: copies come from there");
  app.add_option("--port", config.port, "UDP port where they come; 0: the one it had before, else any");
  app.add_option("--reserve-mb", reserve_mb, "what it leaves free on the disk");
  CLI11_PARSE(app, argc, argv);
  config.reserve_bytes = reserve_mb * kMegabyte;
  sigap::keys::forbid_core_dumps();
  ::signal(SIGPIPE, SIG_IGN);
  auto sockets = sigap::recorder::open_sockets(config);
  if (!sockets) {
    std::fprintf(stderr, "%s\n", sockets.error().message.c_str());
    return sockets.error().code == "taken" ? kExitTaken : kExitUnusable;
  }
  return sigap::recorder::keep(config, *sockets);
}
