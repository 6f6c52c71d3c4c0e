#include "adapters/web/admission.h"

#include <vector>

namespace sigap::web {

Ticket::~Ticket() {
  admission_.leave(*this);
}

void Ticket::on_stop(std::function<void()> end) {
  admission_.ends_[id_] = std::move(end);
}

std::shared_ptr<Ticket> Admission::enter(const std::string& address, bool counted) {
  if (ends_.size() >= most_) return nullptr;
  auto& here = by_address_[address];
  if (counted && here >= most_per_address_) return nullptr;
  ++here;
  const auto id = next_++;
  ends_.emplace(id, nullptr);
  return std::make_shared<Ticket>(*this, id, address);
}

void Admission::leave(const Ticket& ticket) {
  ends_.erase(ticket.id());
  const auto it = by_address_.find(ticket.address());
  if (--it->second == 0) by_address_.erase(it);
}

void Admission::stop_all() {
  std::vector<std::function<void()>> ends;  // ending one changes the table
  for (const auto& [id, end] : ends_)
    if (end) ends.push_back(end);
  for (const auto& end : ends) end();
}

}  // namespace sigap::web
