"""Map files as people bring them: what is read, and what each fault is told as."""

import json

import pytest

from utils.paths import DATA
from utils.reading.outlines.geojson import read_outlines
from utils.reading.questionnaires import read_territory

WALLONIA = read_territory("wallonie", DATA, [])

SQUARE = [[4.0, 50.0], [4.1, 50.0], [4.1, 50.1], [4.0, 50.1], [4.0, 50.0]]
HOLE = [[4.02, 50.02], [4.02, 50.08], [4.08, 50.08], [4.08, 50.02], [4.02, 50.02]]


def feature(ins="92094", coordinates=(SQUARE,), kind="Polygon", **properties):
    geometry = {"type": kind, "coordinates": list(coordinates)}
    return {"type": "Feature", "properties": {"ins": ins, **properties}, "geometry": geometry}


def collection(*features, **more):
    return {"type": "FeatureCollection", **more, "features": list(features)}


@pytest.fixture
def read(tmp_path):
    def reader(content, **how):
        path, problems = tmp_path / "communes.geojson", []
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return read_outlines(path, "ins", problems, within=WALLONIA, **how), [str(problem) for problem in problems]

    return reader


def refused(read, content, *words, **how):
    found, told = read(content, **how)
    assert found is None
    assert len(told) == 1, told
    for word in words:
        assert word in told[0], told[0]


def test_polygons_holes_and_several_parts_are_read(read):
    far = [[x + 1, y] for x, y in SQUARE]
    found, told = read(collection(feature(), feature("62063", [[SQUARE, HOLE], [far]], "MultiPolygon"), source="IGN"))
    assert told == []
    assert list(found.shapes) == ["92094", "62063"]
    assert [[len(ring) for ring in polygon] for polygon in found.shapes["62063"]] == [[5, 5], [5]]
    assert found.shapes["62063"][1][0].tolist() == far
    assert found.source == "IGN"


def test_a_code_may_be_a_number_and_a_position_may_have_a_height(read):
    high = [[x, y, 120.5] for x, y in SQUARE]
    found, told = read(collection(feature(92094, [high])))
    assert (told, list(found.shapes)) == ([], ["92094"])
    assert found.shapes["92094"][0][0].shape == (5, 2)


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"], ids=lambda name: name[-5:]
)
def test_degrees_of_wgs_84_may_be_named(read, name):
    assert read(collection(feature(), crs={"type": "name", "properties": {"name": name}}))[1] == []


def test_what_the_filter_leaves_out_is_of_no_concern(read):
    abroad = feature("11001", [], "Point", region="Flandre")
    found, told = read(collection(abroad, feature(region="Wallonie")), kept={"region": "Wallonie"})
    assert (told, list(found.shapes)) == ([], ["92094"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"type": "FeatureCollection",\n"features": [}', ("ligne 2", "JSON valide")),
        ("[" * 100_000, ("imbriqué",)),
        ("[1, 2]", ("FeatureCollection",)),
        ('{"type": "Topology", "arcs": []}', ("« Topology »", "TopoJSON se convertit")),
        ('{"type": "FeatureCollection"}', ("`features`",)),
        (collection(), ("au moins une entité",)),
        (collection({"type": "Feature"}), ("features.0", "avec ses propriétés")),
        (collection("x"), ("features.0", "avec ses propriétés")),
        (
            collection(feature(), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::31370"}}),
            ("colonne « crs »", "EPSG::31370", "WGS 84", "exporter de nouveau"),
        ),
        (collection(feature(), crs="EPSG:3812"), ("EPSG:3812", "WGS 84")),
        (collection(feature(ins=None)), ("« ins »", "identifiant")),
        (collection(feature(ins=True)), ("« True »", "identifiant")),
        (
            collection({**feature(), "properties": {"cd_munty_refnis": "92094"}}),
            ("trouvé « cd_munty_refnis »", "propriété « ins »"),
        ),
        (collection(feature(), feature()), ("features.1.properties.ins", "« 92094 »", "secteurs statistiques")),
        (collection(feature(kind="Point")), ("features.0.geometry.type", "« Point »", "Polygon et MultiPolygon")),
        (collection({**feature(), "geometry": None}), ("« rien »", "Polygon et MultiPolygon")),
        (collection(feature(coordinates=[])), ("anneau fermé",)),
        (collection(feature(coordinates=[[]])), ("anneau fermé",)),
        (collection(feature(coordinates=[SQUARE[:3]])), ("anneau fermé",)),
        (collection(feature(coordinates=[SQUARE[:-1]])), ("anneau fermé",)),
        (collection(feature(coordinates=[[*SQUARE[:2], SQUARE[0]]])), ("anneau fermé",)),
        (collection(feature(coordinates=[[["a", "b"]] * 4])), ("anneau fermé",)),
        (collection(feature(coordinates=[[[4.0]] * 4])), ("anneau fermé",)),
        (collection(feature(coordinates=[[*SQUARE[:2], [4.1], *SQUARE[2:]]])), ("anneau fermé",)),
        (collection(feature(coordinates=[[*SQUARE[:2], [float("nan"), 50.0], *SQUARE[2:]]])), ("anneau fermé",)),
        (collection(feature(coordinates=SQUARE)), ("anneau fermé",)),  # a level of brackets is missing
        (
            collection(feature(coordinates=[[[y, x] for x, y in SQUARE]])),
            ("« 50, 4 »", "la longitude d’abord"),
        ),
        (
            collection(feature(coordinates=[[[185000 + 1000 * x, 127000 + 1000 * y] for x, y in SQUARE]])),
            ("non des mètres", "Lambert 72 ou 2008"),
        ),
        (collection(feature(coordinates=[[[x - 2, y] for x, y in SQUARE]])), ("« 2, 50 »", "en Belgique")),
    ],
)
def test_each_fault_is_told_where_it_stands(read, content, words):
    refused(read, content, "communes.geojson", "attendu", *words)


def test_a_filter_that_names_nothing_is_told(read):
    refused(read, collection(feature()), "la propriété « region » que nomme `filtre`", kept={"region": "x"})
    refused(read, collection(feature(region="y")), "que `filtre` retienne", kept={"region": "x"})


def test_a_fault_of_every_feature_is_told_once_with_their_number(read):
    metres = [[[185000.0 + x, 127000.0 + y] for x, y in SQUARE]] * 2
    every = [feature(str(92000 + i), metres) for i in range(1, 263)]
    refused(read, collection(*every), "de même dans 261\u00a0autres entités")


def test_a_file_that_is_missing_or_no_text_is_told(tmp_path):
    problems = []
    assert read_outlines(tmp_path / "communes.geojson", "ins", problems) is None
    (tmp_path / "binaire.geojson").write_bytes(b"\xff\xfe\x00{")
    assert read_outlines(tmp_path / "binaire.geojson", "ins", problems) is None
    assert "il n’existe pas" in str(problems[0])
    assert "UTF-8" in str(problems[1])
