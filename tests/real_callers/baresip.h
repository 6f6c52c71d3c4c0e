// A telephone that we did not write: baresip (Debian), a process of its own, told what to do by its control port
// (ctrl_tcp: netstrings of JSON). It says a tone and writes down what it hears.
#pragma once
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace sigap {

class Baresip {
 public:
  static constexpr int kSays_hertz = 1000;

  struct Ports {
    std::string sip;  ///< ADDRESS:PORT of its own
    std::uint16_t control;
    int rtp;  ///< a hundred from here on
  };
  /// `encryption`: "", or "srtp-mand".
  Baresip(boost::asio::io_context& io, std::filesystem::path folder, const Ports& ports, const std::string& encryption)
      : folder_(std::move(folder)), socket_(io), control_(ports.control) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "accounts") << "<sip:081234567890@" << ports.sip
                                        << ">;regint=0;audio_codecs=pcma;mediaenc=" << encryption << "\n";
    // ausine of 1.0 knows one format. No player: there is no sound card, and what is heard goes through the filter.
    std::ofstream(folder_ / "config") << "sip_listen " << ports.sip << "\naudio_source ausine," << kSays_hertz
                                      << "\nausrc_srate 48000\nausrc_channels 2\nrtp_ports " << ports.rtp << "-"
                                      << ports.rtp + 100 << "\nsnd_path " << folder_.string()
                                      << "\nmodule_path /usr/lib/baresip/modules\nmodule g711.so\nmodule sndfile.so\n"
                                         "module ausine.so\nmodule srtp.so\nmodule_tmp uuid.so\nmodule_tmp account.so\n"
                                         "module_app menu.so\nmodule_app ctrl_tcp.so\nctrl_tcp_listen 127.0.0.1:"
                                      << ports.control << "\n";
    const auto log = (folder_ / "log").string();
    process_ = ::fork();
    if (process_ == 0) {
      const int said = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      for (const int fd : {1, 2}) ::dup2(said, fd);
      ::close_range(3, ~0U, 0);
      // -n: it describes itself by the address that it sends from.
      ::execlp("baresip", "baresip", "-n", "127.0.0.1", "-f", folder_.c_str(), nullptr);
      ::_exit(127);
    }
  }
  ~Baresip() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  Baresip(const Baresip&) = delete;
  Baresip& operator=(const Baresip&) = delete;

  /// Whether it takes commands. Asked again until it does.
  bool up() {
    if (connected_) return true;
    boost::system::error_code error;
    socket_.close(error);
    socket_.connect({boost::asio::ip::address_v4::loopback(), control_}, error);
    connected_ = !error;
    if (connected_) receive();
    return connected_;
  }
  void command(const std::string& name, const std::string& parameters = {}) {
    const auto text =
        boost::json::serialize(boost::json::object{{"command", name}, {"params", parameters}, {"token", name}});
    boost::system::error_code ignored;
    boost::asio::write(socket_, boost::asio::buffer(std::to_string(text.size()) + ":" + text + ","), ignored);
  }
  /// How often it said so.
  int events(const std::string& type) const {
    const auto found = events_.find(type);
    return found == events_.end() ? 0 : found->second;
  }
  std::string all_events() const {
    std::string all;
    for (const auto& [type, count] : events_) all += type + " " + std::to_string(count) + ", ";
    return all;
  }
  /// What it heard since the call began. It stops writing that down at its first hold (baresip issue 1496).
  std::vector<std::int16_t> heard() const {
    constexpr std::size_t kWavHeader_bytes = 44;
    std::vector<std::int16_t> sound;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      if (!entry.path().string().ends_with("-dec.wav")) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(file)), {});
      if (bytes.size() <= kWavHeader_bytes) continue;
      sound.resize((bytes.size() - kWavHeader_bytes) / 2);
      std::memcpy(sound.data(), bytes.data() + kWavHeader_bytes, sound.size() * 2);
    }
    return sound;
  }
  /// Packets of RTP that came, by its own count; asked for by count_packets().
  int packets() const { return packets_; }
  void count_packets() { command("audio_debug"); }
  std::string log() const {
    std::ifstream file(folder_ / "log");
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

 private:
  void receive() {
    socket_.async_read_some(boost::asio::buffer(part_), [this](boost::system::error_code error, std::size_t size) {
      if (error) return;
      text_.append(part_.data(), size);
      take();
      receive();
    });
  }
  void take() {
    while (true) {
      const auto colon = text_.find(':');
      if (colon == std::string::npos) return;
      const auto size = static_cast<std::size_t>(std::atoi(text_.c_str()));
      if (text_.size() < colon + size + 2) return;
      hear(text_.substr(colon + 1, size));
      text_.erase(0, colon + size + 2);
    }
  }
  void hear(const std::string& message) {
    boost::system::error_code wrong;
    const auto value = boost::json::parse(message, wrong);
    if (wrong || !value.is_object()) return;
    const auto& body = value.get_object();
    if (const auto* type = body.if_contains("type"); type && type->is_string())
      ++events_[std::string(type->get_string())];
    if (const auto* data = body.if_contains("data"); data && data->is_string()) {
      const std::string text(data->get_string());
      int packets = 0;  // of each source: the prompt is another one than the operator
      for (auto at = text.find("rcvd="); at != std::string::npos; at = text.find("rcvd=", at + 1))
        packets += std::atoi(text.c_str() + at + 5);
      if (packets > 0) packets_ = packets;
    }
  }

  std::filesystem::path folder_;
  boost::asio::ip::tcp::socket socket_;
  std::uint16_t control_;
  int process_ = -1;
  bool connected_ = false;
  std::array<char, 4096> part_{};
  std::string text_;
  std::map<std::string, int> events_;
  int packets_ = 0;
};

}  // namespace sigap
