#include "base/phone_number.h"

#include <gtest/gtest.h>

namespace sigap {

TEST(PhoneNumberTest, OneTelephoneHasOneNameWhoeverWritesIt) {
  for (const auto* text :
       {"+628123456789", "628123456789", "08123456789", "8123456789", "+62-812-345-6789", "0812-3456-789",
        "(0812) 3456.789", "+62 (0)812 3456789", "62 0812 3456 789", "00628123456789", "001628123456789",
        "007 62 812 3456 789", "008628123456789", "01017628123456789", "+08123456789", "+00628123456789"})
    EXPECT_EQ(canonical_number(text), "+628123456789") << text;
  for (const auto* text : {"+62274555666", "0274555666", "0274-555-666", "62274555666", "0062 274 555666"})
    EXPECT_EQ(canonical_number(text), "+62274555666") << text;
  EXPECT_EQ(canonical_number("08001401400"), "+628001401400") << "free of charge";
  EXPECT_EQ(canonical_number("0895123456789"), "+62895123456789") << "the longest";
  EXPECT_EQ(canonical_number("0215551"), "0215551") << "too short to be anybody's";
}

TEST(PhoneNumberTest, ShortCodesAndNumbersWithinAnAreaStay) {
  for (const auto* text :
       {"110", "112", "14022", "1500110", "5551234", "62345678", "81234567", "2001", "+62110", "021110", "8001401400"})
    EXPECT_EQ(canonical_number(text), text);
  EXPECT_EQ(canonical_number("555-1234"), "5551234");
}

TEST(PhoneNumberTest, ForeignersKeepTheirCountry) {
  EXPECT_EQ(canonical_number("+65 6123 4567"), "+6561234567");
  EXPECT_EQ(canonical_number("006561234567"), "+6561234567");
  EXPECT_EQ(canonical_number("0016561234567"), "+6561234567") << "001 is an operator's prefix here";
  EXPECT_EQ(canonical_number("+1 (628) 555-0123"), "+16285550123");
  EXPECT_EQ(canonical_number("00116285550123"), "+16285550123");
  EXPECT_EQ(canonical_number("0081312345678"), "+81312345678") << "as +1 it would lack a digit";
  EXPECT_EQ(canonical_number("+6281234567890123"), "+6281234567890123") << "more than a number may have";
}

TEST(PhoneNumberTest, WhatIsNoNumberIsItself) {
  for (const auto* text : {"", "+", "anonymous", "*31#0812", "0812x", "62+812", "--", "08123456789;ext=1"}) {
    EXPECT_EQ(canonical_number(text), text);
    EXPECT_FALSE(plain_number(text)) << text;
  }
  for (const auto* text : {"+628123456789", "110", "+62110", "5551234", "0016281"})
    EXPECT_EQ(canonical_number(canonical_number(text)), canonical_number(text));
}

TEST(PhoneNumberTest, AContextStandsBeforeANumberThatNeedsOne) {
  EXPECT_EQ(number_in_context("5551234", "+62-21"), "+62215551234");
  EXPECT_EQ(number_in_context("08123456789", "+62"), "08123456789") << "whole without it: as it was shown";
  EXPECT_EQ(number_in_context("+628123456789", "+65"), "+628123456789");
  EXPECT_EQ(number_in_context("61234567", "+65"), "+6561234567");
  EXPECT_EQ(number_in_context("5551234", "ims.example"), "5551234");
  EXPECT_EQ(number_in_context("110", "+62"), "110");
}

TEST(PhoneNumberTest, AShortCodeComesBehindCountryAndArea) {
  for (const auto* text : {"110", "0110", "+62110", "62110", "0062110", "00762110", "021110", "0274110", "274110",
                           "621110", "+62274110", "62-21-110", "+62 (0)21 110"})
    EXPECT_TRUE(is_short_code(text, "110")) << text;
  for (const auto* text : {"", "10", "1100", "1110", "5551110", "0812110", "+65110", "911", "x110", "0021110"})
    EXPECT_FALSE(is_short_code(text, "110")) << text;
}

}  // namespace sigap
