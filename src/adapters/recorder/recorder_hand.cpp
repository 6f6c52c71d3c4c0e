#include "adapters/recorder/recorder_hand.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <csignal>
#include <mutex>
#include <thread>
#include <utility>

#include "base/overloaded.h"
#include "process/detached.h"
#include "process/watchdog.h"
#include "recording/orders.h"

namespace sigap::recorder {

namespace asio = boost::asio;
using process::Vitality, process::Watchdog;

namespace {

constexpr std::size_t kToSendMax_bytes = 1 << 22;  // 20,000 orders, and room; beyond, everything is told anew
constexpr int kPauseMax_looks = 20;                // between two starts that come to nothing
constexpr int kEndLooks = 40;
constexpr auto kEndLookEvery = std::chrono::milliseconds(50);  // together 2 s for an orderly end; own

}  // namespace

struct RecorderHand::Hand {
  using Socket = asio::local::stream_protocol::socket;

  explicit Hand(HandConfig c) : config(std::move(c)), timer(io), work(io.get_executor()) {}

  void look() {
    if (stopping) return;
    if (child > 0 && ::waitpid(child, nullptr, WNOHANG) == child) child = -1;
    if (!socket) connect();
    if (ready && !std::exchange(asked, true)) send(recording::How{});
    switch (watchdog.look(seen())) {
      case Vitality::alive:
        pause_looks = std::max(0, pause_looks - 1);
        break;
      case Vitality::slow:
        if (!was_up && refused) revive();  // at first nobody is there: no need to doubt
        break;
      case Vitality::dead:
        revive();
        break;
    }
    answered = refused = false;
    timer.expires_after(std::chrono::milliseconds(Watchdog::kEvery.ms));
    timer.async_wait([this](boost::system::error_code stopped) {
      if (!stopped) look();
    });
  }

  process::Sighting seen() {
    process::Sighting sighting;
    const auto now = std::chrono::steady_clock::now();
    sighting.since_last = {
        std::chrono::duration_cast<std::chrono::milliseconds>(now - std::exchange(looked, now)).count()};
    sighting.answered = answered;
    sighting.refused = refused;
    if (writer > 0) sighting.process = process::signs_of(writer);
    return sighting;
  }

  /// By the folder's descriptor: a path of any length fits.
  void connect() {
    const int folder = ::open(config.folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
      refused = true;
      return;
    }
    socket.emplace(io);
    boost::system::error_code error;
    socket->connect({"/proc/self/fd/" + std::to_string(folder) + "/" + recording::kSocketName}, error);
    ::close(folder);
    if (error) {
      refused = true;
      socket.reset();
      return;
    }
    socket->non_blocking(true);
    heard.clear();
    receive();
  }

  void receive() {
    socket->async_read_some(asio::buffer(piece),
                            [this, number = connection](boost::system::error_code error, std::size_t size) {
                              if (number != connection || stopping) return;
                              if (error) return lost();
                              heard.append(piece.data(), size);
                              while (const auto line = recording::take_line(heard)) {
                                const auto answer = recording::read_answer(*line);
                                if (!answer) return lost();
                                take(*answer);
                                if (number != connection) return;
                              }
                              if (heard.size() > recording::kLineMax_bytes) return lost();
                              receive();
                            });
  }

  void take(const recording::Answer& answer) {
    answered = true;
    std::visit(Overloaded{
                   [this](const recording::Here& here) {
                     writer = here.process;
                     keeper = here.parent;
                     open_ones.clear();
                     const std::lock_guard lock(mutex);
                     port = here.port;
                   },
                   [this](const recording::Has& has) { open_ones.insert(has.recording); },
                   [this](const recording::Ready&) { is_here(); },
                   [this](const recording::Full& told) {
                     {
                       const std::lock_guard lock(mutex);
                       health.full = told.full;
                     }
                     if (ready) listener->recorder_full(told.full);
                   },
                   [this](const recording::Closed& closed) {
                     listener->recording_closed(
                         {closed.recording, closed.bytes, closed.sha256, closed.lasted, closed.missing});
                   },
                   [this](const recording::Stands& stands) {
                     asked = false;
                     const std::lock_guard lock(mutex);
                     health.open = stands.open;
                     health.packets = stands.packets;
                     health.unclaimed = stands.unclaimed;
                     health.dropped = stands.dropped;
                     health.free_bytes = stands.free_bytes;
                   },
               },
               answer);
  }

  void is_here() {
    ready = was_up = true;
    asked = false;
    watchdog.begin_anew();
    bool full = false;
    {
      const std::lock_guard lock(mutex);
      health.up = true;
      health.note.clear();
      full = health.full;
    }
    listener->recorder_here(std::exchange(open_ones, {}));
    if (full) listener->recorder_full(true);
  }

  /// Its process may have been started again by its keeper already: then the next connection finds it.
  void lost() {
    hang_up();
    connect();
  }

