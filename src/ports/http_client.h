// Tells something to a server of somebody else's by HTTP.
// Invariants: an answer comes for each, in at most kPatience, whatever the other side does; nothing waits for another;
// of an answer only its status is read, so that its size is no matter; no redirect is followed; nobody within our own
// network is spoken to unless the configuration allows it. Sources: RFC 9110, OWASP SSRF Prevention Cheat Sheet.
#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"

namespace sigap::ports {

struct Posting {
  std::string url;  ///< https://HOST[:PORT]/PATH
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  ///< JSON
};

struct Posted {
  int status = 0;       ///< 0: there was none
  std::string trouble;  ///< why: "address", "unresolved", "unreachable", "tls", "timeout", "answer", "busy"
  std::int64_t retry_after_s = 0;
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  /// Any thread. `done` is called once, on the client's own.
  virtual void post(Posting posting, std::function<void(Posted)> done) = 0;

  static constexpr Duration kPatience = seconds(10);  ///< for all of it: Standard Webhooks advises 15 to 30; own
};

}  // namespace sigap::ports
