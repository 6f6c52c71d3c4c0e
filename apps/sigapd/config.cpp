#include "sigapd/config.h"

#include <arpa/inet.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace sigap::sigapd {
namespace {

constexpr std::int64_t kCallsPerSecondMax = 100'000;  // a limit beyond this limits nothing

/// Reads one table; remembers what was asked for, so that the rest can be refused.
class Table {
 public:
  Table(const toml::table& table, std::string path, std::optional<Refusal>& wrong)
      : table_(table), path_(std::move(path)), wrong_(wrong) {}

  template <class T>
  void read(const char* key, T& into) {
    known_.insert(key);
    const auto* node = table_.get(key);
    if (!node) return;
    if constexpr (std::is_same_v<T, HostPort>) {
      std::string text;
      read(key, text);
      if (auto parsed = host_port(text))
        into = *parsed;
      else
        blame(key, parsed.error().message);
    } else if constexpr (std::is_same_v<T, std::filesystem::path>) {
      std::string text;
      read(key, text);
      into = text;
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      into.clear();
      const auto* list = node->as_array();
      if (!list) return blame(key, "a list of strings");
      for (const auto& item : *list)
        if (const auto text = item.value_exact<std::string>())
          into.push_back(*text);
        else
          blame(key, "a list of strings");
    } else if constexpr (std::is_same_v<T, std::uint16_t>) {
      const auto number = node->value_exact<std::int64_t>();
      if (!number || *number < 0 || *number > 65'535) return blame(key, "a port, 0 to 65535");
      into = static_cast<std::uint16_t>(*number);
    } else {
      const auto value = node->value_exact<T>();
      if (!value) return blame(key, std::is_same_v<T, bool> ? "true or false" : "of another type");
      into = *value;
    }
  }
  void knows(const char* key) { known_.insert(key); }
  void refuse_others() {
    for (const auto& [key, node] : table_)
      if (!known_.contains(std::string(key.str()))) blame(std::string(key.str()), "no such key");
  }
  void blame(const std::string& key, const std::string& what) {
    if (!wrong_) wrong_ = Refusal{"invalid", path_ + key, what};
  }

 private:
  const toml::table& table_;
  std::string path_;
  std::optional<Refusal>& wrong_;
  std::set<std::string> known_;
};

bool is_address(const std::string& text) {
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(AF_INET, text.c_str(), bytes) == 1 || inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

bool is_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void read_all(const toml::table& root, Config& c, std::optional<Refusal>& wrong) {
  static const toml::table kNone;
  Table top(root, "", wrong);
  const auto section = [&](const char* name, const auto& read) {
    top.knows(name);
    const auto* node = root.get(name);
    if (node && !node->as_table()) return top.blame(name, "a table");
    Table table(node ? *node->as_table() : kNone, std::string(name) + ".", wrong);
    read(table);
    table.refuse_others();
  };
  section("storage", [&](Table& t) {
    t.read("data", c.data);
    t.read("keys", c.keys);
  });
  section("nation", [&](Table& t) {
    t.read("folder", c.nation);
    t.read("places", c.places);
  });
  section("web", [&](Table& t) {
    t.read("listen", c.http);
    t.read("pages", c.pages);
    t.read("public_url", c.public_url);
    t.read("allowed_origins", c.allowed_origins);
    t.read("trusted_proxies", c.trusted_proxies);
    t.read("insecure_cookie", c.insecure_cookie);
  });
  section("sip", [&](Table& t) {
    t.read("listen", c.sip);
    t.read("legs_max", c.legs_max);
    t.read("edge", c.sip_edges);
  });
  section("edge", [&](Table& t) {
    t.read("udp", c.edge.udp);
    t.read("tcp", c.edge.tcp);
    t.read("tls", c.edge.tls);
    t.read("inside", c.edge.inside);
    t.read("certificate", c.edge.certificate);
    t.read("key", c.edge.key);
    t.read("client_ca", c.edge.client_ca);
  });
  section("media", [&](Table& t) {
    t.read("address", c.rtp_address);
    t.read("port_min", c.rtp_min);
    t.read("port_max", c.rtp_max);
    t.read("ng_host", c.ng_host);
    if (!is_address(c.ng_host)) t.blame("ng_host", "an address");
    t.read("ng_port", c.ng_port);
    t.read("dtmf_port", c.dtmf_port);
    t.read("rtpengine", c.rtpengine);
    t.read("ends_with_server", c.media_ends_with_us);
    t.read("prompts", c.prompts);
    t.read("voices_max", c.voices_max);
  });
  section("cluster", [&](Table& t) {
    t.read("node", c.cluster.node);
    t.read("listen", c.cluster.listen);
    t.read("peer", c.cluster.peer);
    t.read("witness", c.cluster.witness);
    t.read("lead_command", c.cluster.lead_command);
    t.read("follow_command", c.cluster.follow_command);
  });
  section("outgoing", [&](Table& t) {
    t.read("numbers", c.numbers_out);
    for (const auto& number : c.numbers_out)
      if (!is_number(std::string_view(number).substr(0, number.find('*'))) || number.find('*') + 1 < number.size())
        t.blame("numbers", "+ and digits, or digits; a prefix ends in *: " + number);
  });
  top.knows("trunk");
  if (const auto* trunks = root.get("trunk")) {
    if (!trunks->as_array()) return top.blame("trunk", "write [[trunk]]");
    std::size_t number = 0;
    for (const auto& node : *trunks->as_array()) {
      const std::string path = "trunk[" + std::to_string(number++) + "].";
      if (!node.as_table()) return top.blame("trunk", "write [[trunk]]");
      Table t(*node.as_table(), path, wrong);
      TrunkConfig trunk;
      t.read("name", trunk.name);
      t.read("addresses", trunk.addresses);
      t.read("station", trunk.station);
      t.read("tls_name", trunk.tls_name);
      t.read("calls_per_second", trunk.calls_per_second);
      t.read("outgoing", trunk.outgoing);
      t.read("caller_id", trunk.caller_id);
      t.read("call_to", trunk.call_to);
      t.read("call_over", trunk.call_over);
      t.refuse_others();
      if (trunk.name.empty()) t.blame("name", "a trunk needs one");
      if (trunk.addresses.empty()) t.blame("addresses", "at least one address");
      if (trunk.calls_per_second < 1 || trunk.calls_per_second > kCallsPerSecondMax)
        t.blame("calls_per_second", "1 to 100000");
      if (!is_number(trunk.caller_id)) t.blame("caller_id", "+ and digits, or digits");
      if (trunk.call_over != "udp" && trunk.call_over != "tcp") t.blame("call_over", "\"udp\" or \"tcp\"");
      if (!trunk.call_to.empty()) {
        const auto to = host_port(trunk.call_to);
        if (!to || !is_address(to->host) || to->port == 0) t.blame("call_to", "write ADDRESS:PORT");
      } else if (trunk.outgoing && !trunk.addresses.empty() && !is_address(trunk.addresses.front())) {
        t.blame("call_to", "needed for calls going out: the first of addresses is a block");
      }
      c.trunks.push_back(std::move(trunk));
    }
  }
  top.refuse_others();
}

}  // namespace

Result<HostPort> host_port(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return refuse("invalid", "write ADDRESS:PORT");
  HostPort result;
  result.host = text.substr(0, colon);
  if (result.host.size() > 2 && result.host.front() == '[') result.host = result.host.substr(1, result.host.size() - 2);
  const auto* begin = text.data() + colon + 1;
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), result.port);
  if (result.host.empty() || error != std::errc() || end != text.data() + text.size() || begin == end)
    return refuse("invalid", "write ADDRESS:PORT");
  return result;
}

Result<Config> load_config(const std::filesystem::path& file) {
  Config config;
  toml::table root;
  try {
    root = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    const auto line = error.source().begin.line;
    if (line == 0) return refuse("io", "cannot read " + file.string());
    return refuse("invalid",
                  file.string() + ", line " + std::to_string(line) + ": " + std::string(error.description()));
  }
  std::optional<Refusal> wrong;
  read_all(root, config, wrong);
  if (!wrong && config.data.empty()) wrong = Refusal{"invalid", "storage.data", "where the journal lives: needed"};
  if (!wrong && config.keys.empty()) wrong = Refusal{"invalid", "storage.keys", "where the keys live: needed"};
  if (wrong) {
    wrong->message = file.string() + ": " + wrong->field + ": " + wrong->message;
    return tl::unexpected(*wrong);
  }
  return config;
}

}  // namespace sigap::sigapd
