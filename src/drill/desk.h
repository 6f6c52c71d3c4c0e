// An operator's console in a drill: signs in, is ready, answers what rings, talks; comes back by itself when the server
// goes away, as the page does (web/src/core/socket.ts). Lives on the io_context's thread.
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <set>
#include <string>

#include "core/views/wire.h"
#include "drill/far_end.h"
#include "drill/rtp_stream.h"

namespace sigap::drill {

class Desk {
 public:
  Desk(boost::asio::io_context& io, const Path& path, std::string login, FarEnd& far_end);
  ~Desk();
  /// Blocks until signed in. Refusal: the server's code, or "io".
  Result<bool> sign_in(const std::string& password);
  void open();
  /// Whether what rings is answered; a new desk does.
  void answers(bool yes) { answers_ = yes; }
  /// Hangs up; the outcome is set as soon as the call is over, whoever ended it.
  void hang_up();

  bool connected() const { return connected_; }
  /// How often the whole picture came: each time that it had to come back.
  int pictures() const { return pictures_; }
  /// Takes a pause, once free: nothing rings any more.
  void rest();
  /// Open tasks on the screen.
  std::size_t tasks() const { return tasks_.size(); }
  /// An offer that was answered once is answered again should it ring on.
  void hear_anew() { accepted_ = {}; }
  people::OperatorState state() const;
  CallId call() const;
  RtpStream& voice() { return voice_; }
  const RtpStream& voice() const { return voice_; }

 private:
  struct Link;
  void hear(const std::string& text);
  void follow();
  void drop_voice();
  void ask(core::Command command);
  void say(const core::ClientMessage& message);
  void beat();
  void come_back();
  void lose();

  boost::asio::io_context& io_;
  Path path_;
  std::string login_, cookie_;
  std::string far_name_;  ///< of the voice at the far end
  FarEnd& far_end_;
  RtpStream voice_;
  boost::asio::steady_timer beats_;
  std::shared_ptr<Link> link_;
  bool connected_ = false;
  bool answers_ = true, rests_ = false;
  int pictures_ = 0;
  std::chrono::steady_clock::time_point heard_;
  std::int64_t next_ = 1, voices_ = 0;
  OfferId accepted_;
  core::SelfCard self_;
  std::set<TaskId> tasks_;
};

}  // namespace sigap::drill
