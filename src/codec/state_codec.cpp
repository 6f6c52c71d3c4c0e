#include "codec/state_codec.h"

#include "codec/describe_state.h"
#include "codec/json.h"
#include "codec/type_of.h"

namespace sigap::codec {
namespace {

constexpr std::string_view kPlace = "checkpoint";

}  // namespace

std::string write_state(const core::State& state, Sealer& sealer) {
  return write_json(type_of<core::State>(), &state, &sealer, kPlace);
}

Result<core::State> read_state(std::string_view text, Sealer& sealer) {
  core::State state;
  if (auto read = read_json(type_of<core::State>(), &state, text, &sealer, kPlace); !read)
    return tl::unexpected(read.error());
  return state;
}

std::string hashable_text(const core::State& state) {
  return write_json(type_of<core::State>(), &state, nullptr, kPlace, Secrets::left_out);
}

}  // namespace sigap::codec
