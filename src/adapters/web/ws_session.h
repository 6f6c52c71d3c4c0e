// One open WebSocket (RFC 6455). In a file of its own: the library behind it is dear to compile.
#pragma once
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "adapters/web/connection.h"
#include "adapters/web/http_text.h"
#include "adapters/web/web_stream.h"

namespace sigap::web {

/// Answers the handshake of `request` and serves the socket until it ends.
void serve_socket(WebStream stream, boost::beast::http::request<boost::beast::http::string_body> request,
                  SocketPass pass, Surroundings around, std::shared_ptr<Ticket> ticket);

}  // namespace sigap::web
