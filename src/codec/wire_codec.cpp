#include "codec/wire_codec.h"

#include "codec/json.h"
#include "codec/tables.h"
#include "codec/typescript.h"

namespace sigap::codec {
namespace {

template <class M>
Result<M> read(std::string_view text) {
  M message;
  if (auto done = read_json(type_of<M>(), &message, text, nullptr, ""); !done) return tl::unexpected(done.error());
  return message;
}

}  // namespace

std::string write_message(const core::ServerMessage& message) {
  return write_json(type_of<core::ServerMessage>(), &message, nullptr, "");
}
Result<core::ClientMessage> read_message(std::string_view text) {
  return read<core::ClientMessage>(text);
}
std::string write_client_message(const core::ClientMessage& message) {
  return write_json(type_of<core::ClientMessage>(), &message, nullptr, "");
}
Result<core::ServerMessage> read_server_message(std::string_view text) {
  return read<core::ServerMessage>(text);
}

std::string typescript() {
  return print_typescript({{"Command", &type_of<core::Command>()},
                           {"ClientMessage", &type_of<core::ClientMessage>()},
                           {"ServerMessage", &type_of<core::ServerMessage>()}});
}

}  // namespace sigap::codec
