// One look at GET /healthz, as a stranger may take it. Source: src/runtime/health/report.h.
#pragma once
#include <boost/asio/io_context.hpp>
#include <functional>
#include <optional>
#include <string>

#include "drill/path.h"

namespace sigap::drill {

struct Health {
  bool well = false;   ///< calls are served
  std::string status;  ///< "ok", "recovering", "degraded"
  std::int64_t uptime_s = 0;
  std::int64_t epoch = 0;    ///< of the cluster; 0: one machine
  std::int64_t calls = 0;    ///< callers that wait or talk
  std::int64_t at_work = 0;  ///< operators that are ready or in a call
  std::string standby;       ///< "in_sync", ...; empty: one machine
};

/// `done` is called once, on the io_context's thread: with nothing when nobody answers within a second.
void probe_health(boost::asio::io_context& io, const Path& path, std::function<void(std::optional<Health>)> done);

}  // namespace sigap::drill
