// The request that asked to become a WebSocket: heavy to include, so that only the two sessions do.
#pragma once
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

namespace sigap::web {

using Request = boost::beast::http::request<boost::beast::http::string_body>;

struct Upgrade {
  Request request;
};

}  // namespace sigap::web
