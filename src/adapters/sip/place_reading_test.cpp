// Where a caller is, in the forms that telephones and networks send it, without a socket.
#include <gtest/gtest.h>

#include <array>
#include <map>

#include "adapters/sip/body_parts.h"
#include "adapters/sip/caller_place.h"
#include "adapters/sip/pidf_lo.h"

namespace sigap::sip {
namespace {

constexpr char kCircle[] =
    "<gs:Circle srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:pos>-7.7972 110.3688</gml:pos>"
    "<gs:radius uom=\"urn:ogc:def:uom:EPSG::9001\">40</gs:radius></gs:Circle>";
const GeoPoint kPlace{1103688000, -77972000};

std::string geopriv(const std::string& inside) {
  return "<gp:geopriv><gp:location-info>" + inside + "</gp:location-info><gp:usage-rules/></gp:geopriv>";
}
std::string tuple(const std::string& inside) {
  return "<tuple id=\"t\"><status>" + geopriv(inside) + "</status></tuple>";
}
std::string document(const std::string& inside) {
  return "<?xml version=\"1.0\"?><presence xmlns:gp=\"a\" xmlns:gml=\"b\" xmlns:gs=\"c\" xmlns:dm=\"d\">" + inside +
         "</presence>";
}
PidfLo read(const std::string& shape) {
  return read_pidf_lo(document(tuple(shape)));
}

std::string point_at(double latitude, double longitude) {
  return "<gml:Point><gml:pos>" + std::to_string(latitude) + " " + std::to_string(longitude) + "</gml:pos></gml:Point>";
}

const std::string kLength = " uom=\"urn:ogc:def:uom:EPSG::9001\"", kAngle = " uom=\"urn:ogc:def:uom:EPSG::9102\"";

std::string arc_band(int inner, int outer, int start, int opening) {
  const auto element = [](const std::string& name, const std::string& uom, int value) {
    return "<gs:" + name + uom + ">" + std::to_string(value) + "</gs:" + name + ">";
  };
  return "<gs:ArcBand><gml:pos>-7.7972 110.3688</gml:pos>" + element("innerRadius", kLength, inner) +
         element("outerRadius", kLength, outer) + element("startAngle", kAngle, start) +
         element("openingAngle", kAngle, opening) + "</gs:ArcBand>";
}

BodyPart pidf_part(const std::string& id, const std::string& text = document(tuple(kCircle))) {
  return {"application/pidf+xml", id, text};
}

}  // namespace

TEST(BodyPartsTest, EveryKindOfMultipartAndThoseInside) {
  const std::string two =
      "preamble\r\n--garis\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n--garis \r\n"
      "content-type: Application/PIDF+xml; charset=utf-8\r\nContent-ID:\r\n <a@b>\r\n\r\n<x/>\r\n--garis--\r\nrest";
  for (const auto* type : {"multipart/mixed;boundary=garis", "Multipart/Related; type=\"a;b\"; BOUNDARY=\"garis\"",
                           "multipart/alternative; boundary = garis", "multipart/x-own;boundary=\"ga\\ris\""}) {
    const auto parts = body_parts(type, two);
    ASSERT_EQ(parts.size(), 2u) << type;
    EXPECT_EQ(parts[0].type, "application/sdp");
    EXPECT_EQ(parts[0].text, "v=0\r\n");
    EXPECT_EQ(parts[1].type, "application/pidf+xml");
    EXPECT_EQ(parts[1].id, "a@b");
    EXPECT_EQ(parts[1].text, "<x/>");
  }
  auto lines = two;
  for (auto at = lines.find('\r'); at != std::string::npos; at = lines.find('\r')) lines.erase(at, 1);
  EXPECT_EQ(body_parts("multipart/mixed;boundary=garis", lines).size(), 2u) << "lines that end in LF";
  const auto nested =
      body_parts("multipart/mixed;boundary=luar", "--luar\r\nContent-Type: multipart/related;boundary=garis\r\n\r\n" +
                                                      two + "\r\n--luar\r\n\r\nwords\r\n--luar--");
  ASSERT_EQ(nested.size(), 3u);
  EXPECT_EQ(nested[1].id, "a@b");
  EXPECT_EQ(nested[2].type, "text/plain");
}

TEST(BodyPartsTest, OnePartEncodedPartsAndWhatIsBroken) {
  const auto one = body_parts("application/sdp", "v=0");
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].text, "v=0");
  const auto coded =
      body_parts("multipart/mixed;boundary=x",
                 "--x\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: BASE64\r\n\r\nPHgv\r\nPg==\r\n--x--");
  ASSERT_EQ(coded.size(), 1u);
  EXPECT_EQ(coded[0].text, "<x/>");
  const auto cut = body_parts("multipart/mixed;boundary=x", "--x\r\nContent-Type: a/b\r\n\r\nhalf");
  ASSERT_EQ(cut.size(), 1u);
  EXPECT_EQ(cut[0].text, "half");
  EXPECT_TRUE(body_parts("multipart/mixed", "--x\r\n\r\na\r\n--x--").empty()) << "no boundary is named";
  EXPECT_TRUE(body_parts("multipart/mixed;boundary=x", "--xy\r\n\r\na\r\n--xy--").empty());
  std::string deep = "text";
  for (int i = 0; i < 1000; ++i)
    deep = "--b\r\nContent-Type: multipart/mixed;boundary=b" + std::to_string(i) + "\r\n\r\n" + deep;
  EXPECT_TRUE(body_parts("multipart/mixed;boundary=b", deep).empty());
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "--b\r\n\r\na\r\n";
  EXPECT_EQ(body_parts("multipart/mixed;boundary=b", many).size(), 32u);
}

