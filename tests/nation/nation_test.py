#!/usr/bin/env python3
"""The nation's tables fit together: stations, who serves which regency, and the place names made of them.

usage: nation_test.py SOURCE_DIR [PLACES_TSV]     PLACES_TSV: SOURCE_DIR/build/assets/places.tsv unless told
Each failure names its row. The place names are a build product: their cases are skipped, loudly, where the table was not made.
"""
import csv
import math
import os
import re
import sys
import unittest

TOP = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..", ".."))
PLACES = sys.argv[2] if len(sys.argv) > 2 else os.path.join(TOP, "build", "assets", "places.tsv")
BOUNDARIES = os.path.join(TOP, "..", "shared", "data", "boundaries", "idn_kab.geojson")

# Degrees. Sabang to Merauke, Miangas to Rote (Indonesian law 43/2008: 6 N - 11 S, 95 E - 141 E), with the outermost islands.
WEST, EAST, SOUTH, NORTH = 94.9, 141.1, -11.1, 6.1
ZONES = {"Asia/Jakarta": (94.9, 116.0), "Asia/Makassar": (113.0, 127.3), "Asia/Jayapura": (124.0, 141.1)}
COUNTS = {"province": 38, "regency": 514, "district": 7277, "village": 83763, "island": 16995}
POINTS = {"province": {"station"}, "regency": {"station", "villages"}, "district": {"station", "villages"},
          "village": {"station", "village"}, "island": {"island"}}
CODE = {"province": r"\d\d", "regency": r"\d\d\.\d\d", "district": r"\d\d\.\d\d\.\d\d", "village": r"\d\d\.\d\d\.\d\d\.[123]\d{3}",
        "island": r"\d\d\.\d\d\.4\d{4}"}


