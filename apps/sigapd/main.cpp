// sigapd: the server.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <thread>

#include "keys/core_dumps.h"
#include "keys/locked_bytes.h"
#include "sigapd/service.h"

namespace {

constexpr int kExitUnusable = 2;

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"The server of Sigap, the police emergency line 110"};
  std::string config_file, http, sip, data, keys;
  app.set_version_flag("--version", SIGAP_VERSION);
  app.add_option("--config", config_file, "configuration file (TOML); every key is explained in deploy/sigap.toml")
      ->required();
  app.add_option("--data", data, "data folder (overrides storage.data)");
  app.add_option("--keys", keys, "key folder (overrides storage.keys)");
  app.add_option("--http", http, "ADDRESS:PORT of the pages (overrides web.listen)");
  app.add_option("--sip", sip, "ADDRESS:PORT of SIP, UDP and TCP (overrides sip.listen)");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kExitUnusable;
  }
  // Journald stamps the lines; personal data never reaches one.
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("sigapd", std::make_shared<spdlog::sinks::stderr_sink_mt>()));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v");
  const auto refused = [](const sigap::Refusal& why) {
    spdlog::critical("{}", why.message);
    return kExitUnusable;
  };
  sigap::keys::forbid_core_dumps();
  sigap::keys::when_not_locked([] {
    spdlog::warn("not all keys can be kept out of swap: RLIMIT_MEMLOCK is too low (LimitMEMLOCK= of the unit)");
  });
  auto config = sigap::config::load_config(config_file);
  if (!config) return refused(config.error());
  if (!data.empty()) config->data = data;
  if (!keys.empty()) config->keys = keys;
  for (const auto& [text, into] : {std::pair(&http, &config->http), std::pair(&sip, &config->sip)}) {
    if (text->empty()) continue;
    auto parsed = sigap::config::host_port(*text);
    if (!parsed) return refused({"invalid", "", *text + ": " + parsed.error().message});
    *into = *parsed;
  }

  // Signals come to one thread, as values; the others never see them.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);

  sigap::sigapd::Service service(*config);
  std::thread([&service, signals] {
    int signal = 0;
    sigwait(&signals, &signal);
    service.ask_to_stop();
  }).detach();
  if (auto started = service.start(); !started) return started.error().code == "stopped" ? 0 : refused(started.error());
  const auto ports = service.ports();
  spdlog::info("sigapd " SIGAP_VERSION " serves http {}:{} and sip {}:{}", config->http.host, ports.http,
               config->sip.host, ports.sip);
  const int code = service.wait();
  spdlog::info("stopping");
  return code;
}
