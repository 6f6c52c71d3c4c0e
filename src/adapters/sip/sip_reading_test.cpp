// The readers of a caller's data, without a socket.
#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <cstring>

#include "adapters/sip/caller_number.h"
#include "adapters/sip/dialled.h"
#include "adapters/sip/pidf_lo.h"
#include "adapters/sip/trunk_list.h"

namespace sigap::sip {
namespace {

std::string found(const TrunkList& list, const char* address) {
  sockaddr_storage storage{};
  in6_addr v6{};
  in_addr v4{};
  if (inet_pton(AF_INET, address, &v4) == 1) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_addr = v4;
    std::memcpy(&storage, &a, sizeof a);
  } else if (inet_pton(AF_INET6, address, &v6) == 1) {
    sockaddr_in6 a{};
    a.sin6_family = AF_INET6;
    a.sin6_addr = v6;
    std::memcpy(&storage, &a, sizeof a);
  }
  const auto trunk = list.find(reinterpret_cast<const sockaddr&>(storage));
  return trunk ? trunk->value : "";
}

std::string pidf(const std::string& shape) {
  return "<presence><tuple><status><gp:geopriv xmlns:gp=\"x\"><gp:location-info>" + shape +
         "</gp:location-info></gp:geopriv></status></tuple></presence>";
}

}  // namespace

TEST(TrunkListTest, AddressesAndBlocksOfBothFamilies) {
  const auto list =
      TrunkList::make({{{"a"}, {"10.1.2.3"}}, {{"b"}, {"10.2.0.0/15", "2001:db8::/33"}}, {{"c"}, {"::1"}}});
  ASSERT_TRUE(list);
  EXPECT_EQ(found(*list, "10.1.2.3"), "a");
  EXPECT_EQ(found(*list, "::ffff:10.1.2.3"), "a");
  EXPECT_EQ(found(*list, "10.1.2.4"), "");
  EXPECT_EQ(found(*list, "10.3.255.255"), "b");
  EXPECT_EQ(found(*list, "10.4.0.0"), "");
  EXPECT_EQ(found(*list, "2001:db8:7fff::1"), "b");
  EXPECT_EQ(found(*list, "2001:db8:8000::1"), "");
  EXPECT_EQ(found(*list, "::1"), "c");
  for (const auto* wrong : {"10.1.2", "10.1.2.3/33", "10.0.0.0/", "host.example", "::1/129"})
    EXPECT_FALSE(TrunkList::make({{{"x"}, {wrong}}})) << wrong;
}

TEST(TrunkListTest, AnEdgeIsBelievedWhenItNamesOneTrunkAndNobodyElseIs) {
  const auto list = TrunkList::make({{{"a"}, {"10.1.2.3"}}, {{"cert"}, {"0.0.0.0/0"}, "cert.example"}}, {"127.0.0.1"});
  ASSERT_TRUE(list) << list.error().message;
  const auto named = [&](const char* address, const std::vector<std::string_view>& names) {
    sockaddr_in source{};
    source.sin_family = AF_INET;
    inet_pton(AF_INET, address, &source.sin_addr);
    sockaddr plain{};
    std::memcpy(&plain, &source, sizeof source);
    const auto trunk = list->find(plain, names);
    return trunk ? trunk->value : "-";
  };
  EXPECT_EQ(named("127.0.0.1", {"a"}), "a");
  EXPECT_EQ(named("127.0.0.1", {"cert"}), "cert");
  EXPECT_EQ(named("127.0.0.1", {}), "-") << "an edge that names nobody";
  EXPECT_EQ(named("127.0.0.1", {"b"}), "-") << "a trunk that is no longer ours";
  EXPECT_EQ(named("127.0.0.1", {"cert", "a"}), "-") << "somebody got a name past the edge";
  EXPECT_EQ(named("10.1.2.3", {"cert"}), "a") << "a trunk is who it is, not who it says";
  EXPECT_EQ(named("10.9.9.9", {"a"}), "-") << "a stranger who forges";
  EXPECT_EQ(named("10.9.9.9", {}), "-") << "an address is not enough where a certificate is asked for";
  EXPECT_FALSE(TrunkList::make({}, {"edge.example"}));
}

