// Telephony for whoever orders: each order goes to the hand that has the leg, trunks (SIP) or citizens' pages.
// A leg's name says whose it is, so any thread may ask and nothing is looked up.
#pragma once
#include <string>

#include "ports/messages.h"
#include "runtime/voice/page_calls.h"

namespace sigap::runtime {

class LegRouter final : public ports::Telephony {
 public:
  LegRouter(ports::Telephony& trunks, ports::Telephony& pages) : trunks_(trunks), pages_(pages) {}

  void proceed(LegId leg) override { of(leg).proceed(leg); }
  void ring(LegId leg) override { of(leg).ring(leg); }
  void answer(LegId leg, std::string sdp) override { of(leg).answer(leg, std::move(sdp)); }
  void decline_offer(LegId leg, int status) override { of(leg).decline_offer(leg, status); }
  void answer_text(LegId text, int status) override { of(text).answer_text(text, status); }
  void refuse(LegId leg, int status) override { of(leg).refuse(leg, status); }
  void place(ports::PlacedCall call) override { trunks_.place(std::move(call)); }  // pages are not called
  void confirm(LegId leg) override { of(leg).confirm(leg); }
  void hang_up(LegId leg) override { of(leg).hang_up(leg); }
  void probe(LegId leg) override { of(leg).probe(leg); }
  ports::TelephonyHealth health() const override { return trunks_.health(); }

 private:
  ports::Telephony& of(const LegId& leg) const { return is_page_leg(leg.value) ? pages_ : trunks_; }

  ports::Telephony& trunks_;
  ports::Telephony& pages_;
};

/// Text messages: to a number by the carrier, to a citizen's page by its socket.
class MessageRouter final : public ports::MessageGateway {
 public:
  MessageRouter(ports::MessageGateway& carrier, PageCalls& pages) : carrier_(carrier), pages_(pages) {}

  void send(MessageId message, std::string number, std::string text,
            std::function<void(bool, std::string)> done) override {
    if (!is_page_leg(number)) return carrier_.send(message, std::move(number), std::move(text), std::move(done));
    const bool there = pages_.tell_text({number}, std::move(text));
    done(there, there ? "" : "the page is away");
  }

 private:
  ports::MessageGateway& carrier_;
  PageCalls& pages_;
};

}  // namespace sigap::runtime
