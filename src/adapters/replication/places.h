// Who has a place at a machine's door, and who must go when one more comes: rules without sockets or clock.
// Invariants: a stranger never takes a place of who has proved the key; of those who have not, the oldest of the
// address that fills its share goes, else the oldest; of those who have, the one silent the longest (a machine that was
// cut off has left its connections behind).
#pragma once
#include <algorithm>
#include <cstdint>
#include <list>
#include <optional>
#include <string>

namespace sigap::replication {

class Places {
 public:
  static constexpr std::size_t kUnprovedMax = 32;  ///< a proof takes a round trip: at 1,000 strangers a second, 32 ms
  static constexpr std::size_t kShareMax = 8;      ///< of one address among them; own
  static constexpr std::size_t kProvedMax = 16;    ///< two machines need four; own
  using Id = std::int64_t;

  /// One more who has proved nothing. Yields who must go for it.
  std::optional<Id> come(Id id, std::string address) {
    const auto same = [&](const Place& place) { return place.address == address; };
    std::optional<Id> goes;
    if (static_cast<std::size_t>(std::ranges::count_if(unproved_, same)) >= kShareMax)
      goes = take(std::ranges::find_if(unproved_, same), unproved_);
    else if (unproved_.size() >= kUnprovedMax)
      goes = take(unproved_.begin(), unproved_);
    unproved_.push_back({id, std::move(address)});
    return goes;
  }
  /// It has proved its key, if it still has its place. Yields who must go for it.
  std::optional<Id> prove(Id id) {
    const auto found = std::ranges::find(unproved_, id, &Place::id);
    if (found == unproved_.end()) return std::nullopt;
    proved_.splice(proved_.end(), unproved_, found);
    return proved_.size() > kProvedMax ? std::optional(take(proved_.begin(), proved_)) : std::nullopt;
  }
  /// A proved one has spoken.
  void heard(Id id) {
    const auto found = std::ranges::find(proved_, id, &Place::id);
    if (found != proved_.end()) proved_.splice(proved_.end(), proved_, found);
  }
  bool proved(Id id) const { return std::ranges::find(proved_, id, &Place::id) != proved_.end(); }
  void leave(Id id) {
    const auto its = [id](const Place& place) { return place.id == id; };
    unproved_.remove_if(its);
    proved_.remove_if(its);
  }

 private:
  struct Place {
    Id id = 0;
    std::string address;
  };
  static Id take(std::list<Place>::iterator place, std::list<Place>& from) {
    const auto id = place->id;
    from.erase(place);
    return id;
  }
  std::list<Place> unproved_;  ///< the oldest first
  std::list<Place> proved_;    ///< the one silent the longest first
};

}  // namespace sigap::replication