TEST(CallerNumberTest, OnlyPhoneNumbersAreNumbers) {
  EXPECT_EQ(caller_number("+62-274-555666;phone-context=x"), "+62-274-555666");
  EXPECT_EQ(caller_number("%2B6281399000222"), "+6281399000222");
  EXPECT_EQ(caller_number("0812%20345%20678"), "0812 345 678") << "as it was sent";
  EXPECT_EQ(caller_number("5551234;phone-context=+62-21"), "+62215551234");
  EXPECT_EQ(caller_number("5551234;npdi;Phone-Context=%2B6221"), "+62215551234");
  EXPECT_EQ(caller_number("08123456789;phone-context=+62"), "08123456789");
  EXPECT_EQ(caller_number("110"), "110");
  for (const auto* none : {"", "anonymous", "+", "0812<script>", "budi"}) EXPECT_EQ(caller_number(none), "") << none;
  EXPECT_EQ(caller_number(std::string(65, '1')), "");
}

TEST(DialledTest, TheNumberThatIsOursComesInManyForms) {
  const auto service = [](const char* dialled) { return service_dialled(dialled, kUsuallyOurs); };
  for (const auto* ours :
       {"110", "+62110", "62110", "0110", "021110", "0274110", "+62274110", "62-274-110", "urn:service:sos",
        "URN:SERVICE:SOS.POLICE", "urn:service:sos.police.traffic", "urn:service:sos.fire", "urn:service:sos.ambulance",
        "urn:service:sos.marine", "urn:nena:service:sos.police", "urn:emergency:service:sos.police",
        "urn:emergency:service:responder.police"})
    EXPECT_EQ(service(ours), ports::Service::emergency) << ours;
  for (const auto* test : {"urn:service:test.sos", "urn:service:test.sos.fire", "urn:nena:service:test.sos.police",
                           "urn:emergency:service:test.sos", "URN:service:TEST.sos.police.traffic"})
    EXPECT_EQ(service(test), ports::Service::test) << test;
  for (const auto* other : {"", "911", "1100", "08123456110", "urn:service:counseling.suicide", "urn:service:sosfire",
                            "urn:service:", "urn:service:test.", "urn:uuid:sos", "anonymous"})
    EXPECT_FALSE(service(other)) << other;
}

TEST(DialledTest, ATrunkMayHaveItsOwnList) {
  const std::vector<std::string> ours{"112", "0274555110", "8110*", "Trunk77", "urn:service:sos.police"};
  for (const auto* good : {"112", "021112", "0274555110", "+62274555110", "62-274-555-110", "8110", "811023", "trunk77",
                           "urn:service:sos.police.traffic", "urn:nena:service:sos.police"})
    EXPECT_TRUE(service_dialled(good, ours)) << good;
  for (const auto* wrong : {"110", "811", "trunk7", "urn:service:sos", "urn:service:sos.fire", "0274555111"})
    EXPECT_FALSE(service_dialled(wrong, ours)) << wrong;
}

TEST(PidfLoTest, PointsAndCirclesAndNothingAbsurd) {
  const auto point = read_pidf_lo(pidf("<gml:Point xmlns:gml=\"y\"><gml:pos> -6.2 106.8 12</gml:pos></gml:Point>"));
  ASSERT_TRUE(point.location);
  EXPECT_EQ(point.location->radius_m, 0);
  EXPECT_EQ(point.location->point, *geo_point(106.8, -6.2));
  for (const auto* bad :
       {"<Point><pos>-91 10</pos></Point>", "<Point><pos>1</pos></Point>", "<Point><pos>a b</pos></Point>",
        "<Point><pos>1 2 3 4</pos></Point>", "<Point/>", "<Polygon/>", "<Point><pos>0 0</pos></Point>",
        "<Point srsName=\"urn:ogc:def:crs:EPSG::3857\"><pos>1 2</pos></Point>",
        "<Circle><pos>1 2</pos><radius>-5</radius></Circle>", "<Circle><pos>1 2</pos><radius>nan</radius></Circle>",
        "<Circle><pos>1 2</pos></Circle>", "<Point><pos>nan nan</pos></Point>"}) {
    const auto read = read_pidf_lo(pidf(bad));
    EXPECT_FALSE(read.location) << bad;
    EXPECT_FALSE(read.note.empty()) << bad;
  }
  EXPECT_EQ(read_pidf_lo("<a><b></a>").note, "location is not readable XML");
  EXPECT_EQ(read_pidf_lo("<!DOCTYPE x [<!ENTITY e \"1\">]><x/>").note, "location document has a DTD");
  EXPECT_FALSE(read_pidf_lo(std::string(70'000, ' ')).location);
}

}  // namespace sigap::sip
