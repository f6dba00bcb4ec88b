"""Whatever a file or a text holds, it gives a value or a refusal; `benchmarks/fuzz.py` asks the same for longer."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.auditing.expressions import ExpressionError, decide, evaluate, fill
from utils.auditing.statements import Claims
from utils.reading.files import read_document
from utils.reading.forms.dates import moment
from utils.reading.forms.labels import score
from utils.reading.forms.numbers import Numbers
from utils.reading.forms.weights import is_weight
from utils.reading.frames import read_inhabitants
from utils.reading.loading import open_source
from utils.reading.outlines.geojson import read_outlines
from utils.reading.tabular import read_raw
from utils.survey.about import Comments, Metadata
from utils.survey.codebook import Codebook, Question
from utils.survey.territory import Territory

FEW = settings(max_examples=40, deadline=None)
MANY = settings(max_examples=300, deadline=None)
BITS = [
    '"',
    ";",
    ",",
    "\n",
    "\r",
    "\t",
    "é",
    "\0",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    "&a ",
    "*a",
    "1",
    "9" * 400,
    "titre",
]
BITS += ["2²", "1e999", "nan", "2026-02-31", "'", "#", "|", "\ufeff", "features", "\\ud800", "x" * 1000]
CONTENT = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from(BITS), max_size=40).map(lambda parts: "".join(parts).encode()),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("essais") / "essai"


@FEW
@given(CONTENT)
def test_any_table_is_read_or_refused(path, content):
    path.write_bytes(content)
    problems = []
    assert read_raw(path, problems).header or problems
    if source := open_source(path, problems):
        source.load(problems)
    "".join(map(str, problems)).encode()


@MANY
@given(CONTENT)
def test_any_document_is_read_or_refused(path, content):
    path.write_bytes(content)
    for model in (Metadata, Codebook, Territory, Claims, Comments):
        problems = []
        assert read_document(path, model, problems) or problems
        "".join(map(str, problems)).encode()


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**400), 10**400), st.floats(), st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["ins", "type", "etiquette"]), inner),
    max_leaves=10,
)


@MANY
@given(JSON, JSON, JSON)
def test_any_map_is_read_or_refused(path, properties, geometry, crs):
    document = {"type": "FeatureCollection", "crs": crs, "features": [{"type": "Feature"}]}
    document["features"][0] |= {"properties": {"ins": "1", "etiquette": properties}, "geometry": geometry}
    document["features"].append({"type": "Feature", "properties": properties, "geometry": properties})
    polygon = {"type": "Polygon", "coordinates": geometry}
    document["features"].append({"type": "Feature", "properties": {"ins": properties}, "geometry": polygon})
    path.write_text(json.dumps(document), encoding="utf-8")
    problems = []
    assert read_outlines(path, "ins", problems) or problems
    "".join(map(str, problems)).encode()


STAFF = Question(
    id="etp", chapitre="a", type="nombre", libelle="A", enonce="A", base="communes", unite="ETP", minimum=0, maximum=50
)
CELLS = st.one_of(st.text(max_size=30), st.from_regex(r"\A[-+−]?[0-9.,' e:/TZ²٣]{1,40}\Z"))


@MANY
@given(CELLS)
def test_any_cell_is_a_value_or_none(text):
    for read in (moment, score, read_inhabitants, is_weight, Numbers([text], STAFF).read):
        read(text)
    list(Numbers([text], STAFF).faults(text))
    moment(text, month_first=True, utc=True)


WORDS = ["part", "(", ")", "a", ",", "'", "+", "-", "*", "/", "<", "==", " and ", " or ", "not ", "1", "0.5", "1e999"]
WORDS += ["{", "}", "=", "**", "lambda: ", "[", "]", ".", "x", "None", "9" * 400, "(" * 100, "-" * 500, "é", "\0", ":="]


@MANY
@given(st.one_of(st.text(max_size=50), st.lists(st.sampled_from(WORDS), max_size=30).map("".join)))
def test_any_expression_has_a_value_or_is_refused(text):
    known = {"part": lambda a, b=1: a / b}
    for judge in (evaluate, decide):
        with contextlib.suppress(ExpressionError):
            judge(text, known, {"a", "x"})
    with contextlib.suppress(ExpressionError):
        fill(text, str)
