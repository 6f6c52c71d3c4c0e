#include "codec/state_codec.h"

#include "codec/json.h"
#include "codec/tables.h"

namespace sigap::codec {
namespace {

constexpr std::string_view kPlace = "checkpoint";

}  // namespace

std::string write_state(const core::Facts& facts, Sealer& sealer) {
  return write_json(type_of<core::Facts>(), &facts, &sealer, kPlace);
}

Result<core::State> read_state(std::string_view text, Sealer& sealer) {
  core::State state;
  core::Facts& facts = state;
  if (auto read = read_json(type_of<core::Facts>(), &facts, text, &sealer, kPlace); !read)
    return tl::unexpected(read.error());
  if (facts.fold.value_or(1) != core::kFold || facts.format > core::kFormat)
    return refuse("invalid", "of another program: the journal says what it knows", "fold");
  state.indexes.rebuild(state);
  return state;
}

std::string hashable_text(const core::Facts& facts) {
  return write_json(type_of<core::Facts>(), &facts, nullptr, kPlace, Secrets::left_out);
}

}  // namespace sigap::codec
