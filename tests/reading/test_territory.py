"""Outlines fit the questionnaire and the frame, or every reason why not is told."""

import json
import re
import subprocess
import sys
import tarfile
from io import BytesIO
from shutil import copytree

import numpy as np
import pytest
from matplotlib.path import Path as Outline
from support import respondents

from utils.paths import DATA
from utils.publishing import commands
from utils.publishing.checking import check_wave
from utils.reading import waves
from utils.reading.outlines import territory
from utils.reading.problems import DataError
from utils.survey.communes import Directory

WORD = {"participation": True, "source": "Limites inventées"}
# Longitude and latitude of the provinces' capitals and of a few places near a border.
PLACES = {
    "brabant_wallon": [(4.61, 50.715), (4.40, 50.68), (4.33, 50.60)],  # Wavre, Waterloo, Nivelles
    "hainaut": [(3.95, 50.455), (3.39, 50.605), (2.94, 50.75), (4.31, 50.05)],  # Mons, Tournai, Comines, Chimay
    "liege": [(5.57, 50.645), (6.03, 50.63), (5.08, 50.67), (6.12, 50.28)],  # Liège, Eupen, Hannut, Saint-Vith
    "luxembourg": [(5.81, 49.685), (5.71, 50.0), (5.57, 49.57), (5.46, 50.38)],  # Arlon, Bastogne, Virton, Durbuy
    "namur": [(4.865, 50.465), (4.91, 50.26), (4.69, 50.57), (4.55, 50.06)],  # Namur, Dinant, Gembloux, Couvin
}
AREAS = {"brabant_wallon": 1097, "hainaut": 3813, "liege": 3857, "luxembourg": 4459, "namur": 3675}  # km², Statbel


def holds(shape, place):
    return sum(Outline(ring).contains_point(place) for polygon in shape for ring in polygon) % 2 == 1


def test_each_capital_lies_in_its_province_and_in_no_other(wave):
    shapes = territory.provinces(wave.codebook).shapes
    assert list(shapes) == list(wave.codebook.strata("province"))
    for home, places in PLACES.items():
        for place in places:
            assert [name for name, shape in shapes.items() if holds(shape, place)] == [home], place


def test_provinces_are_as_large_as_they_are(wave):
    for name, shape in territory.provinces(wave.codebook).shapes.items():
        area = 0.0
        for polygon in shape:
            for ring in polygon:
                x = 111.32 * ring[:, 0] * np.cos(np.radians(ring[:, 1].mean()))
                y = 111.2 * ring[:, 1]
                area += (x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2
        assert area == pytest.approx(AREAS[name], rel=0.05), name


def test_labels_stand_in_their_provinces_and_the_source_is_told(wave):
    outlines = territory.provinces(wave.codebook)
    for name, shape in outlines.shapes.items():
        assert holds(shape, outlines.labels[name]), name
    assert "MIT" in outlines.source
    notice = (DATA / "frontieres" / "README.md").read_text(encoding="utf-8")
    assert "Copyright (c) 2012 Mark DiMarco" in notice
    assert "The above copyright notice and this permission notice shall be included" in notice


def test_the_maker_joins_shared_arcs_and_turns_rings(tmp_path):
    # Two squares share a side, which runs upwards (0). Both take it backwards (~0): the left one clockwise.
    arcs = [[[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]]
    names = ["Walloon Brabant", "Hainaut", "Liege", "Luxembourg", "Namur"]
    shapes = [{"type": "Polygon", "arcs": [[~1, ~0]], "properties": {"name": name}} for name in names[:-1]]
    shapes.append({"type": "MultiPolygon", "arcs": [[[2, ~0]]], "properties": {"name": "Namur"}})
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.25], "translate": [4, 50]},
        "objects": {"bel": {"geometries": shapes}},
        "arcs": arcs,
    }
    content, package = json.dumps(topology).encode(), tmp_path / "package.tgz"
    with tarfile.open(package, "w:gz") as archive:
        entry = tarfile.TarInfo("package/src/js/data/bel.topo.json")
        entry.size = len(content)
        archive.addfile(entry, BytesIO(content))
    subprocess.run([sys.executable, DATA / "frontieres" / "fabriquer.py", package, tmp_path], check=True)
    made = json.loads((tmp_path / "provinces.geojson").read_text(encoding="utf-8"))["features"]
    left, right = made[0]["geometry"], made[-1]["geometry"]
    assert left["coordinates"] == [[[4.5, 50.0], [4.5, 50.25], [4.0, 50.25], [4.0, 50.0], [4.5, 50.0]]]
    assert right["type"] == "MultiPolygon"
    assert right["coordinates"] == [[[[4.5, 50.0], [5.0, 50.0], [5.0, 50.25], [4.5, 50.25], [4.5, 50.0]]]]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace('"liege"', '"liège"'), "manque : liege, en trop : liège"),
        (lambda text: text.replace('"etiquette":[4.57', '"autre":[4.57'), "sans `etiquette` : brabant_wallon"),
        (lambda text: text.replace('"namur"', '"liege"'), "une seule entité par identifiant"),
    ],
    ids=["another id", "no label", "one twice"],
)
def test_provinces_that_are_not_the_questionnaires_are_told(wave, tmp_path, change, told):
    data = copytree(DATA / "frontieres", tmp_path / "frontieres").parent
    path = data / "frontieres" / "provinces.geojson"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(told)):
        territory.provinces(wave.codebook, data)
    assert len(territory.check(wave, data)) == 1


