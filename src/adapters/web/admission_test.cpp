#include "adapters/web/admission.h"

#include <gtest/gtest.h>

#include <vector>

namespace sigap::web {
namespace {

using ports::Channel;

/// Somebody who comes, and goes when they are sent away.
struct Visitor {
  std::shared_ptr<Ticket> ticket;
  explicit Visitor(Admission& admission, const std::string& address, From from = From::stranger)
      : ticket(admission.enter(address, from)) {
    if (ticket) ticket->on_stop([this] { ticket.reset(); });
  }
  bool here() const { return ticket != nullptr; }
};

using Visitors = std::vector<std::unique_ptr<Visitor>>;
Visitor& come(Visitors& visitors, Admission& admission, const std::string& address, From from = From::stranger) {
  return *visitors.emplace_back(std::make_unique<Visitor>(admission, address, from));
}

}  // namespace

TEST(Admission, CitizensNeverTakeTheSeatsOfTheStaff) {
  Admission admission(
      {.hall = 2, .citizens = 3, .staff = 2, .hall_per_address = 9, .citizens_per_client = 9, .staff_per_client = 9});
  Visitors all;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(come(all, admission, "stranger").ticket->sit(Channel::citizen, "stranger"));
  auto& one_more = come(all, admission, "stranger");
  EXPECT_FALSE(one_more.ticket->sit(Channel::citizen, "stranger"));
  one_more.ticket.reset();
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(come(all, admission, "desk").ticket->sit(Channel::staff, "desk"));
  EXPECT_FALSE(come(all, admission, "desk").ticket->sit(Channel::staff, "desk"));
  all[0]->ticket.reset();
  EXPECT_TRUE(come(all, admission, "stranger").ticket->sit(Channel::citizen, "stranger"));
}

TEST(Admission, AClientBehindAProxyHasALimitAndOthersThereHaveTheirs) {
  Admission admission(
      {.hall = 9, .citizens = 9, .staff = 1, .hall_per_address = 1, .citizens_per_client = 2, .staff_per_client = 9});
  Visitors all;
  const auto sits = [&](const char* client) {
    return come(all, admission, "proxy", From::proxy).ticket->sit(Channel::citizen, client);
  };
  EXPECT_TRUE(sits("a"));
  EXPECT_TRUE(sits("a"));
  EXPECT_FALSE(sits("a"));
  EXPECT_TRUE(sits("b"));
}

TEST(Admission, WhoSitsIdleInAFullHallGoesFirstOfWhoHasMost) {
  Admission admission(
      {.hall = 4, .citizens = 0, .staff = 1, .hall_per_address = 9, .citizens_per_client = 0, .staff_per_client = 9});
  Visitors all;
  auto& desk = come(all, admission, "desk", From::staff);
  auto& single = come(all, admission, "single");
  auto& first = come(all, admission, "many");
  auto& second = come(all, admission, "many");
  first.ticket->answering(true);
  auto& late = come(all, admission, "late");
  EXPECT_TRUE(late.here());
  EXPECT_FALSE(second.here()) << "of many, the one whose answer is not being made";
  EXPECT_TRUE(come(all, admission, "later").here());
  EXPECT_FALSE(single.here()) << "each has one: the oldest";
  EXPECT_TRUE(first.here());
  EXPECT_TRUE(desk.here()) << "of the staff's addresses none, while there are others";
  late.ticket->answering(true), desk.ticket->answering(true), all.back()->ticket->answering(true);
  EXPECT_FALSE(come(all, admission, "too late").here());
}

TEST(Admission, StrangersAtAStationsAddressDoNotKeepItOut) {
  Admission admission(
      {.hall = 9, .citizens = 0, .staff = 1, .hall_per_address = 2, .citizens_per_client = 0, .staff_per_client = 9});
  Visitors all;
  auto& oldest = come(all, admission, "station");
  come(all, admission, "station");
  EXPECT_FALSE(come(all, admission, "station").here());
  EXPECT_TRUE(come(all, admission, "station", From::staff).here()) << "known since somebody signed in there";
  EXPECT_FALSE(oldest.here());
}

TEST(Admission, OneSignInTakesNoMoreSeatsThanItCanUse) {
  Admission admission(
      {.hall = 9, .citizens = 0, .staff = 5, .hall_per_address = 9, .citizens_per_client = 0, .staff_per_client = 2});
  Visitors all;
  for (const bool seated : {true, true, false})
    EXPECT_EQ(come(all, admission, "x").ticket->sit(Channel::staff, "lost"), seated);
  EXPECT_TRUE(come(all, admission, "x").ticket->sit(Channel::staff, "another"));
  all[0]->ticket.reset();
  EXPECT_TRUE(come(all, admission, "x").ticket->sit(Channel::staff, "lost")) << "and again when one is gone";
}

}  // namespace sigap::web
