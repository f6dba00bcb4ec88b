"""The histogram of numbers: its classes in words that are said, within their columns, or as rows."""

import pytest
from support.asking import asking

from utils.showing.canvas import font, measure
from utils.showing.numbers import histogram
from utils.showing.style import TEXT

STAFF = {"id": "etp", "type": "nombre", "unite": "ETP", "minimum": 0, "maximum": 50, "classes": [0, 0.5, 1, 10]}
PEOPLE = {"id": "gens", "type": "nombre", "unite": "personnes", "minimum": 0, "maximum": 50, "entier": True}
PEOPLE |= {"classes": [0, 1, 5, 10]}
# Counted by hand: of 0, 0.2 | 0.5, 0.7, 0.9 | 1, 9.9 | 10.
DECIMAL = {"de 0 à moins de 0,5": 2, "de 0,5 à moins de 1": 3, "de 1 à moins de 10": 2, "10 et plus": 1}
WHOLE = {"0": 2, "de 1 à 4": 3, "de 5 à 9": 1, "10 et plus": 1}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    staff = [(value,) for value in ("0", "0.2", "0.5", "0.7", "0.9", "1", "9.9", "10")]
    people = [(value,) for value in ("0", "0", "1", "3", "4", "9", "10")]
    return {
        "decimal": asking(tmp_path_factory.mktemp("staff") / "data", [STAFF], staff).result("etp"),
        "whole": asking(tmp_path_factory.mktemp("people") / "data", [PEOPLE], people).result("gens"),
    }


def below(figure):
    """Return what stands at the same place from left to right, from top to bottom: counts and classes."""
    places = {}
    for text in (text for axes in figure.axes for text in axes.texts if text.get_ha() == "center"):
        places.setdefault(round(text.get_position()[0], 3), []).append((text.get_position()[1], text.get_text()))
    columns = ([said for _, said in sorted(places[place])] for place in sorted(places))
    return {" ".join(lines).replace("\u00a0", " "): int(count) for count, *lines in columns}


@pytest.mark.parametrize("width", [700, 340])
def test_classes_stand_below_their_columns_in_words(results, width):
    assert below(histogram(results["decimal"]).draw(width)) == DECIMAL
    assert below(histogram(results["whole"]).draw(width)) == WHOLE


@pytest.mark.parametrize("width", [700, 340, 260])
def test_no_class_reaches_into_the_next_one(results, width):
    figure = histogram(results["decimal"]).draw(width)
    written = [text for axes in figure.axes for text in axes.texts if text.get_ha() == "center"]
    assert all(measure(text.get_text(), font(TEXT)) < width / 4 for text in written)
    assert len({text.get_position() for text in written}) == len(written)


def test_where_they_do_not_fit_they_are_rows(results):
    figure = histogram(results["decimal"]).draw(180)
    assert not below(figure)
    texts = [text.get_text().replace("\u00a0", " ") for axes in figure.axes for text in axes.texts]
    assert [text for text in texts if text in DECIMAL] == [*DECIMAL]
