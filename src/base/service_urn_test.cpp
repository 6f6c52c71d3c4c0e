#include "base/service_urn.h"

#include <gtest/gtest.h>

namespace sigap {

TEST(ServiceUrnTest, NamesInEachNamespaceAndTestsOfThem) {
  EXPECT_EQ(service_urn("URN:Service:SOS.Police")->name, "sos.police");
  EXPECT_EQ(service_urn("urn:nena:service:sos.fire")->name, "sos.fire");
  EXPECT_TRUE(service_urn("urn:emergency:service:test.sos")->test);
  EXPECT_EQ(service_urn("urn:emergency:service:test.sos")->name, "sos");
  for (const auto* none : {"", "110", "urn:service:", "urn:service:test.", "urn:uuid:sos", "xurn:service:sos"})
    EXPECT_FALSE(service_urn(none)) << none;
}

TEST(ServiceUrnTest, WhatIsNotThePoliceIsNamed) {
  EXPECT_EQ(other_service("urn:service:sos.fire.forest"), "fire");
  EXPECT_EQ(other_service("urn:service:sos.animal-control"), "animal-control");
  EXPECT_EQ(other_service("urn:emergency:service:responder.ems"), "ems");
  EXPECT_EQ(other_service("urn:service:test.sos.marine"), "marine");
  for (const auto* ours : {"110", "urn:service:sos", "urn:service:sos.police", "urn:service:sos.police.traffic"})
    EXPECT_EQ(other_service(ours), "") << ours;
}

}  // namespace sigap
