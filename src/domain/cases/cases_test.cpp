// Numbers and codes that people say and type, and what an installation may list.
#include <gtest/gtest.h>

#include "domain/cases/state.h"

namespace sigap::cases {
namespace {

TEST(CasesTest, ANumberIsSpokenWithTheYearInJakarta) {
  // 2026-12-31T16:59:59Z and 17:00:00Z: one second before and at the new year in Jakarta.
  EXPECT_EQ(number_of({123}, {1798736399000}), "P-2026-000123");
  EXPECT_EQ(number_of({123}, {1798736400000}), "P-2027-000123");
  EXPECT_EQ(number_of({12'345'678}, {1798736400000}), "P-2027-12345678");
}

TEST(CasesTest, ANumberIsReadAsPeopleTypeIt) {
  for (const char* typed : {"P-2026-000123", "p-2026-123", "P 2026 000123", "P2026-000123 ", "123"})
    EXPECT_EQ(number_in(typed), CaseId{123}) << typed;
  for (const char* none : {"", "P-2026-", "P-2026-12a", "1234567890123456"}) EXPECT_FALSE(number_in(none)) << none;
}

TEST(CasesTest, ACodeIsReadAsPeopleTypeIt) {
  const auto code = fresh_code("aZ09-_bcdefghijklmnopqrstuv");
  ASSERT_EQ(code.size(), kCodeLength);
  EXPECT_EQ(shown_code("0123456789ABCDEF"), "0123-4567-89AB-CDEF");
  EXPECT_EQ(code_in(shown_code(code)), code);
  EXPECT_EQ(code_in("o123 4567 89ab cdef"), "0123456789ABCDEF");
  EXPECT_EQ(code_in("OlI3-4567-89AB-CDEF"), "0113456789ABCDEF");
  for (const char* none : {"", "0123-4567-89AB-CDE", "0123-4567-89AB-CDEFG", "0123-4567-89AB-CDEU"})
    EXPECT_EQ(code_in(none), "") << none;
  EXPECT_EQ(fresh_code("short"), "") << "never a code that is easily guessed";
}

TEST(CasesTest, WhatComplaintsAreAboutHasLimits) {
  const Category good{"service", "Pelayanan", "Service", false};
  EXPECT_FALSE(objection({good}));
  EXPECT_TRUE(objection({}));
  EXPECT_TRUE(objection({good, good})) << "twice";
  EXPECT_TRUE(objection({{"Not Good", "x", "y", false}}));
  EXPECT_TRUE(objection({{"nameless", "", "y", false}}));
  EXPECT_TRUE(objection(std::vector<Category>(kCategoriesMax + 1, good)));
}

}  // namespace
}  // namespace sigap::cases