TEST(PidfLoTest, OneCoordinateSystemHasManyNames) {
  for (const auto* srs :
       {"", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:EPSG:6.6:4326", "EPSG:4326", "epsg:4326", "EPSG:4979",
        "http://www.opengis.net/def/crs/EPSG/0/4326", "https://www.opengis.net/def/crs/EPSG/0/4979",
        "http://www.opengis.net/gml/srs/epsg.xml#4326", "urn:EPSG:geographicCRS:4326"}) {
    const auto found =
        read("<gml:Point srsName=\"" + std::string(srs) + "\"><gml:pos>-7.7972 110.3688</gml:pos></gml:Point>");
    ASSERT_TRUE(found.location) << srs;
    EXPECT_EQ(found.location->point, kPlace) << srs;
  }
  for (const auto* srs : {"urn:ogc:def:crs:OGC:1.3:CRS84", "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}) {
    const auto found =
        read("<gml:Point srsName=\"" + std::string(srs) + "\"><gml:pos>110.3688 -7.7972</gml:pos></gml:Point>");
    ASSERT_TRUE(found.location) << srs;
    EXPECT_EQ(found.location->point, kPlace) << "longitude first";
  }
  for (const auto* srs : {"EPSG:3857", "urn:ogc:def:crs:EPSG::32749", "http://www.opengis.net/def/crs/EPSG/0/14326"})
    EXPECT_EQ(read("<gml:Point srsName=\"" + std::string(srs) + "\"><gml:pos>1 2</gml:pos></gml:Point>").note,
              "location in another coordinate system");
  const auto on_pos = read("<gml:Point><gml:pos srsName=\"EPSG:3857\">1 2</gml:pos></gml:Point>");
  EXPECT_FALSE(on_pos.location) << "wherever it says so";
}

TEST(PidfLoTest, RoundShapesAreHeldByTheirLongestAxis) {
  const auto radius = [](const std::string& shape) {
    const auto found = read(shape);
    EXPECT_TRUE(found.location) << shape << found.note;
    return found.location ? found.location->radius_m : -1;
  };
  const std::string pos = "<gml:pos>-7.7972 110.3688 12.5</gml:pos>";
  EXPECT_EQ(
      radius("<gs:Sphere srsName=\"urn:ogc:def:crs:EPSG::4979\">" + pos + "<gs:radius>60.2</gs:radius></gs:Sphere>"),
      61);
  EXPECT_EQ(radius("<gs:Ellipse>" + pos +
                   "<gs:semiMajorAxis>300</gs:semiMajorAxis><gs:semiMinorAxis>120</gs:semiMinorAxis></gs:Ellipse>"),
            300);
  EXPECT_EQ(radius("<gs:Ellipsoid>" + pos +
                   "<gs:semiMajorAxis>70</gs:semiMajorAxis><gs:semiMinorAxis>90</gs:semiMinorAxis>"
                   "<gs:verticalAxis>500</gs:verticalAxis></gs:Ellipsoid>"),
            90)
      << "the longer, whatever it is called";
  for (const auto& [uom, metres] : std::map<std::string, int>{{"urn:ogc:def:uom:EPSG::9036", 2000},
                                                              {"urn:ogc:def:uom:EPSG::9002", 1},
                                                              {"http://www.opengis.net/def/uom/EPSG/0/9001", 2},
                                                              {"m", 2}})
    EXPECT_EQ(radius("<gs:Circle>" + pos + "<gs:radius uom=\"" + uom + "\">2</gs:radius></gs:Circle>"), metres) << uom;
  const auto unknown = read("<gs:Circle>" + pos + "<gs:radius uom=\"parsec\">2</gs:radius></gs:Circle>");
  ASSERT_TRUE(unknown.location);
  EXPECT_EQ(unknown.location->radius_m, 0) << "unknown";
  EXPECT_EQ(unknown.note, "location's radius in an unknown unit");
  EXPECT_FALSE(read("<gs:Circle>" + pos + "<gs:radius uom=\"urn:ogc:def:uom:EPSG::9036\">2000</gs:radius></gs:Circle>")
                   .location);
}

TEST(PidfLoTest, AnArcBandIsHeldByTheSmallestCircle) {
  for (const auto& [inner, outer, start, opening] : std::vector<std::array<int, 4>>{{500, 1100, 10, 120},
                                                                                    {0, 3000, 350, 60},
                                                                                    {9000, 10000, 90, 30},
                                                                                    {100, 200, 0, 300},
                                                                                    {50, 50, 200, 5},
                                                                                    {0, 20000, 0, 179},
                                                                                    {100, 900, 40, 180}}) {
    const auto found = read(arc_band(inner, outer, start, opening));
    ASSERT_TRUE(found.location) << found.note;
    std::int64_t farthest = 0;
    for (int angle = 0; angle <= opening; ++angle)
      for (const int away : {inner, outer})
        farthest = std::max(farthest, distance_m(found.location->point, moved(kPlace, start + angle, away)));
    EXPECT_LE(farthest, found.location->radius_m) << inner << " " << outer << " " << opening;
    EXPECT_LE(found.location->radius_m, static_cast<double>(farthest) * 1.01 + 2) << "and no larger than need be";
    EXPECT_LE(found.location->radius_m, outer * 1.01 + 2);
  }
  const auto radians = read(
      "<gs:ArcBand><gml:pos>-7.7972 "
      "110.3688</gml:pos><gs:innerRadius>0</gs:innerRadius><gs:outerRadius>1000</gs:outerRadius>"
      "<gs:startAngle uom=\"urn:ogc:def:uom:EPSG::9101\">0</gs:startAngle>"
      "<gs:openingAngle uom=\"urn:ogc:def:uom:EPSG::9101\">1.0471976</gs:openingAngle></gs:ArcBand>");
  const auto degrees = read(arc_band(0, 1000, 0, 60));
  ASSERT_TRUE(radians.location && degrees.location);
  EXPECT_LE(distance_m(radians.location->point, degrees.location->point), 1);
  const auto bare =
      read("<gs:ArcBand><gml:pos>-7.7972 110.3688</gml:pos><gs:outerRadius>1000</gs:outerRadius></gs:ArcBand>");
  ASSERT_TRUE(bare.location) << "without a sector it is all around";
  EXPECT_EQ(*bare.location, (Location{kPlace, 1000}));
}

TEST(PidfLoTest, APolygonIsHeldWhateverItsCornersAreWrittenIn) {
  const std::string corners = "-7.798 110.368 -7.798 110.370 -7.796 110.370 -7.796 110.368 -7.798 110.368";
  const std::string high = "-7.798 110.368 9 -7.798 110.370 9 -7.796 110.370 9 -7.796 110.368 9 -7.798 110.368 9";
  const auto polygon = [](const std::string& ring, const std::string& attributes = "") {
    return "<gml:Polygon" + attributes + "><gml:exterior><gml:LinearRing>" + ring +
           "</gml:LinearRing></gml:exterior>"
           "<gml:interior><gml:LinearRing><gml:posList>0 0 1 1 2 "
           "2</gml:posList></gml:LinearRing></gml:interior></gml:Polygon>";
  };
  std::string each;
  for (const auto* pos : {"-7.798 110.368", "-7.798 110.370", "-7.796 110.370", "-7.796 110.368", "-7.798 110.368"})
    each += "<gml:pos>" + std::string(pos) + "</gml:pos>";
  for (const auto& shape :
       {polygon(each), polygon("<gml:posList>" + corners + "</gml:posList>"),
        polygon("<gml:posList srsDimension=\"3\">" + high + "</gml:posList>"),
        polygon("<gml:posList>" + high + "</gml:posList>", " srsName=\"urn:ogc:def:crs:EPSG::4979\""),
        "<gs:Prism srsName=\"urn:ogc:def:crs:EPSG::4979\"><gs:base>" +
            polygon("<gml:posList>" + high + "</gml:posList>") + "</gs:base><gs:height>30</gs:height></gs:Prism>"}) {
    const auto found = read(shape);
    ASSERT_TRUE(found.location) << shape << found.note;
    EXPECT_EQ(found.location->point, (GeoPoint{1103690000, -77970000}));
    for (const double latitude : {-7.798, -7.796})
      for (const double longitude : {110.368, 110.370})
        EXPECT_LE(distance_m(found.location->point, *geo_point(longitude, latitude)), found.location->radius_m);
    EXPECT_LE(found.location->radius_m, 162) << "half of its diagonal, 156 m";
  }
  for (const auto* bad : {"<gml:posList>1</gml:posList>", "<gml:pos>a b</gml:pos>",
                          "<gml:posList>-7 110 nan 1</gml:posList>", "<gml:posList>-91 0 0 0</gml:posList>", ""})
    EXPECT_EQ(read(polygon(bad)).note, "location has no usable coordinates") << bad;
  EXPECT_EQ(read(polygon("<gml:posList>-7 95 -7 141</gml:posList>")).note, "location with an absurd radius");
}

TEST(PidfLoTest, OfSeveralPlacesTheFirstUsableCountsADevicesBeforeATuplesBeforeAPersons) {
  const auto person = "<dm:person>" + geopriv(point_at(-1, 101)) + "</dm:person>";
  const auto device = "<dm:device>" + geopriv(point_at(-3, 103)) + "</dm:device>";
  const auto latitude = [](const std::string& inside) {
    const auto found = read_pidf_lo(document(inside));
    return found.location ? latitude_deg(found.location->point) : 0;
  };
  EXPECT_EQ(latitude(person + tuple(point_at(-2, 102)) + device), -3);
  EXPECT_EQ(latitude(person + tuple(point_at(-2, 102))), -2);
  EXPECT_EQ(latitude(person), -1);
  EXPECT_EQ(latitude(tuple(point_at(-2, 102)) + tuple(kCircle)), -2) << "in their order, not by what they claim";
  EXPECT_EQ(latitude(tuple(point_at(-91, 102)) + tuple(point_at(-4, 104))), -4) << "the first that can be used";
  EXPECT_EQ(read_pidf_lo(document(tuple(point_at(-91, 102)) + tuple(point_at(-4, 104)))).note, "");
}

TEST(PidfLoTest, AnAddressIsALineThatAPersonReads) {
  const std::string civic =
      "<ca:civicAddress xml:lang=\"id\"><ca:country>ID</ca:country><ca:A1>DI "
      "Yogyakarta</ca:A1><ca:A3>Gondokusuman</ca:A3>"
      "<ca:RD>Jalan \n Melati</ca:RD><ca:HNO>12</ca:HNO><ca:HNS>B</ca:HNS><ca:FLR>3</ca:FLR><ca:PC>55223</ca:PC>"
      "<ca:NAM>Toko &lt;Ani&gt;</ca:NAM></ca:civicAddress>";
  const auto alone = read(civic);
  EXPECT_FALSE(alone.location);
  EXPECT_EQ(alone.civic, "Toko <Ani>, Jalan Melati 12B, lantai 3, Gondokusuman, DI Yogyakarta, 55223");
  EXPECT_EQ(alone.note, "location is an address without a point");
  const auto both = read(civic + kCircle);
  ASSERT_TRUE(both.location);
  EXPECT_EQ(both.location->point, kPlace);
  EXPECT_EQ(both.civic, alone.civic);
  EXPECT_EQ(read_pidf_lo(document(tuple(kCircle) + tuple(civic))).civic, alone.civic);
  EXPECT_EQ(
      read("<c:civicAddress><c:A6>Jl. Tua</c:A6><c:HNO>1</c:HNO><c:country>SG</c:country></c:civicAddress>").civic,
      "Jl. Tua 1, SG")
      << "RFC 4119";
  std::string accents;
  for (int i = 0; i < 300; ++i) accents += "\xc3\xa9";
  const auto cut = read("<civicAddress><RD>" + accents + "</RD></civicAddress>").civic;
  EXPECT_EQ(cut, accents.substr(0, 200)) << "at the end of a character";
  EXPECT_EQ(read("<civicAddress><RD>a\xff\xc3 \x01z</RD></civicAddress>").civic, "a z") << "UTF-8, whatever came";
  EXPECT_EQ(read("<civicAddress/>").note, "location has no shape that is known");
}

TEST(PidfLoTest, NothingIsFetchedOrExpanded) {
  EXPECT_EQ(
      read_pidf_lo("<!DOCTYPE x [<!ENTITY a \"b\">]>" + document(tuple("<civicAddress><RD>&a;</RD></civicAddress>")))
          .note,
      "location document has a DTD");
  EXPECT_EQ(read("<civicAddress><RD>&a;</RD></civicAddress>").civic, "&a;");
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<a>";
  (void)read_pidf_lo(document(tuple(deep)));
}

TEST(CallerPlaceTest, ValuesInAnyOrderAndManyHeaders) {
  const auto found = [](const std::vector<std::string_view>& headers, const std::vector<BodyPart>& body) {
    const auto place = read_place(headers, body);
    return place.location && place.location->point == kPlace && place.note.empty();
  };
  const std::vector<BodyPart> body{{"application/sdp", "", "v=0"}, pidf_part("tempat@trunk")};
  EXPECT_TRUE(found({"<cid:tempat@trunk>"}, body));
  EXPECT_TRUE(found({"<https://lis.contoh.id/held/77>, <cid:tempat@trunk>"}, body));
  EXPECT_TRUE(found({"<CID:tempat@trunk>;inserted-by=\"a, <b>\\\"\", <https://lis.contoh.id/held/77>"}, body));
  EXPECT_TRUE(found({"<https://lis.contoh.id/held/77>", "<cid:tempat@trunk>;x=y"}, body));
  EXPECT_TRUE(found({"<cid:tempat%40trunk>"}, body)) << "RFC 2392: escaped";
  EXPECT_TRUE(found({"<cid:%2B62274@trunk>"}, {pidf_part("+62274@trunk")}));
  EXPECT_TRUE(found({"<cid:a@b>, <cid:tempat@trunk>"}, {pidf_part("a@b", "<x/>"), pidf_part("tempat@trunk")}))
      << "the first that can be used";
}

TEST(CallerPlaceTest, APlaceThatNoHeaderNamesIsUsedAndSaidToBe) {
  const auto bare = read_place({}, {pidf_part("")});
  ASSERT_TRUE(bare.location);
  EXPECT_EQ(bare.note, "location came without a Geolocation header");
  const auto other = read_place({"<cid:x@y>"}, {pidf_part("a@b")});
  ASSERT_TRUE(other.location);
  EXPECT_EQ(other.note, "location is another than the Geolocation header names");
  EXPECT_EQ(read_place({"<cid:x@y>"}, {{"application/sdp", "", "v=0"}}).note,
            "location document is missing from the body");
  EXPECT_EQ(read_place({"<cid:x@y>"}, {{"text/html", "x@y", "v=0"}}).note, "location document of another type");
  EXPECT_EQ(read_place({"<https://lis.contoh.id/held/77>"}, {}).note, "location is by reference: not fetched");
  EXPECT_EQ(read_place({}, {{"application/sdp", "", "v=0"}}).note, "");
  EXPECT_EQ(read_place({"<cid:"}, {}).note, "");
}

}  // namespace sigap::sip
