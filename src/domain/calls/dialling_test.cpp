#include "domain/calls/dialling.h"

#include <gtest/gtest.h>

namespace sigap::calls {

TEST(DiallingTest, OnlyDigitsAndOnePlusAreDialled) {
  EXPECT_EQ(dialled_form("+62 812", {}), "+62812");
  EXPECT_EQ(dialled_form("(0274)555-666", {}), "0274555666");
  EXPECT_EQ(dialled_form("+62-812.3456", {}), "+628123456");
  for (const auto* wrong : {"", "+", "anonymous", "*110#", "62+812", "+62812;ext=1", "1234567890123456", "0812@evil"})
    EXPECT_EQ(dialled_form(wrong, {}), std::nullopt) << wrong;
}

TEST(DiallingTest, WhatATrunkBringsIsDialledAsItBringsItWhereThatMayBeDialled) {
  EXPECT_EQ(dialled_form("0812-3456-789", {}), "08123456789");
  for (const auto* text : {"628123456789", "8123456789", "00628123456789"})
    EXPECT_EQ(dialled_form(text, {}), "+628123456789") << text;
  EXPECT_EQ(dialled_form("62-8123456789", {"62*"}), "628123456789") << "that trunk takes it so";
  EXPECT_EQ(dialled_form("119", {}), std::nullopt);
  EXPECT_EQ(dialled_form("119", {"119"}), "119");
  EXPECT_EQ(dialled_form("006561234567", {}), std::nullopt) << "abroad";
  EXPECT_EQ(dialled_form("006561234567", {"+65*"}), "+6561234567");
  EXPECT_EQ(dialled_form("628091234567", {}), std::nullopt) << "premium, whatever stands before it";
}

TEST(DiallingTest, WhoCanHaveCalledFromIndonesiaMayBeCalledBack) {
  for (const auto* good : {"+628123456789", "08123456789", "0274555666", "+62274555666", "02112"})
    EXPECT_TRUE(plausible_number(good)) << good;
  for (const auto* wrong :
       {"", "110", "+1212555", "+6", "+62", "0", "0812", "00121255501", "001628123456", "+620812345", "08091234567",
        "+628091234567", "628123456789", "+6281234567890123", "0274555x"})
    EXPECT_FALSE(plausible_number(wrong)) << wrong;
}

TEST(DiallingTest, TheListHoldsNumbersAndPrefixes) {
  const std::vector<std::string> list{"119", "+6221*"};
  EXPECT_TRUE(listed_number("119", list));
  EXPECT_FALSE(listed_number("1190", list));
  EXPECT_TRUE(listed_number("+622112345", list));
  EXPECT_FALSE(listed_number("+622", list));
  EXPECT_FALSE(listed_number("119", {}));
}

}  // namespace sigap::calls
