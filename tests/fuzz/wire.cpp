#include <string>

#include "base/check.h"
#include "codec/wire_codec.h"
#include "targets.h"

namespace sigap::fuzz {

bool wire(std::string_view input) {
  bool accepted = false;
  if (const auto message = codec::read_message(input)) {
    accepted = true;
    const auto text = codec::write_client_message(*message);
    const auto again = codec::read_message(text);
    SIGAP_CHECK(again && codec::write_client_message(*again) == text);
  }
  if (const auto message = codec::read_server_message(input)) {
    accepted = true;
    const auto text = codec::write_message(*message);
    const auto again = codec::read_server_message(text);
    SIGAP_CHECK(again && codec::write_message(*again) == text);
  }
  return accepted;
}

}  // namespace sigap::fuzz
