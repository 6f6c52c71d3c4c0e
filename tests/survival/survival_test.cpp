// The server is killed at each step of a call in turn: before every write to the disk and every datagram to the caller
// or to the media process, from the INVITE to the last BYE. Each time it is started again at once, and the call must go
// its way: the caller hears the operator, the operator the caller, both are let go, nothing is left over, nobody has a
// task. Real parts all along; a failing step is replayed with SIGAP_STEP=n, more rounds are run with SIGAP_ROUNDS=n,
// and the data of a run that failed is kept with SIGAP_KEEP=folder.
#include <fcntl.h>
#include <sys/mman.h>

#include <atomic>

#include "drill/caller.h"
#include "drill/starvation.h"
#include "one_operator.h"

namespace sigap::drill {
namespace {

namespace fs = std::filesystem;
using people::OperatorState;
using std::chrono::milliseconds;

constexpr int kStepsMax = 400;  // of one call: far more than there are

/// As kill_shim.c has it.
struct Page {
  std::atomic<int> until_kill, made;
};

/// A server that dies is started again.
class SurvivalTest : public OneOperator {
 protected:
  SurvivalTest() : OneOperator(29'000) {}
  void SetUp() override {
    const auto page_file = scratch / "page";
    std::ofstream(page_file) << std::string(sizeof(Page), '\0');
    const int fd = ::open(page_file.c_str(), O_RDWR);
    page = static_cast<Page*>(::mmap(nullptr, sizeof(Page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    ::close(fd);
    ::setenv("KILL_SHIM_PAGE", page_file.c_str(), 1);
    OneOperator::SetUp();
  }
  void TearDown() override {
    caller.reset();
    OneOperator::TearDown();
    ::munmap(page, sizeof(Page));
    if (const char* keep = std::getenv("SIGAP_KEEP"); keep && HasFailure()) fs::rename(scratch, keep);
  }

  void start() override {
    ::setenv("LD_PRELOAD", SIGAP_KILL_SHIM, 1);
    OneOperator::start();
    ::unsetenv("LD_PRELOAD");
  }
  void run(milliseconds time) override {
    OneOperator::run(time);
    if (::waitpid(server, nullptr, WNOHANG) != server) return;
    ++deaths;
    if (kill_again > 0) page->until_kill = std::exchange(kill_again, 0);
    start();
  }
  void speak() override {
    if (caller) caller->voice().tick();
    OneOperator::speak();
  }
  bool both_hear() {
    return desk->state() == OperatorState::talking && caller->state() == Caller::State::answered &&
           caller->voice().silent_ms() < kDeaf_ms && desk->voice().packets() > heard_before &&
           desk->voice().silent_ms() < kDeaf_ms;
  }

  std::string seen() {
    const auto ms = [](double time) { return std::to_string(static_cast<int>(time)) + " ms"; };
    return " (desk in state " + std::to_string(static_cast<int>(desk->state())) + (desk->connected() ? "" : ", away") +
           ", deaf for " + ms(desk->voice().silent_ms()) + "; caller deaf for " + ms(caller->voice().silent_ms()) + ")";
  }

  /// One call, whatever happens to the server meanwhile. Empty, or what went wrong.
  std::string call(bool caller_hangs_up) {
    caller.reset();
    desk->hear_anew();
    heard_before = desk->voice().packets() + 5;
    caller = std::make_unique<Caller>(io, path_on_loopback(local.http, local.sip), ++number);
    caller->dial();
    if (!wait([&] { return caller->state() == Caller::State::answered; })) return "never answered";
    if (!wait([&] { return both_hear(); })) return "the two do not hear each other" + seen();
    run(milliseconds(100));
    if (!wait([&] { return both_hear(); })) return "the two hear each other no more";
    if (caller_hangs_up)
      caller->hang_up();
    else
      desk->hang_up();
    const auto over = [&] {
      if (!caller_hangs_up && desk->state() == OperatorState::talking && desk->connected()) desk->hang_up();
      return caller->state() == Caller::State::ended;
    };
    if (!wait(over)) return "never let go";
    if (!wait([&] { return desk->connected() && desk->state() == OperatorState::ready; }))
      return "the operator is not free again";
    if (!wait([&] { return held_by_media() == 0; }, 10)) return "something is left at the media process";
    if (desk->tasks() > 0) return "somebody has a task";
    return {};
  }

  /// A caller who waits, hears the prompt and gives up: one task more.
  std::string call_given_up() {
    caller.reset();
    caller = std::make_unique<Caller>(io, path_on_loopback(local.http, local.sip), ++number);
    const auto before = desk->tasks();
    caller->dial();
    const auto hears = [&] {
      return caller->state() == Caller::State::answered && caller->voice().packets() > 5 &&
             caller->voice().silent_ms() < kDeaf_ms;
    };
    if (!wait(hears)) return "no prompt is heard";
    run(milliseconds(100));
    if (!wait(hears)) return "the prompt is heard no more";
    caller->hang_up();
    if (!wait([&] { return caller->state() == Caller::State::ended; })) return "never let go";
    if (!wait([&] { return held_by_media() == 0; }, 10)) return "something is left at the media process";
    if (!wait([&] { return desk->connected() && desk->tasks() == before + 1; }, 5))
      return "tasks: " + std::to_string(desk->tasks()) + " after " + std::to_string(before);
    return {};
  }

  Page* page = nullptr;
  int deaths = 0, number = 0, kill_again = 0;
  std::int64_t heard_before = 0;
  std::unique_ptr<Caller> caller;
};

int wanted_step() {
  const char* step = std::getenv("SIGAP_STEP");
  return step ? std::atoi(step) : 0;
}

}  // namespace

TEST_F(SurvivalTest, KilledBeforeEachStepOfACallTheCallGoesItsWay) {
  ASSERT_EQ(call(false), "");
  ASSERT_EQ(deaths, 0);
  int steps = 0;
  for (int step = std::max(1, wanted_step()); step <= kStepsMax; ++step) {
    page->until_kill = step;
    const int before = deaths;
    ASSERT_EQ(call(step % 2 == 0), "") << "killed before step " << step;
    const bool reached = deaths > before;
    page->until_kill = 0;
    if (wanted_step()) return;
    if (!reached) break;  // the call was over before
    steps = step;
  }
  EXPECT_GT(steps, 10) << "an empty run proves nothing";
  std::printf("killed before each of %d steps\n", steps);
}

TEST_F(SurvivalTest, KilledBeforeEachStepOfACallThatIsGivenUpThereIsOneTask) {
  desk->answers(false);
  int steps = 0;
  for (int step = 1; step <= kStepsMax; ++step) {
    page->until_kill = step;
    const int before = deaths;
    ASSERT_EQ(call_given_up(), "") << "killed before step " << step;
    const bool reached = deaths > before;
    page->until_kill = 0;
    if (!reached) break;
    steps = step;
  }
  EXPECT_GT(steps, 6);
  std::printf("killed before each of %d steps\n", steps);
}

TEST_F(SurvivalTest, KilledAgainWhileItComesBackTheCallGoesItsWay) {
  const char* wanted = std::getenv("SIGAP_ROUNDS");
  const int rounds = wanted ? std::atoi(wanted) : 15;
  unsigned random = 7;  // a fixed sequence: any would do
  const auto draw = [&](unsigned below) {
    return static_cast<int>((random = random * 1'103'515'245 + 12'345) >> 16) % static_cast<int>(below) + 1;
  };
  for (int round = 1; round <= rounds; ++round) {
    page->until_kill = draw(25);
    kill_again = draw(12);
    const int first = page->until_kill, second = kill_again;
    ASSERT_EQ(call(round % 2 == 0), "") << "killed before step " << first << ", and before step " << second
                                        << " after it";
    page->until_kill = kill_again = 0;
  }
  EXPECT_GT(deaths, rounds);
}

/// Slow is not dead: no processor is free while the server is killed, comes back and ends the call. Three of the steps.
TEST_F(SurvivalTest, KilledWhileNoProcessorIsFreeTheCallGoesItsWay) {
  patience = 6;
  const Starvation starvation(std::chrono::seconds(90));
  const int before = deaths;
  for (const int step : {4, 12, 20}) {
    page->until_kill = step;
    ASSERT_EQ(call(step == 12), "") << "killed before step " << step;
    page->until_kill = 0;
  }
  EXPECT_GT(deaths, before);
}

}  // namespace sigap::drill
