// ports::HttpClient with Beast and OpenSSL.
//   post -> its own io thread: resolve, look at each address, connect to one that was looked at, TLS by the name,
//   write, read the head of the answer -> done
// Invariants: those of ports/http_client.h; the address that is connected to is the one that was looked at, so a name
// that means something else a moment later (DNS rebinding) changes nothing; a certificate must be good for the name.
// Some threads, so that one name server that does not answer holds up few. Sources: RFC 6125 (names), RFC 9112, RFC
// 8446.
#pragma once
#include <filesystem>
#include <memory>

#include "base/result.h"
#include "ports/http_client.h"

namespace sigap::http_client {

struct HttpClientConfig {
  bool private_addresses = false;   ///< ours, and plain http, may be spoken to: for tests, and partners in our network
  std::filesystem::path authority;  ///< certificates to believe besides the system's; empty: none
  std::string user_agent = "Sigap";
};

class HttpClientBeast final : public ports::HttpClient {
 public:
  /// Refusal "tls": the authority's file cannot be read.
  static Result<std::unique_ptr<HttpClientBeast>> make(HttpClientConfig config);
  ~HttpClientBeast() override;
  void post(ports::Posting posting, std::function<void(ports::Posted)> done) override;
  /// Those that are under way are told nothing more; from here on the answer is "busy".
  void stop();

  static constexpr std::size_t kThreads = 4;                ///< name servers that may hang at once; own
  static constexpr std::size_t kUnderWayMost = 256;         ///< own
  static constexpr std::size_t kHeadMost_bytes = 8U << 10;  ///< of an answer; its body is not read

 private:
  struct Parts;
  explicit HttpClientBeast(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace sigap::http_client
