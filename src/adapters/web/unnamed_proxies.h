// Who speaks as a proxy does and is named in no configuration. Either a stranger's lie, or our own proxy, forgotten:
// then the whole nation is one address to every limit, and somebody has to be told. One word for each, and a bounded
// number.
#pragma once
#include <functional>
#include <set>
#include <string>

namespace sigap::web {

class UnnamedProxies {
 public:
  /// Told once of each address.
  explicit UnnamedProxies(std::function<void(const std::string& address)> tell) : tell_(std::move(tell)) {}

  void met(const std::string& address) {
    constexpr std::size_t kToldMost = 20;  // a wrong configuration has one; strangers must not fill the log; own
    if (tell_ && told_.size() < kToldMost && told_.insert(address).second) tell_(address);
  }

 private:
  std::function<void(const std::string&)> tell_;
  std::set<std::string> told_;
};

}  // namespace sigap::web
