// A gateway for the tests of the web hand: it writes down what it hears and answers from a thread of its own, as the
// real one does.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ports/web.h"

namespace sigap::web {

class GatewayOfTests final : public ports::WebGateway {
 public:
  ~GatewayOfTests() override {
    for (auto& thread : threads_) thread.join();
  }

  ports::Web* web = nullptr;
  bool echo = false;
  bool silent = false;  ///< health, metrics and sign-ins are kept, not answered
  bool well = true;

  void sign_in(ports::SignInAsked asked, std::function<void(ports::SignInAnswer)> done) override {
    const std::lock_guard lock(mutex_);
    ++sign_ins_;
    auto answer = [login = asked.login, password = asked.password, done] {
      if (password == "benar")
        done({true, kToken, 3600, "operator", "", {}, "", login});
      else if (password == "setengah")
        done({false, "", 0, "", "second", ports::SecondStep{"ticket", true, "challenge", "localhost", {"key"}}});
      else
        done({false, "", 0, "", login == "disabled" || login == "in_call" || login == "busy" ? login : "wrong"});
    };
    if (silent) return kept_.push_back(answer);
    threads_.emplace_back(answer);
  }
  void offer_passkey(std::string address, std::function<void(std::optional<ports::SecondStep>)> done) override {
    note("passkey for " + address);
    done(ports::SecondStep{"ticket", false, "challenge", "localhost", {}});
  }
  void second_step(ports::SecondStepAsked asked, std::function<void(ports::SignInAnswer)> done) override {
    const std::string said = asked.passkey ? asked.passkey->signature : asked.code;
    note("second " + asked.login + " " + said + " " + asked.device_kind + " " + asked.device);
    if (said == "right")
      done({true, kToken, 3600, "operator", "", {}, asked.device.empty() ? kDeviceToken : "", "siti"});
    else
      done({false, "", 0, "", said});
  }
  bool signed_in(const std::string& token) const override { return token == kToken; }
  void sign_out(std::string token) override { note("out " + token); }
  bool calls(const std::string& token) const override { return token == "call"; }
  void photograph(ports::PhotographSent sent, std::function<void(std::string)> done) override {
    note("photograph " + sent.token + " " + sent.name + " " + std::to_string(sent.file.size()));
    done(sent.file == "none" ? "no_photograph" : "");
  }
  void show_photograph(std::string token, std::int64_t call, std::string name,
                       std::function<void(ports::PhotographShown)> done) override {
    if (token != kToken) return done({"", "session"});
    done(call == 17 && name == std::string(64, 'a') ? ports::PhotographShown{"JPEG", ""}
                                                    : ports::PhotographShown{"", "gone"});
  }
  void connected(ports::ConnectionId id, ports::Channel channel, std::string token) override {
    const char* from = channel == ports::Channel::staff     ? "staff "
                       : channel == ports::Channel::citizen ? "citizen "
                                                            : "caller ";
    note("connected " + std::string(from) + token, id);
  }
  void received(ports::ConnectionId id, std::string text) override {
    if (echo) web->send(id, "echo " + text);
    const std::lock_guard lock(mutex_);
    ++received_[id];
    changed_.notify_all();
  }
  void disconnected(ports::ConnectionId id) override { note("disconnected", id); }
  void hear(std::string token, ports::SoundAsked asked, std::function<void(ports::SoundAnswer)> done) override {
    if (token != kToken || asked.ticket != kTicket) return done({});
    if (asked.picture) return done({ports::SoundAnswer::What::given, "{}", 2});
    const std::string file = "0123456789";
    if (asked.first >= file.size()) return done({ports::SoundAnswer::What::unsatisfiable, "", file.size()});
    done({ports::SoundAnswer::What::given, file.substr(asked.first, asked.last - asked.first + 1), file.size()});
  }
  void health(std::function<void(bool, std::string)> done) override {
    auto answer = [this, done] { done(well, R"({"status":"x"})"); };
    const std::lock_guard lock(mutex_);
    if (silent) return kept_.push_back(answer);
    threads_.emplace_back(answer);
  }
  void client_asks(ports::ClientRequest asked, std::function<void(ports::ClientAnswer)> done) override {
    note("client " + asked.client + " " + asked.method + " " + asked.path + " " + asked.id + " " + asked.timestamp +
         " " + asked.signature + " " + asked.body);
    auto answer = [done] { done({202, R"({"taken":true})", 7}); };
    const std::lock_guard lock(mutex_);
    if (silent) return kept_.push_back(answer);
    threads_.emplace_back(answer);
  }
  void metrics(std::function<void(std::string)> done) override { done("sigap_up 1\n"); }

  /// Waits until `text` was noted; the connection's number, or 0 in time.
  ports::ConnectionId wait(const std::string& text, int times = 1) {
    std::unique_lock lock(mutex_);
    ports::ConnectionId found = 0;
    changed_.wait_for(lock, std::chrono::seconds(5), [&] {
      int count = 0;
      for (const auto& [id, noted] : notes_)
        if (noted.starts_with(text)) {
          ++count;
          found = id;
        }
      return count >= times;
    });
    return found;
  }
  std::vector<std::string> notes(ports::ConnectionId id) {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> out;
    for (const auto& [who, text] : notes_)
      if (who == id) out.push_back(text);
    return out;
  }
  std::size_t received_from(ports::ConnectionId id) {
    const std::lock_guard lock(mutex_);
    return received_[id];
  }
  int sign_ins() {
    const std::lock_guard lock(mutex_);
    return sign_ins_;
  }
  void answer_kept() {
    std::vector<std::function<void()>> kept;
    {
      const std::lock_guard lock(mutex_);
      kept.swap(kept_);
    }
    for (const auto& answer : kept) answer();
  }

  static constexpr const char* kDeviceToken = "device-abcdefghijklmnopqrstuvwxyz-0123456789";
  static constexpr const char* kTicket = "0123456789abcdef0123456789abcdef";
  static constexpr const char* kToken = "abcdefghijklmnopqrstuvwxyz-0123456789_ABCDEF";

 private:
  void note(const std::string& text, ports::ConnectionId id = 0) {
    const std::lock_guard lock(mutex_);
    notes_.emplace_back(id, text);
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::pair<ports::ConnectionId, std::string>> notes_;
  std::map<ports::ConnectionId, std::size_t> received_;
  std::vector<std::function<void()>> kept_;
  std::vector<std::thread> threads_;
  int sign_ins_ = 0;
};

}  // namespace sigap::web
