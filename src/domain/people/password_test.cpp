#include "domain/people/password.h"

#include <gtest/gtest.h>

namespace sigap::people {
namespace {

const PasswordOwner kSari{"operator1", "Sari Wulandari", "polres-sleman", "Polres Sleman"};

std::string code(std::string_view password) {
  const auto wrong = password_objection(password, kSari);
  if (wrong) {
    EXPECT_EQ(wrong->field, "password");
  }
  return wrong ? wrong->code : "";
}

}  // namespace

TEST(PasswordTest, TwelveToAHundredAndTwentyEightCharactersNotBytes) {
  EXPECT_EQ(code("kopi-tahu-7"), "password_short");
  EXPECT_EQ(code("kopi-tahu-77"), "");
  EXPECT_EQ(code("ñandú ärgét"), "password_short") << "eleven, in fifteen bytes";
  EXPECT_EQ(code("ñandú ärgéto"), "");
  std::string long_one;
  for (int i = 0; i < 32; ++i) long_one += "ké7 ";
  EXPECT_EQ(code(long_one), "") << "128, in 160 bytes";
  EXPECT_EQ(code(long_one + "x"), "password_long");
  EXPECT_EQ(code(""), "password_short");
}

TEST(PasswordTest, NothingIsAskedOfItsComposition) {
  for (const auto* good : {"benar kuda baterai", "83926150274816", "kata sandi tetangga", "      a m z k q t",
                           "密碼是一個很長的句子好嗎", "GUNUNGSAWAHLAUT", "mqxz-rvtk-wpbn"})
    EXPECT_EQ(code(good), "") << good;
}

TEST(PasswordTest, OnlyWhatAKeyWrites) {
  EXPECT_EQ(code(std::string("kopi tahu\0 tempe", 16)), "password_text") << "a C string would end there";
  EXPECT_EQ(code("kopi tahu\n tempe"), "password_text");
  EXPECT_EQ(code("kopi tahu \xff tempe"), "password_text");
}

TEST(PasswordTest, NotOnesOwnNames) {
  for (const auto* own :
       {"operator1operator1", "Operator1-2026", "sariwulandari", "Sari Wulandari 1", "wulandari 1990", "Polres-Sleman1",
        "polressleman110", "W u l a n d a r i 1 2", "5ari.Wu1andari", "SLEMAN SLEMAN"})
    EXPECT_EQ(code(own), "password_own") << own;
  EXPECT_EQ(code("tahu bulat wulandari"), "") << "with something of its own beside it";
}

TEST(PasswordTest, NotWhatIsTriedFirst) {
  for (const auto* known : {"password1234", "Password123!", "passwordpassword", "P@ssw0rd1234", "qwertyuiop12",
                            "iloveyou1234", "Indonesia 123", "katasandi123", "aaaaaaaaaaaa", "123456789012",
                            "111122223333", "abcdefghijklm", "1q2w3e4r1q2w3e4r", "adminpolri110", "rahasia rahasia"})
    EXPECT_EQ(code(known), "password_known") << known;
}

}  // namespace sigap::people
