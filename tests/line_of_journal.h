// An event as a line of a journal, for tests that write one without a server: the next, of epoch 1, in the stream
// "nation".
#pragma once
#include <utility>

#include "base/hash.h"
#include "codec/event_codec.h"
#include "ports/journal.h"

namespace sigap {

inline ports::JournalLine line_of_journal(std::int64_t position, Instant at, core::EventBody body,
                                          codec::Sealer& sealer) {
  core::Event event;
  event.id = sha256_hex(std::to_string(position)).substr(0, 32);
  event.stream = "nation";
  event.epoch = 1;
  event.seq = position;
  event.at = at;
  event.cause = "test";
  event.body = std::move(body);
  return {position, event.stream, event.epoch, event.seq, codec::write_event(event, sealer), {}};
}

}  // namespace sigap
