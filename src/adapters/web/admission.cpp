#include "adapters/web/admission.h"

#include <vector>

namespace sigap::web {

namespace {

void stand_up(std::map<std::string, std::size_t>& clients, const std::string& client) {
  const auto it = clients.find(client);
  if (--it->second == 0) clients.erase(it);
}

}  // namespace

Ticket::~Ticket() {
  admission_.leave(*this);
}

void Ticket::on_stop(std::function<void()> end) {
  admission_.ends_[id_] = std::move(end);
}

void Ticket::answering(bool yes) {
  if (place_ != Place::hall) return;
  auto& idle = admission_.benches_.at(address_).idle;
  if (yes)
    idle.erase(id_);
  else
    idle.insert(id_);
}

bool Ticket::sit(ports::Channel channel, const std::string& client) {
  auto& a = admission_;
  const bool staff = channel == ports::Channel::staff;
  auto& taken = staff ? a.staff_ : a.citizens_;
  auto& clients = staff ? a.staff_of_ : a.citizens_of_;
  const auto known = clients.find(client);
  const auto theirs = known == clients.end() ? 0 : known->second;
  if (taken >= (staff ? a.room_.staff : a.room_.citizens)) return false;
  if (theirs >= (staff ? a.room_.staff_per_client : a.room_.citizens_per_client)) return false;
  ++taken;
  ++clients[client];
  a.leave_hall(*this);
  place_ = staff ? Place::staff : Place::citizen;
  address_ = client;
  return true;
}

std::shared_ptr<Ticket> Admission::enter(const std::string& address, From from) {
  const auto found = benches_.find(address);
  const bool many = found != benches_.end() && found->second.count >= room_.hall_per_address;
  // Strangers at a station's address must not keep its people out.
  if (many && from != From::proxy && !(from == From::staff && send_away(found->second))) return nullptr;
  if (hall_ >= room_.hall && !make_room()) return nullptr;
  const auto id = next_++;
  auto& bench = benches_[address];
  bench.from = from;
  ++bench.count;
  bench.idle.insert(id);
  ++hall_;
  ends_.emplace(id, nullptr);
  return std::make_shared<Ticket>(*this, id, address);
}

bool Admission::send_away(const Bench& bench) {
  for (const auto id : bench.idle)
    if (const auto end = ends_.at(id)) return end(), true;
  return false;
}

bool Admission::make_room() {
  const Bench* most = nullptr;
  for (const auto& [address, bench] : benches_) {
    if (bench.idle.empty()) continue;
    const bool stranger = bench.from == From::stranger;
    const bool alike = most && stranger == (most->from == From::stranger);
    const bool instead = alike ? bench.count > most->count : stranger;
    const bool older = alike && bench.count == most->count && *bench.idle.begin() < *most->idle.begin();
    if (!most || instead || older) most = &bench;
  }
  return most && send_away(*most);
}

void Admission::leave_hall(const Ticket& ticket) {
  const auto it = benches_.find(ticket.address_);
  it->second.idle.erase(ticket.id_);
  if (--it->second.count == 0) benches_.erase(it);
  --hall_;
}

void Admission::leave(const Ticket& ticket) {
  ends_.erase(ticket.id_);
  switch (ticket.place_) {
    case Ticket::Place::hall:
      return leave_hall(ticket);
    case Ticket::Place::staff:
      --staff_;
      return stand_up(staff_of_, ticket.address_);
    case Ticket::Place::citizen:
      --citizens_;
      return stand_up(citizens_of_, ticket.address_);
  }
}

void Admission::stop_all() {
  std::vector<std::function<void()>> ends;  // ending one changes the table
  for (const auto& [id, end] : ends_)
    if (end) ends.push_back(end);
  for (const auto& end : ends) end();
}

}  // namespace sigap::web
