// WebSocket messages to JSON text and back.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/views/wire.h"

namespace sigap::codec {

std::string write_message(const core::ServerMessage& message);
/// Refusal "invalid": `field` is the path of what was wrong, e.g. "command.offer".
Result<core::ClientMessage> read_message(std::string_view text);
// The other direction: for clients in tests and tools.
std::string write_client_message(const core::ClientMessage& message);
Result<core::ServerMessage> read_server_message(std::string_view text);

/// The protocol as TypeScript: what the pages compile against.
std::string typescript();

}  // namespace sigap::codec
