#include "base/hash.h"

#include <gtest/gtest.h>

namespace sigap {

TEST(HashTest, KnownAnswers) {  // FIPS 180-4 examples
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("a", "bc"), sha256_hex("abc"));
}

}  // namespace sigap
