// Copies of a leg's voices for the recorder: two subscriptions at rtpengine, each in the name of its channel.
// A subscription copies what comes; the two who talk notice nothing, and whatever is refused costs the copy alone. A
// new operator is subscribed by the same name: the copy keeps its port. Prompts, and an operator who is shut off by a
// hold, are in no copy.
#include "adapters/media/leg_media.h"
#include "adapters/media/ng_message.h"

namespace sigap::media {
namespace {

/// Never one that begins like an operator's: those are ended by their names.
constexpr const char* kRecorderTags[] = {"recorder-caller", "recorder-answerer"};

}  // namespace

void LegMedia::record(RecorderAt to, ports::CopyTold told, ports::MediaDone done) {
  enqueue(std::move(done), [this, to = std::move(to), told = std::move(told)] {
    if (!bridge_ || !bridge_->answered) return finish(refuse("stale", "nobody talks on this leg"));
    with_operators([this, to, told](const std::vector<std::string>& operators) {
      if (operators.empty()) return finish(refuse("stale", "nobody talks on this leg"));
      copy(0, "caller", to, told, [this, to, told, other = operators.front()](bool of_caller) {
        copy(1, other, to, told, [this, of_caller](bool of_other) {
          if (of_caller && of_other) return finish(std::string());
          finish(refuse("media_refused", "rtpengine copies not both voices"));
        });
      });
    });
  });
}

void LegMedia::copy(int channel, const std::string& of, const RecorderAt& to, const ports::CopyTold& told,
                    std::function<void(bool)> then) {
  const std::string tag = kRecorderTags[channel];
  ask(
      {{"command", "subscribe request"},
       {"from-tags", boost::json::array{of}},
       {"to-tag", tag},
       {"transport-protocol", "RTP/AVP"},
       {"ICE", "remove"},
       {"rtcp-mux", boost::json::array{"demux"}}},
      [this, channel, tag, to, told, then](const boost::json::object& reply) {
        const auto port = sdp::port_of(sdp_in(reply));
        if (!port || *port == 0) return then(false);
        told(channel, *port);  // before the first packet
        sdp::Voice recorder;
        recorder.address = to.address;
        recorder.port = to.port;
        if (caller_.codec.g711()) recorder.codec = caller_.codec;  // what is spoken: nothing is translated
        recorder.direction = sdp::Direction::recvonly;
        ask(
            {{"command", "subscribe answer"},
             {"to-tag", tag},
             {"sdp", sdp::write(recorder, {})},
             {"flags", boost::json::array{"allow-transcoding"}}},
            [then](const boost::json::object&) { then(true); }, [then] { then(false); });
      },
      [then] { then(false); });
}

}  // namespace sigap::media
