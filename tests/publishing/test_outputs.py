"""What crosses a notebook: text and figures, drawings and tables, each whole and in order."""

import json

import pytest

from utils.french import typeset
from utils.publishing import outputs
from utils.showing import charts, tables
from utils.showing.drawing import drawn
from utils.telling import figures, phrases
from utils.telling.markup import Markup


def test_a_template_is_filled_by_name_and_leaves_out_what_does_not_exist():
    texts = {"part": "67 %", "rien": None}
    filled = outputs.fill("Un.\n\n- {{ part }} et {{part}}.\n- {{ rien }}, {{ part }}.\n", texts.get)
    assert filled == [("", "Un.\n\n- "), ("part", "67 %"), ("", " et "), ("part", "67 %"), ("", ".")]


def test_only_text_is_told():
    with pytest.raises(TypeError, match="n is not text but int"):
        outputs.fill("{{ n }}", {"n": 92}.get)


def test_each_figure_is_marked_where_it_stands(wave):
    said = phrases.basis(wave.choice("medias"))
    bundle = outputs.text([("", "Base, "), ("medias_base", said)])
    assert bundle["text/markdown"] == typeset("Base, Communes actives, n = 92")
    told = bundle[outputs.TEXT]
    assert told["texte"] == [typeset("Base, Communes actives, n = 92").replace("92", "[92]{.chiffre}")]
    (figure,) = told["chiffres"]
    assert (figure["nom"], figure["rang"], figure["imprime"], figure["valeur"]) == ("medias_base", 1, "92", [92.0])
    assert (figure["question"], figure["base"], figure["n"]) == ("medias", "actives", 92)


def test_figures_on_cards_are_noted_in_order():
    shown = [(figures.percent(0.25, of="part"), "a*b", "a.ipynb#b_c"), ("3", figures.number(7, of="médiane"), "d.md")]
    told = outputs.cards(shown)[outputs.TEXT]
    assert [(figure["rang"], figure["statistique"]) for figure in told["chiffres"]] == [(1, "part"), (2, "médiane")]
    assert [line for line in told["texte"] if line.startswith("[")] == [
        r"[a\*b](a.ipynb#b_c){.sd-stretched-link}",
        "[7](d.md){.sd-stretched-link}",
    ]


def test_what_is_named_in_a_template_is_text_and_its_figures_stay_in_place():
    @figures.sentence
    def told():
        return f"*Un* [{figures.number(3)}](a) <b> : {figures.percent(0.5)}"

    bundle = outputs.text(outputs.fill("- **{{ x }}** {{ y }}", {"x": told(), "y": Markup("*oui*")}.get))
    assert bundle["text/markdown"] == "- **\\*Un\\* \\[3\\](a) \\<b>\u00a0: 50\u00a0%** *oui*"
    (line,) = bundle[outputs.TEXT]["texte"]
    assert line == "- **\\*Un\\* \\[[3]{.chiffre}\\](a) \\<b>\u00a0: [50\u00a0%]{.chiffre}** *oui*"


def test_figures_of_answers_that_weigh_cross_no_more_exactly_than_they_are_printed():
    """Told exactly, weighted shares give the sums of weights, and so the counts that are hidden: 7 of 11."""
    texts = [
        figures.percent(7 / 11),
        figures.percent(7 / 11, 1),
        figures.points(-7 / 11),
        figures.span(7 / 11, 8 / 11),
        figures.figure("64", 7 / 11, "part"),
        figures.number(70 / 11, 1, of="moyenne"),
        figures.p_value(0.00234567),
        figures.number(7),
    ]
    expected = [[0.64], [0.636], [-0.64], [0.64, 0.73], [0.64], [6.4], [0.002], [7]]
    told = [("", said) for said in texts]
    on_cards = outputs.cards([(said, "", "") for said in texts], exact=False)
    for bundle in (outputs.text(told, exact=False), on_cards):
        assert [figure["valeur"] for figure in bundle[outputs.TEXT]["chiffres"]] == expected


def test_a_drawing_is_shown_once_and_kept_for_phones(wave):
    chart = charts.options(wave.choice("medias"))
    bundle = outputs.drawing(drawn(chart, "Données fictives"), chart.alt, "fig-medias", "Médias.")
    assert bundle["text/plain"] == chart.alt
    assert bundle["image/svg+xml"].startswith("<svg xmlns=")
    narrow = "\n".join(bundle[outputs.DRAWING]["etroit"])
    for drawing in (bundle["image/svg+xml"], narrow):
        assert "var(" not in drawing
        assert drawing.count("Données fictives") == 2  # written, and said first by a screen reader
    assert narrow.count('viewBox="0 0 250 ') == 1


def test_a_table_crosses_with_what_it_is_of(wave):
    content = tables.options(wave.choice("medias"))
    told = outputs.table(content, "medias", "medias", opened=False, note="À lire.")[outputs.TABLE]
    assert told["contenu"]["rows"] == content.rows
    assert told["contenu"]["source"] == {"question": "medias", "base": "actives", "n": 92}
    assert (told["nom"], told["ouvert"], told["note"]) == ("medias", False, "À lire.")


@pytest.mark.parametrize(("exact", "share"), [(True, 0.26087), (False, 0.26)])
def test_a_cell_crosses_with_its_figures_as_exactly_as_may_be_told(wave, exact, share):
    """Of answers that weigh, a share told exactly beside its count would tell of the weights: Twitter, 24 of 92."""
    content = tables.options(wave.choice("medias"))
    told = outputs.table(content, "medias", "medias", opened=False, note="", exact=exact)[outputs.TABLE]
    (_, _, [value]) = told["chiffres"][1][2][0]
    assert value == share
    back = outputs.known(json.loads(json.dumps(told)), content.source)
    assert back.rows == content.rows
    assert back.rows[1][2].figures[0].figure.value == (share,)
