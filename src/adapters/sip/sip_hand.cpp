#include "adapters/sip/sip_hand.h"

#define SU_ROOT_MAGIC_T void
struct SipJob;
#define SU_MSG_ARG_T SipJob

#include <sofia-sip/su_wait.h>

#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "adapters/sip/agent.h"

/// What travels to the thread: sofia copies it as bytes.
struct SipJob {
  std::function<void(sigap::sip::Agent&)>* run;
  sigap::sip::Agent* agent;
};

namespace sigap::sip {
namespace {

void carry_out(void*, su_msg_r, SipJob* job) {
  const std::unique_ptr<std::function<void(Agent&)>> run(job->run);
  (*run)(*job->agent);
}

}  // namespace

struct SipHand::Thread {
  std::unique_ptr<Agent> agent;
  su_root_t* root = nullptr;
  su_clone_r clone;
  std::thread thread;
  std::mutex mutex;  ///< sending while stopping
  bool running = false;

  void run(const std::vector<ports::LegRecord>& records,
           std::promise<Result<std::vector<ports::RestoredLeg>>>& started) {
    su_init();
    root = su_root_create(nullptr);
    su_root_threading(root, 0);
    auto opened = agent->open(root);
    const bool good = opened.has_value();
    running = good;
    if (good)
      started.set_value(agent->restore(records));
    else
      started.set_value(tl::unexpected(opened.error()));
    if (good) su_root_run(root);
    {
      const std::lock_guard lock(mutex);  // who is in the middle of sending still needs the root
      running = false;
    }
    agent.reset();
    su_root_destroy(root);
    su_deinit();
  }

  void post(std::function<void(Agent&)> job) {
    const std::lock_guard lock(mutex);
    if (!running) return;
    su_msg_r message = SU_MSG_R_INIT;
    if (su_msg_create(message, su_root_task(root), su_task_null, carry_out, sizeof(SipJob)) != 0) return;
    *su_msg_data(message) = {new std::function<void(Agent&)>(std::move(job)), agent.get()};
    su_msg_send(message);
  }
};

SipHand::SipHand() = default;
SipHand::~SipHand() {
  stop();
}

Result<std::vector<ports::RestoredLeg>> SipHand::start(const SipConfig& config, ports::TelephonyListener& listener,
                                                       std::vector<ports::LegRecord> records) {
  auto trunks = TrunkList::make(config.trunks, config.edges);
  if (!trunks) return tl::unexpected(trunks.error());
  thread_ = std::make_unique<Thread>();
  thread_->agent = std::make_unique<Agent>(config, std::move(*trunks), listener);
  std::promise<Result<std::vector<ports::RestoredLeg>>> started;
  auto result = started.get_future();
  thread_->thread = std::thread([this, &started, &records] { thread_->run(records, started); });
  auto opened = result.get();
  if (!opened) stop();
  return opened;
}

void SipHand::stop() {
  if (!thread_) return;
  auto* root = thread_->root;
  thread_->post([root](Agent&) { su_root_break(root); });
  thread_->thread.join();
  thread_.reset();
}

std::uint16_t SipHand::port() const {
  return thread_ ? thread_->agent->port() : std::uint16_t{0};
}

std::uint16_t SipHand::tls_port() const {
  return thread_ ? thread_->agent->tls_port() : std::uint16_t{0};
}

void SipHand::proceed(LegId leg) {
  if (thread_) thread_->post([leg](Agent& agent) { agent.proceed(leg); });
}
void SipHand::ring(LegId leg) {
  if (thread_) thread_->post([leg](Agent& agent) { agent.ring(leg); });
}
void SipHand::answer(LegId leg, std::string sdp) {
  if (thread_) thread_->post([leg, sdp = std::move(sdp)](Agent& agent) { agent.answer(leg, sdp); });
}
void SipHand::decline_offer(LegId leg, int status) {
  if (thread_) thread_->post([leg, status](Agent& agent) { agent.decline_offer(leg, status); });
}
void SipHand::refuse(LegId leg, int status) {
  if (thread_) thread_->post([leg, status](Agent& agent) { agent.refuse(leg, status); });
}
void SipHand::answer_text(LegId text, int status) {
  if (thread_) thread_->post([text, status](Agent& agent) { agent.answer_text(text, status); });
}
void SipHand::place(ports::PlacedCall call) {
  if (thread_) thread_->post([call = std::move(call)](Agent& agent) { agent.place(call); });
}
void SipHand::confirm(LegId leg) {
  if (thread_) thread_->post([leg](Agent& agent) { agent.confirm(leg); });
}
void SipHand::hang_up(LegId leg) {
  if (thread_) thread_->post([leg](Agent& agent) { agent.hang_up(leg); });
}

void SipHand::probe(LegId leg) {
  if (thread_) thread_->post([leg](Agent& agent) { agent.probe(leg); });
}

std::int64_t SipHand::transactions() const {
  std::promise<std::int64_t> made;
  auto result = made.get_future();
  thread_->post([&made](Agent& agent) { made.set_value(agent.transactions()); });
  return result.get();
}

ports::TelephonyHealth SipHand::health() const {
  if (!thread_) return {false, "not started"};
  const auto& agent = *thread_->agent;
  ports::TelephonyHealth health{true, "", agent.legs, agent.refused, agent.strangers, agent.intruders, {}};
  if (const auto until = agent.tls_until()) {
    auto [refused, why] = agent.tls_refusals();
    health.tls = {*until, refused, std::move(why)};
  }
  return health;
}

}  // namespace sigap::sip
