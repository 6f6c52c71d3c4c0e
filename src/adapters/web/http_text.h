// A request and a reply as the router sees them, free of any library.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/web/origin.h"
#include "ports/web.h"

namespace sigap::web {

struct HttpRequest {
  std::string method;
  std::string target;  ///< a path with its query, or "*"
  Asked asked;
  std::string origin;
  std::string cookie;
  std::string content_type;
  std::string accept_encoding;
  std::string if_none_match;
  std::string range;
  std::string user_agent;
  std::string upgrade;
  std::string client, id, timestamp, signature;  ///< of a program: sigap-client, webhook-*
  std::string call_token;                        ///< X-Sigap-Call, of a page that calls
  std::string line_name;                         ///< X-Sigap-Line
  std::string body;
  std::string address;    ///< of the client, for limits (forwarded.h)
  bool observer = false;  ///< may see how the line fares
};

struct HttpReply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<const std::string> body;  ///< may be null
};

/// What a request for a WebSocket is let through with.
struct SocketPass {
  ports::Channel channel = ports::Channel::citizen;
  std::string token;
  ports::Channel seat = ports::Channel::citizen;  ///< whose room it takes
};

}  // namespace sigap::web