def square(place):
    x, y = 4 + place * 0.05, 50.0
    return [[[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]]


def drawn(codes, key="ins"):
    return [
        {"type": "Feature", "properties": {key: code}, "geometry": {"type": "Polygon", "coordinates": square(place)}}
        for place, code in enumerate(codes)
    ]


@pytest.fixture
def mapped(tmp_path):
    """Return a wave whose folder holds outlines, and where its data lies."""

    def maker(features=None, carte=WORD, frame=None, name="communes.geojson"):
        folder = respondents.small()
        if frame:
            folder.frame, folder.rows = frame(folder.frame), folder.rows[:1]
        if carte is not None:
            folder.about["carte"] = carte
        features = drawn([row["ins"] for row in folder.frame]) if features is None else features
        folder.files[name] = json.dumps({"type": "FeatureCollection", "features": features}).encode()
        copytree(DATA / "frontieres", tmp_path / "frontieres")
        (tmp_path / "fusions.csv").write_bytes((DATA / "fusions.csv").read_bytes())
        return folder.load(tmp_path), tmp_path

    return maker


CODES = [row[0] for row in respondents.FRAME]


def test_outlines_of_just_the_communes_asked_are_read(mapped):
    wave, data = mapped(drawn(reversed(CODES)))
    outlines = territory.communes(wave, data)
    assert list(outlines.shapes) == CODES
    assert outlines.source == "Limites inventées"
    assert territory.check(wave, data) == []


def test_the_file_and_its_property_can_have_other_names(mapped):
    carte = {**WORD, "fichier": "limites.json", "ins": "cd_munty_refnis"}
    wave, data = mapped(drawn(map(int, CODES), "cd_munty_refnis"), carte, name="limites.json")
    assert set(territory.communes(wave, data).shapes) == set(CODES)


def test_nothing_is_shown_without_the_analysts_word(mapped):
    wave, data = mapped(carte={**WORD, "participation": False})
    assert territory.communes(wave, data) is None
    assert territory.notes(wave) == []


def test_outlines_of_which_nobody_says_a_word_stop_the_wave(mapped):
    wave, data = mapped(carte=None)
    with pytest.raises(DataError, match="la clé `carte`") as told:
        territory.communes(wave, data)
    assert "true ou false" in str(told.value)


def test_a_wave_without_outlines_has_no_map(wave):
    assert territory.communes(wave) is None
    assert territory.check(wave) == []


@pytest.mark.parametrize("missing", ["participation", "source"])
def test_the_word_has_no_default(mapped, missing):
    with pytest.raises(DataError, match=rf"carte\.{missing}.*cette clé, qui manque"):
        mapped(carte={key: value for key, value in WORD.items() if key != missing})


def test_counts_alone_cannot_be_mapped(data):
    path = data / "2017" / "vague.yml"
    path.write_text(path.read_text(encoding="utf-8") + "carte:\n  participation: true\n  source: x\n", encoding="utf-8")
    with pytest.raises(DataError, match="aucune `carte`, puisque `source` vaut effectifs"):
        waves.load("2017", data)


def faults(wave, data):
    with pytest.raises(DataError) as told:
        territory.communes(wave, data)
    return [str(problem) for problem in told.value.problems]


def test_what_is_missing_or_of_no_concern_is_told(mapped):
    told = faults(*mapped(drawn([*CODES[1:], "11001", "11002", "Wavre"])))
    assert len(told) == 3
    assert "« Wavre »" in told[0]
    assert "un code INS de commune" in told[0]
    assert "« 11001, 11002 »" in told[1]
    assert "`filtre`" in told[1]
    assert "sans limites : 1\u00a0commune, 92094" in told[2]


def test_many_codes_are_told_by_a_few(mapped):
    told = faults(*mapped(drawn([*CODES, *(str(n) for n in range(11001, 11020))])))
    assert len(told) == 1
    assert "« 11001, 11002, 11003, 11004, 11005, … »" in told[0]


def test_outlines_older_than_the_frame_are_told(mapped):
    # 82003 (Bastogne) and 82005 (Bertogne) merged into 82039 in December 2024.
    def merged(frame):
        return [{**row, "ins": "82039"} if row["ins"] == "82003" else row for row in frame]

    told = faults(*mapped(drawn([*CODES, "82005"]), frame=merged))
    assert len(told) == 1
    assert "82003 est devenu 82039, 82005 est devenu 82039" in told[0]
    assert "aussi récentes que le cadre" in told[0]


def test_outlines_newer_than_the_frame_are_told(mapped):
    told = faults(*mapped(drawn(["82039" if code == "82003" else code for code in CODES])))
    assert len(told) == 1
    assert "l’époque du cadre (2026-03)" in told[0]
    assert "82003 est devenu 82039" in told[0]


def test_groups_that_are_all_one_are_told_before_a_map_names_them(mapped):
    wave, _ = mapped()
    # Of the eight that answered: Namur 1 of 2, Liège 1 of 1, Hainaut 0 of 1, Luxembourg 1 of 3, Wavre 1 of 1.
    (note,) = territory.notes(wave)
    for label in ("Brabant wallon", "Hainaut", "Liège"):
        assert label in note
    for label in ("Namur", "Luxembourg"):
        assert label not in note


def test_checking_a_wave_says_what_its_map_tells(capsys):
    commands.check("demo")
    assert "La carte dit qui a répondu" in capsys.readouterr().out


def test_a_build_stops_before_anything_runs(data):
    (data / "2017" / "communes.geojson").write_text("{}", encoding="utf-8")  # of no concern: 2017 knows no commune
    (data / "frontieres" / "provinces.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(DataError, match=r"provinces\.geojson"):
        check_wave("2017", data=data)


def test_the_demonstration_draws_each_of_its_communes_once(demo):
    outlines = territory.communes(demo)
    assert list(outlines.shapes) == list(demo.communes["ins"])
    homes = territory.provinces(demo.codebook).shapes
    for row in demo.communes.itertuples():
        shape = outlines.shapes[row.ins]
        corners = np.vstack([ring for polygon in shape for ring in polygon])
        inside = sum(holds(homes[row.province], corner) for corner in corners)
        assert inside >= len(corners) / 4, row.ins
    assert Directory.of(demo.communes, demo.codebook.territory).names.keys() == outlines.shapes.keys()


def test_two_runs_draw_the_same_demonstration(tmp_path):
    subprocess.run([sys.executable, DATA / "demo" / "dessiner.py", tmp_path], check=True)
    made = (tmp_path / "communes.geojson").read_bytes()
    assert made == (DATA / "demo" / "communes.geojson").read_bytes(), ".venv/bin/python data/demo/dessiner.py"
