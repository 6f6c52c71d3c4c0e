#include "adapters/web/origin.h"

#include <gtest/gtest.h>

namespace sigap::web {
namespace {

bool same(const std::string& origin, const Asked& asked) {
  const auto read = read_origin(origin);
  return read && same_origin(*read, asked);
}
bool same(const std::string& origin, const std::string& host) {
  return same(origin, Asked{"", {host}, ""});
}

TEST(OriginTest, TheDefaultPortAndCapitalsDoNotCount) {
  EXPECT_TRUE(same("https://110.contoh.id", "110.contoh.id"));
  EXPECT_TRUE(same("https://110.contoh.id", "110.contoh.id:443"));
  EXPECT_TRUE(same("http://110.contoh.id", "110.contoh.id:80"));
  EXPECT_TRUE(same("https://110.contoh.id:443", "110.contoh.id"));
  EXPECT_TRUE(same("https://110.contoh.id", "110.Contoh.ID"));
  EXPECT_TRUE(same("HTTPS://110.Contoh.id", "110.contoh.id."));
  EXPECT_TRUE(same("https://110.contoh.id", "110.contoh.id:"));
  EXPECT_TRUE(same("http://127.0.0.1:8110", "127.0.0.1:8110"));
  EXPECT_TRUE(same("http://[::1]:8110", "[0:0:0:0:0:0:0:1]:8110"));
  EXPECT_TRUE(same("https://[2001:db8::a]", "[2001:DB8::A]:443"));
}

TEST(OriginTest, AnotherHostOrPortIsAnother) {
  EXPECT_FALSE(same("https://jahat.contoh", "110.contoh.id"));
  EXPECT_FALSE(same("https://110.contoh.id.jahat.contoh", "110.contoh.id"));
  EXPECT_FALSE(same("https://110.contoh.id", "110.contoh.id:80"));
  EXPECT_FALSE(same("http://110.contoh.id", "110.contoh.id:443"));
  EXPECT_FALSE(same("https://110.contoh.id:8443", "110.contoh.id"));
  EXPECT_FALSE(same("https://110.contoh.id", "110.contoh.id:8443"));
  EXPECT_FALSE(same("http://[::1]:8110", "[::2]:8110"));
  EXPECT_FALSE(same("https://110.contoh.id", ""));
}

TEST(OriginTest, WhatIsNoOrigin) {
  for (const char* text : {"", "null", "110.contoh.id", "https://", "https://a/", "https://a/b", "https://a?b",
                           "ftp://a", "https://u@a", "https://a:0", "https://a:65536", "https://a:1x", "https://[::1",
                           "https://[a]", "https://a b", "https://a, https://b"})
    EXPECT_FALSE(read_origin(text)) << text;
}

TEST(OriginTest, WhatAProxyWasAskedFor) {
  const Asked asked{"https", {"10.0.0.3:8110", "110.contoh.id"}, "8443"};
  EXPECT_TRUE(same("https://110.contoh.id", asked));
  EXPECT_TRUE(same("https://110.contoh.id:8443", asked));
  EXPECT_FALSE(same("https://110.contoh.id:8444", asked));
  EXPECT_FALSE(same("http://110.contoh.id", asked)) << "a page that was not fetched by https";
  EXPECT_FALSE(same("https://jahat.contoh", asked));
}

}  // namespace
}  // namespace sigap::web