  void hang_up() {
    ++connection;
    socket.reset();
    to_send.clear();
    asked = false;
    writer = -1;
    if (!std::exchange(ready, false)) return;
    {
      const std::lock_guard lock(mutex);
      health.up = false;
      health.note = "the recorder is away";
      ++health.restarts;
    }
    listener->recorder_away();
  }

  void revive() {
    // There but deaf: it must not keep the folder.
    for (const int known : {keeper, writer})
      if (known > 1) ::kill(known, SIGKILL);
    keeper = -1;
    hang_up();
    if (pause_looks > 0) {
      --pause_looks;
      return;
    }
    child = process::start_detached(
        {config.program.string(), "--folder", config.folder.string(), "--address", config.address, "--port",
         std::to_string(config.port), "--reserve-mb", std::to_string(config.reserve_mb)},
        config.log_file);
    watchdog.begin_anew();
    pause_looks = std::min(kPauseMax_looks, 2 << std::min(starts, 4));
    ++starts;
    connect_soon();
  }

  /// It needs some milliseconds to be there, and calls may wait for it.
  void connect_soon() {
    auto soon = std::make_shared<asio::steady_timer>(io, std::chrono::milliseconds(50));
    soon->async_wait([this, soon](boost::system::error_code) {
      if (stopping || socket) return;
      connect();
      refused = false;
    });
  }

  void send(const recording::Order& order) {
    if (!ready) return;  // it is told everything when it is here
    const bool busy = !to_send.empty();
    to_send += recording::to_line(order);
    if (to_send.size() > kToSendMax_bytes) return lost();
    if (!busy) flush();
  }

  void flush() {
    sending = to_send;
    asio::async_write(*socket, asio::buffer(sending),
                      [this, number = connection](boost::system::error_code error, std::size_t size) {
                        if (number != connection || stopping) return;
                        if (error) return lost();
                        to_send.erase(0, size);
                        if (!to_send.empty()) flush();
                      });
  }

  void end_it() const {
    std::vector<int> known;
    for (const int one : {keeper, writer, child})
      if (one > 1) known.push_back(one);
    for (const int one : known) ::kill(one, SIGTERM);
    for (int i = 0; i < kEndLooks; ++i) {
      if (child > 0) ::waitpid(child, nullptr, WNOHANG);
      if (std::ranges::none_of(known, [](int one) { return ::kill(one, 0) == 0; })) return;
      std::this_thread::sleep_for(kEndLookEvery);
    }
  }

  HandConfig config;
  asio::io_context io;
  asio::steady_timer timer;
  asio::executor_work_guard<asio::io_context::executor_type> work;
  std::thread thread;
  ports::RecorderListener* listener = nullptr;
  std::optional<Socket> socket;
  std::int64_t connection = 0;  ///< number of it: what comes of an older one counts no more
  std::array<char, 4096> piece{};
  std::string heard, to_send, sending;
  std::set<RecordingId> open_ones;  ///< that it says it has
  bool ready = false, was_up = false, asked = false, answered = false, refused = false, stopping = false;
  Watchdog watchdog;
  std::chrono::steady_clock::time_point looked{};
  int child = -1;                ///< that we started; it is the keeper of the one that writes
  int writer = -1, keeper = -1;  ///< as it says itself
  int pause_looks = 0, starts = 0;
  mutable std::mutex mutex;
  ports::RecorderHealth health{false, false, "not seen yet", 0, 0, 0, 0, 0, 0};
  std::uint16_t port = 0;
};

RecorderHand::RecorderHand(HandConfig config) : hand_(std::make_unique<Hand>(std::move(config))) {}

RecorderHand::~RecorderHand() {
  stop();
}

void RecorderHand::start(ports::RecorderListener& listener) {
  hand_->listener = &listener;
  hand_->looked = std::chrono::steady_clock::now();
  asio::post(hand_->io, [this] { hand_->look(); });
  hand_->thread = std::thread([this] { hand_->io.run(); });
}

void RecorderHand::stop() {
  if (!hand_->thread.joinable()) return;
  asio::post(hand_->io, [this] {
    hand_->stopping = true;
    hand_->io.stop();
  });
  hand_->thread.join();
  if (hand_->config.ends_with_us) hand_->end_it();
}

void RecorderHand::open(RecordingId recording, const ports::RecordingKey& key, int channel, std::uint16_t from_port) {
  const auto since =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
  recording::Claim claim{recording, key, static_cast<recording::Channel>(channel), from_port, {since.count()}};
  asio::post(hand_->io, [this, claim] { hand_->send(claim); });
}

void RecorderHand::close(RecordingId recording) {
  asio::post(hand_->io, [this, recording] { hand_->send(recording::Close{recording}); });
}

std::optional<ports::RecorderPlace> RecorderHand::place() const {
  const std::lock_guard lock(hand_->mutex);
  if (!hand_->health.up) return std::nullopt;
  return ports::RecorderPlace{hand_->config.address, hand_->port};
}

ports::RecorderHealth RecorderHand::health() const {
  const std::lock_guard lock(hand_->mutex);
  return hand_->health;
}

}  // namespace sigap::recorder
