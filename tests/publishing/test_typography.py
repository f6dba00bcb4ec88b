"""Every text of the built pages is set as French is: in the prose, the drawings, and what screen readers say."""

import re

import pytest
from lxml import etree
from support.pages import ALONE, BESIDE, soup

from utils.paths import ROOT

BOOKS = (ALONE, BESIDE)
FRONT = ROOT / "utils" / "publishing" / "front"
WRONG = {
    "a space that can break": re.compile(r"\S [:;!?%»](?=\s|$|[.,)])|« (?=\S)"),
    "a decimal comma read as two numbers": re.compile(r"\(\d+, \d+\)"),
    "an ordinal that is not raised": re.compile(r"(?<![\w/.-])\d+(?:e|er)(?![\w/.-])"),
    "a typewriter's apostrophe": re.compile(r"[a-zàâéèêîôû]'[a-zàâéèêîôû]", re.IGNORECASE),
}
NOT_PROSE = ("script", "style", "pre", "code", "math", "kbd")


def texts(page):
    """Yield what a reader sees or hears of a page, but for code and formulas."""
    whole = soup(page)
    for text in whole.find_all(string=True):
        if text.strip() and not text.find_parent(NOT_PROSE):
            yield str(text)
    for name in ("aria-label", "alt", "title"):
        yield from (element[name] for element in whole.find_all(attrs={name: True}))
    yield from (meta["content"] for meta in whole.select("meta[name=description], meta[property^=og]"))


@pytest.mark.site
@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
@pytest.mark.parametrize("fault", WRONG)
def test_no_text_of_any_page_is_set_wrong(book, fault):
    found = {
        (page.stem, text[max(0, match.start() - 30) : match.end() + 20])
        for page in book.rglob("*.html")
        for text in texts(page)
        for match in WRONG[fault].finditer(text)
    }
    assert found == set()


@pytest.mark.site
@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
def test_no_text_of_a_drawing_to_keep_is_set_wrong(book):
    """A file of its own is read without its page: its texts, whole, its title and its name."""
    said = {
        text
        for path in book.rglob("*.svg")
        for element in etree.parse(path).iter("{*}text", "{*}title", "{*}desc", "{*}svg")
        for text in ("".join(element.itertext("{*}text", "{*}tspan", "{*}title")), element.get("aria-label", ""))
    }
    assert len(said) > 100
    assert {text for text in said for wrong in WRONG.values() if wrong.search(text)} == set()


QUOTED = re.compile(r"`[^`\n]*`|\"[^\"\n]*\"")


@pytest.mark.parametrize("script", sorted(FRONT.rglob("*.js")), ids=lambda path: path.name)
def test_no_text_of_a_script_is_set_wrong(script):
    words = QUOTED.findall(re.sub(r"\$\{[^}]*\}", "x", script.read_text(encoding="utf-8")))
    assert [text for text in words if re.search(r"[a-zé] [:!?%»](?=[\s\"`])|« ", text)] == []


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("a space that can break", "médiane : 7"),
        ("a space that can break", "dit « oui"),
        ("a space that can break", "Qui répond ?"),
        ("a decimal comma read as two numbers", "au-delà de ±(1, 96)"),
        ("an ordinal that is not raised", "2e paragraphe"),
        ("a typewriter's apostrophe", "l'étude"),
    ],
)
def test_each_fault_is_seen(fault, text):
    assert WRONG[fault].search(text)


@pytest.mark.site
@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
def test_formulas_are_drawn(book):
    method = soup(book / "chapters" / "90_methode.html")
    drawn = ["".join(formula.get_text().split()) for formula in method.select("math")]
    # Wilson's: p + z²/2n ± z √(p(1 − p)/n + z²/4n²), over 1 + z²/n.
    assert "p+z22n±zp(1−p)n+z24n21+z2n" in drawn
    assert len(drawn) == 13
    # None is left in words between signs, and each says in words what it draws.
    assert not re.search(
        r"[÷×]", "".join(text for text in method.article.find_all(string=True) if not text.find_parent("math"))
    )
    said = [formula["alttext"] for formula in method.select("math")]
    assert "part égale fraction effectif de la réponse sur base, fin de fraction" in said
    assert "fraction khi au carré sur n parenthèse k moins 1 fin de parenthèse, fin de fraction" in " ".join(said)
    assert not re.search(r"[\\{}^=−±√∑]", " ".join(said))
    assert not method.select("article img.math, article .MathJax")


@pytest.mark.site
def test_references_are_written_as_french_does():
    listed, plain = {}, str.maketrans({"\u00a0": " ", "\u202f": " "})
    for page in ("10_contexte", "90_methode"):
        items = soup(ALONE / "chapters" / f"{page}.html").select(".citation-list p")
        listed |= {item.get_text().translate(plain).partition(" (")[0]: item for item in items}
    texts = {name: item.get_text().translate(plain) for name, item in listed.items()}
    assert texts["Wilson, Edwin B."] == (
        "Wilson, Edwin B. (1927). « Probable Inference, the Law of Succession, and Statistical Inference ». "
        "Journal of the American Statistical Association, vol. 22, n° 158, p. 209–212."
    )
    assert texts["Cohen, Jacob"].startswith(
        "Cohen, Jacob (1988). Statistical Power Analysis for the Behavioral Sciences, deuxième édition. Lawrence "
    )
    assert texts["Cohen, Jacob"].endswith(". Citée en 1, 2.")
    assert texts["FuturoCité et Agence du Numérique"] == (
        "FuturoCité et Agence du Numérique (2017). Utilisation des médias sociaux par les villes et communes wallonnes."
    )
    assert not [text for text in texts.values() if re.search(r"URL|\. \.|\.\.|\(\d,\d", text)]
    titles = {name: [title.get_text() for title in item.select("em")] for name, item in listed.items()}
    assert titles["Agence du Numérique"] == ["Baromètre citoyens 2017 de l’Agence du Numérique"]


@pytest.mark.site
def test_titles_in_another_language_say_which():
    """A screen reader changes its voice for them, and only for them."""
    method, context = (soup(ALONE / "chapters" / f"{page}.html") for page in ("90_methode", "10_contexte"))
    for item in method.select(".citation-list p"):
        assert item.select_one("[lang=en]"), item.get_text()
        assert not re.search(r"vol\.|Citée", " ".join(part.get_text() for part in item.select("[lang]")))
    assert not context.select(".citation-list [lang]")
