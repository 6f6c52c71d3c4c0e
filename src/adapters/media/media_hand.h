// The media hand: ports::Media on rtpengine. One thread of its own; what is asked of a leg is done in order, one thing
// after the other; close() overtakes what has not begun.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>

#include "adapters/media/rtpengine_process.h"
#include "ports/media.h"

namespace sigap::media {

struct MediaConfig {
  ProcessConfig process;
  std::map<ports::Prompt, std::filesystem::path>
      prompts;                 ///< A-law .au: read by 40 ms, decoded by nobody; WAV plays in bursts
  std::size_t loops_max = 50;  ///< test calls at once
  /// Callers at once whose keys are read out of their sound: some 25,000 packets a second on the media thread. Own.
  std::size_t ears_max = 500;
  /// rtpengine died and a new one answers: every leg opened before is gone. On the media thread.
  std::function<void()> on_restart = nullptr;
  /// On the media thread.
  ports::KeyTold on_key = nullptr;
};

class MediaHand final : public ports::Media {
 public:
  explicit MediaHand(MediaConfig config);
  ~MediaHand() override;
  void start();
  void stop();

  void learn_source(LegId leg) override;
  void open(LegId leg, std::string caller_sdp, ports::Prompt prompt, std::int64_t version,
            ports::MediaDone done) override;
  void offer_out(LegId leg, ports::MediaDone done) override;
  void answer_out(LegId leg, std::string callee_sdp, ports::MediaDone done) override;
  void announce(LegId leg, ports::Prompt prompt, ports::MediaDone done) override;
  void renegotiate(LegId leg, std::string caller_sdp, std::int64_t version, ports::MediaDone done) override;
  void adopt(LegId leg, ports::AdoptedLeg as) override;
  void open_loop(LegId leg, std::string caller_sdp, ports::MediaDone done) override;
  void offer_bridge(LegId leg, OfferId offer, ports::MediaDone done) override;
  void answer_bridge(LegId leg, OfferId offer, std::string browser_sdp, ports::MediaDone done) override;
  void hold(LegId leg, OfferId offer, ports::Prompt prompt, ports::MediaDone done) override;
  void resume(LegId leg, OfferId offer, ports::MediaDone done) override;
  void unbridge(LegId leg, OfferId offer, ports::Prompt prompt, ports::MediaDone done) override;
  void relay(LegId leg, OfferId offer, LegId other, OfferId other_offer, ports::MediaDone done) override;
  void offer_listening(LegId leg, OfferId listener, ports::MediaDone done) override;
  void answer_listening(LegId leg, OfferId listener, std::string browser_sdp, ports::MediaDone done) override;
  void end_listening(LegId leg, OfferId listener) override;
  void record(LegId leg, std::string address, std::uint16_t port, ports::CopyTold told, ports::MediaDone done) override;
  void close(LegId leg) override;
  void list(std::function<void(Result<std::vector<ports::LegMedia>>)> done) override;
  ports::MediaHealth health() const override;
  /// Of the media process that this hand started; -1 when it was adopted or is not up. For tests that kill it.
  int child() const;

 private:
  struct Hand;
  std::unique_ptr<Hand> hand_;
};

/// A UDP port that is free now on loopback.
std::uint16_t free_udp_port();

}  // namespace sigap::media