def table(name):
    with open(os.path.join(TOP, "data", "indonesia", name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def in_bounds(longitude, latitude):
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


STATIONS = table("stations.csv")
JURISDICTIONS = table("jurisdictions.csv")
BY_CODE = {s["code"]: s for s in STATIONS}


class Stations(unittest.TestCase):
    def test_543_with_unique_codes_that_a_url_can_carry(self):
        self.assertEqual(len(STATIONS), 543)
        self.assertEqual(len(BY_CODE), 543)
        levels = [s["level"] for s in STATIONS]
        self.assertEqual({level: levels.count(level) for level in set(levels)}, {"mabes": 1, "polda": 34, "polres": 508})
        for s in STATIONS:
            self.assertRegex(s["code"], r"^(mabes|(polda|polres)-[a-z0-9-]+)$")
            self.assertTrue(0 < len(s["name"].encode()) <= 80 and s["name"] == s["name"].strip(), s)

    def test_the_tree_is_mabes_polda_polres(self):
        above = {"mabes": None, "polda": "mabes", "polres": "polda"}
        for s in STATIONS:
            parent = BY_CODE.get(s["parent"])
            self.assertEqual(parent["level"] if parent else None, above[s["level"]], s)

    def test_points_lie_in_indonesia_and_in_their_time_zone(self):
        for s in STATIONS:
            longitude, latitude = float(s["longitude"]), float(s["latitude"])
            self.assertTrue(in_bounds(longitude, latitude), s)
            west, east = ZONES[s["timezone"]]
            self.assertTrue(west <= longitude <= east, s)

    def test_no_two_district_stations_share_a_point(self):
        seen = {}
        for s in STATIONS:
            if s["level"] == "polres":
                other = seen.setdefault((s["longitude"], s["latitude"]), s["code"])
                self.assertEqual(other, s["code"])


def shapes():
    """The regencies' polygons by code."""
    import json
    with open(BOUNDARIES, encoding="utf-8") as f:
        return {x["properties"]["kode"]: polygons_of(x["geometry"]) for x in json.load(f)["features"]}


def polygons_of(shape):
    return shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]


def holds(polygons, point):
    return any(sum(ring_holds(ring, point) for ring in polygon) % 2 for polygon in polygons)


class Jurisdictions(unittest.TestCase):
    def test_514_regencies_each_served_once_by_an_existing_polres(self):
        self.assertEqual(len(JURISDICTIONS), 514)
        self.assertEqual(len({j["regency_code"] for j in JURISDICTIONS}), 514)
        for j in JURISDICTIONS:
            self.assertRegex(j["regency_code"], r"^\d\d\.\d\d$")
            self.assertRegex(j["regency_name"], r"^(Kabupaten|Kota) \S")
            self.assertIn(j["station"], BY_CODE, j)
            self.assertEqual(BY_CODE[j["station"]]["level"], "polres", j)

    def test_known_ones(self):
        served = {j["regency_code"]: j["station"] for j in JURISDICTIONS}
        self.assertEqual(served["34.04"], "polres-sleman")
        self.assertEqual(served["31.74"], "polres-metro-jakarta-selatan")

    @unittest.skipUnless(os.path.exists(BOUNDARIES), "regency polygons are not here")
    def test_a_serving_station_lies_in_or_near_its_regency(self):
        regencies = shapes()
        inside = 0
        for j in JURISDICTIONS:
            station = BY_CODE[j["station"]]
            point = float(station["longitude"]), float(station["latitude"])
            polygons = regencies[j["regency_code"]]
            if holds(polygons, point):
                inside += 1
                continue
            near = min(math.dist(point, corner) for polygon in polygons for corner in polygon[0])
            self.assertLess(near, 2.0, j)  # degrees: a neighbour's station serves it
        self.assertGreaterEqual(inside, 502)  # 12 regencies have none of their own


def ring_holds(ring, point):
    """Even-odd rule."""
    x, y = point
    holds = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            holds = not holds
    return holds


@unittest.skipUnless(os.path.exists(PLACES), "no place names: tools/build_assets.sh places makes them")
class Places(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with open(PLACES, encoding="utf-8") as f:
            text = f.read()
        lines = text.split("\n")
        cls.ends = lines.pop() == ""
        cls.remarks = [line for line in lines if line.startswith("#")]
        cls.rows = [line.split("\t") for line in lines if not line.startswith("#")]
        cls.by_code = {row[0]: row for row in cls.rows}

    def test_every_line_is_well_formed(self):
        self.assertTrue(self.ends)
        self.assertIn("Open Database License", self.remarks[0])
        for row in self.rows:
            self.assertEqual(len(row), 9, row)
            code, level, name, text, longitude, latitude, point_of, radius, station = row
            self.assertTrue(re.fullmatch(CODE[level], code), row)
            self.assertTrue(name and name == name.strip() and name in text, row)
            self.assertTrue(text.isascii() and len(text) <= 200 and "  " not in text, row)  # can be typed
            self.assertTrue(in_bounds(int(longitude) / 1e7, int(latitude) / 1e7), row)
            self.assertIn(point_of, POINTS[level], row)
            # The sea between the islands of one regency is 800 km wide at most.
            self.assertTrue(2000 <= int(radius) <= 450_000, row)
            self.assertIn(station, BY_CODE, row)

    def test_sorted_unique_and_complete(self):
        codes = [row[0] for row in self.rows]
        self.assertEqual(codes, sorted(set(codes)))
        levels = [row[1] for row in self.rows]
        self.assertEqual({level: levels.count(level) for level in COUNTS}, COUNTS)

    def test_text_and_station_follow_from_what_lies_above(self):
        for code, level, _, text, _, _, _, _, station in self.rows:
            above = code.rsplit(".", 1)[0] if not code[2:5] == ".00" else code[:2]
            if level != "province":
                self.assertTrue(text.endswith(", " + self.by_code[above][3]), code)
            if level in ("district", "village"):
                self.assertEqual(station, self.by_code[above][8], code)
        served = {j["regency_code"]: j["station"] for j in JURISDICTIONS}
        self.assertEqual({row[0]: row[8] for row in self.rows if row[1] == "regency"}, served)

    def test_known_places(self):
        self.assertEqual(self.by_code["34.04.07.2001"][3],
                         "Desa Caturtunggal, Kec. Depok, Kab. Sleman, Provinsi Daerah Istimewa Yogyakarta")
        texts = {row[3]: row[8] for row in self.rows}
        for text, station in [
                ("Kel. Menteng, Kec. Menteng, Kota Jakarta Pusat, Provinsi DKI Jakarta", "polres-metro-jakarta-pusat"),
                ("Kel. Kuta, Kec. Kuta, Kab. Badung, Provinsi Bali", None),
                ("Distrik Abepura, Kota Jayapura, Provinsi Papua", None),
                ("Provinsi Papua Selatan", "polda-papua")]:
            self.assertIn(text, texts)
            if station:
                self.assertEqual(texts[text], station)

    def test_most_villages_have_a_point_of_their_own(self):
        villages = [row for row in self.rows if row[1] == "village"]
        own = [row for row in villages if row[6] == "village"]
        self.assertGreater(len(own), 0.97 * len(villages))
        gambir = self.by_code["31.71.01.1001"]  # around Monas
        self.assertAlmostEqual(int(gambir[4]) / 1e7, 106.827, delta=0.02)
        self.assertAlmostEqual(int(gambir[5]) / 1e7, -6.175, delta=0.02)
        self.assertEqual(gambir[7], "2000")

    @unittest.skipUnless(os.path.exists(BOUNDARIES), "regency polygons are not here")
    def test_villages_lie_in_their_regency(self):
        regencies = shapes()
        own = [row for row in self.rows if row[6] == "village"]
        outside = [row for row in own if not holds(regencies[row[0][:5]], (int(row[4]) / 1e7, int(row[5]) / 1e7))]
        self.assertLess(len(outside), 0.02 * len(own))  # most of them in the sea, within 2 km of a coast drawn coarsely

    def test_an_island_has_its_own_point(self):
        (rote,) = [row for row in self.rows if row[1] == "island" and row[2] == "Pulau Rote"]
        self.assertAlmostEqual(int(rote[4]) / 1e7, 123.1, delta=0.3)
        self.assertAlmostEqual(int(rote[5]) / 1e7, -10.75, delta=0.3)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
