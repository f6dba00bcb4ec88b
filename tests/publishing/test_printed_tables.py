"""A table on paper is set by its size, and nothing of it is shown twice."""

import pytest
from bs4 import BeautifulSoup

from utils.publishing.paper.columns import open_chapter, spread
from utils.publishing.paper.once import Shown
from utils.publishing.paper.tables import fit, rows


def fitted(body, head=""):
    box = BeautifulSoup(
        f"<div class='tableau' tabindex='0'><table><thead>{head}</thead><tbody>{body}</tbody></table></div>", "lxml"
    ).div
    fit(box)
    return box


@pytest.mark.parametrize(
    ("lines", "letters", "kinds"),
    [
        (3, 5, ["court"]),
        (30, 5, []),
        (3, 22, ["court", "serre"]),  # 69 letters side by side
        (3, 35, ["court", "plein"]),
        (70, 5, ["long"]),
    ],
)
def test_a_table_is_set_by_its_size(lines, letters, kinds):
    box = fitted(("<tr>" + f"<td>{'x' * letters}</td>" * 3 + "</tr>") * lines)
    assert box["class"] == ["tableau", *kinds]
    assert not box.has_attr("tabindex")


def test_a_table_that_would_not_fit_leaves_less_space():
    def kinds(cell, columns):
        return fitted("<tr>" + f"<td>{cell}</td>" * columns + "</tr>")["class"]

    assert "serre" in kinds("x" * 14, 10)
    assert "serre" not in kinds("x" * 11, 10)
    assert "serre" not in kinds("mot " * 30, 10)  # it breaks between words


HEAD = "<tr><th scope='col'>Valeur</th><th scope='col'>n</th><th scope='col'>Explication</th></tr>"


def test_rare_remarks_stand_below_their_rows():
    bare = "<tr><th scope='row'>a</th><td>1</td><td>–</td></tr>"
    told = "<tr><th scope='row'>b</th><td>2</td><td>Erreur.</td></tr>"
    assert rows(fitted(bare * 2 + told, HEAD).table) == [
        ("a", "1"),
        ("a", "1"),
        ("b", "2"),
        ("Explication\u00a0: Erreur.",),
    ]
    assert rows(fitted(bare + told, HEAD).table) == [("a", "1", "–"), ("b", "2", "Erreur.")]  # not rare


def test_headers_that_repeat_a_name_share_it():
    titles = ("Score", "Communes actives", "Part, communes actives", "Autres", "Part, autres")
    box = fitted("<tr><td>1</td></tr>", "<tr>" + "".join(f"<th scope='col'>{title}</th>" for title in titles) + "</tr>")
    above, below = ([th.get_text() for th in row.find_all("th")] for row in box.select("thead tr"))
    assert above == ["Score", "Communes actives", "Autres"]
    assert below == ["Nombre", "Part", "Nombre", "Part"]
    assert [th.get("colspan") for th in box.select("th.groupe")] == ["2", "2"]
    assert box.th["rowspan"] == "2"


def table(name, lines, question="La commune a un budget."):
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    return (
        f"<div class='preuves'><div class='tableau'><table id='{name}'><caption>Titre {name}</caption>{body}</table>"
        f"</div><dl><dt>Question</dt><dd>{question}</dd></dl></div>"
    )


def sifted(*chapters):
    shown, told = Shown(), []
    for chapter in chapters:
        article = BeautifulSoup(f"<article>{chapter}</article>", "lxml").article
        shown.sift(article)
        told.append(article)
    return told


def test_a_table_that_returns_is_a_line_that_leads_to_the_first():
    whole, part = [("Oui", "3"), ("Non", "4")], [("Non", "4")]
    first, second = sifted(table("a", whole), table("b", part))
    assert len(first.select("table")) == 1
    assert not second.select("table, .preuves")
    assert second.p.get_text() == "Tableau déjà imprimé\u00a0: «\u00a0Titre a\u00a0»"
    assert second.a["href"] == "#a"
    assert second.p["id"] == "b"  # links lead on


def test_tables_that_only_look_alike_all_stay():
    told = [("Oui", "3"), ("Non", "4")]
    (article,) = sifted(table("a", told) + table("b", told, "La commune a du personnel.") + table("c", [("Oui", "5")]))
    assert len(article.select("table")) == 3


def test_a_table_without_rows_goes():
    assert not sifted(table("a", []))[0].select("table")


def drawing(width, height, name="fig"):
    return (
        f"<div><figure id='{name}'><svg class='large' aria-label='Barres {name}.'></svg>"
        f"<svg class='etroit' aria-label='Barres {name}.' viewbox='0 0 {width} {height}'></svg>"
        "<figcaption class='caption-text'>Des barres.</figcaption></figure></div>"
    )


def test_a_drawing_that_returns_is_a_line():
    first, second = sifted(drawing(250, 100), drawing(250, 100))
    assert first.figure
    assert second.figure is None
    assert second.get_text() == "Graphique déjà imprimé\u00a0: «\u00a0Des barres\u00a0»"


@pytest.mark.parametrize(("height", "form"), [(300, "etroit"), (900, "large")])
def test_a_drawing_has_the_form_that_fits(height, form):
    article = BeautifulSoup(f"<article><section><h2>T</h2>{drawing(250, height)}</section></article>", "lxml").article
    spread(article)
    assert [svg["class"] for svg in article.select("svg")] == [[form]]
    # What crosses the columns takes its heading along.
    assert (article.h2.parent.name == "div") == (form == "large")


def test_a_drawing_is_as_wide_as_its_table_and_statisticians_come_between():
    wide = "<div><div class='tableau plein'><table></table></div></div><div class='sd-dropdown'>p</div>"
    article = BeautifulSoup(f"<article><section>{drawing(250, 100)}{wide}</section></article>", "lxml").article
    spread(article)
    assert article.svg["class"] == ["large"]
    assert [child.get("class") for child in article.section.find_all("div", recursive=False)] == [
        None,
        ["sd-dropdown"],
        None,
    ]


def test_tables_of_details_are_printed_after_the_text_that_holds_them():
    held = "<div class='sd-dropdown'><p>p</p><div class='preuves' id='a'></div><div class='preuves' id='b'></div></div>"
    article = BeautifulSoup(f"<article><section>{held}<p>q</p></section></article>", "lxml").article
    spread(article)
    told = [child.get("id") or child.get_text() for child in article.section.find_all(recursive=False)]
    assert told == ["p", "a", "b", "q"]


def test_a_chapter_opens_with_its_title_and_its_first_paragraphs():
    article = BeautifulSoup("<article><section><h1>T</h1><p>a</p><p>b</p><ul></ul><p>c</p></section></article>", "lxml")
    open_chapter(article.h1)
    assert article.select_one(".ouverture").get_text() == "Tab"
