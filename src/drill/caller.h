// A citizen's telephone behind a trunk: the least of RFC 3261 that a caller needs, on a UDP socket of its own, so that
// a drill knows each message and each packet. Lives on the io_context's thread.
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <string>

#include "drill/path.h"
#include "drill/rtp_stream.h"

namespace sigap::drill {

class Caller {
 public:
  enum class State { idle, dialling, answered, hanging_up, ended };
  enum class EndedBy { nobody, caller, server, refused };

  Caller(boost::asio::io_context& io, const Path& path, int number);
  void dial();
  /// BYE, repeated until its 200.
  void hang_up();

  State state() const { return state_; }
  EndedBy ended_by() const { return ended_by_; }
  const std::string& call_id() const { return call_id_; }
  /// What somebody on the way has read of this call.
  Overheard overheard() const;
  int reinvites() const { return reinvites_; }
  RtpStream& voice() { return voice_; }
  const RtpStream& voice() const { return voice_; }

 private:
  void send(const std::string& message);
  /// Sends, and again until stop_repeating().
  void repeat(std::string message);
  void again(std::chrono::milliseconds pause);
  void stop_repeating() { repeater_.cancel(); }
  void receive();
  void hear(const std::string& message);
  void hear_answer(int status, const std::string& message);
  void hear_request(const std::string& message);
  std::string request(const char* method, int cseq, const std::string& body = {}) const;
  std::string sdp() const;

  boost::asio::ip::udp::socket socket_;
  boost::asio::ip::udp::endpoint server_;
  boost::asio::steady_timer repeater_;
  RtpStream voice_;
  std::string here_, number_, call_id_, to_tag_, repeated_;
  State state_ = State::idle;
  EndedBy ended_by_ = EndedBy::nobody;
  int reinvites_ = 0;
  std::array<char, 16'384> buffer_{};
};

}  // namespace sigap::drill
