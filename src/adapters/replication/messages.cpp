#include "adapters/replication/messages.h"

#include "adapters/replication/bytes.h"

namespace sigap::replication {

std::string write(const Request& r) {
  Writer out;
  out.number(static_cast<std::int64_t>(r.ask)).number(r.epoch).number(r.position).number(r.change).text(r.hash);
  out.number(static_cast<std::int64_t>(r.changes.size()));
  for (const auto& c : r.changes) {
    out.number(c.number).number(c.epoch).number(static_cast<std::int64_t>(c.table)).text(c.name);
    out.number(c.value ? 1 : 0);
    if (c.value) out.text(*c.value);
  }
  out.number(static_cast<std::int64_t>(r.lines.size()));
  for (const auto& line : r.lines)
    out.number(line.position).text(line.stream).number(line.epoch).number(line.seq).text(line.body);
  out.number(r.checkpoint ? 1 : 0);
  if (r.checkpoint)
    out.number(r.checkpoint->position)
        .text(r.checkpoint->state)
        .text(r.checkpoint->state_hash)
        .text(r.checkpoint->journal_hash);
  return out.take();
}

Result<Request> read_request(std::string_view bytes) {
  Reader in(bytes);
  Request r;
  r.ask = static_cast<Ask>(in.number());
  r.epoch = in.number();
  r.position = in.number();
  r.change = in.number();
  r.hash = in.text();
  for (auto n = in.count(); n > 0; --n) {
    ports::VaultChange c;
    c.number = in.number();
    c.epoch = in.number();
    c.table = in.number() == 0 ? ports::VaultTable::keys : ports::VaultTable::callers;
    c.name = in.text();
    if (in.number() != 0) c.value = in.text();
    r.changes.push_back(std::move(c));
  }
  for (auto n = in.count(); n > 0; --n) {
    ports::JournalLine line;
    line.position = in.number();
    line.stream = in.text();
    line.epoch = in.number();
    line.seq = in.number();
    line.body = in.text();
    r.lines.push_back(std::move(line));
  }
  if (in.number() != 0) {
    ports::Checkpoint c;
    c.position = in.number();
    c.state = in.text();
    c.state_hash = in.text();
    c.journal_hash = in.text();
    r.checkpoint = std::move(c);
  }
  if (!in.complete()) return refuse("unreadable", "a request that cannot be read");
  return r;
}

std::string write(const Answer& a) {
  return Writer()
      .text(a.code)
      .text(a.message)
      .text(a.node)
      .number(a.epoch)
      .number(a.position)
      .text(a.hash)
      .number(a.change)
      .number(a.change_epoch)
      .take();
}

Result<Answer> read_answer(std::string_view bytes) {
  Reader in(bytes);
  Answer a;
  a.code = in.text();
  a.message = in.text();
  a.node = in.text();
  a.epoch = in.number();
  a.position = in.number();
  a.hash = in.text();
  a.change = in.number();
  a.change_epoch = in.number();
  if (!in.complete()) return refuse("unreadable", "an answer that cannot be read");
  return a;
}

}  // namespace sigap::replication
