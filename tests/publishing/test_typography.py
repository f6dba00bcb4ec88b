"""Every text of the built pages is set as French is: in the prose, the drawings, and what screen readers say."""

import re

import pytest
from support.pages import ALONE, BESIDE, soup

BOOKS = (ALONE, BESIDE)
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
    assert len(drawn) == 8
    assert not method.select("article img.math, article .MathJax")


@pytest.mark.site
def test_references_are_written_as_french_does():
    for page in ("10_contexte", "90_methode"):
        listed = [item.get_text() for item in soup(ALONE / "chapters" / f"{page}.html").select(".citation-list p")]
        assert listed
        assert not [text for text in listed if "URL" in text]
    context = soup(ALONE / "chapters" / "10_contexte.html")
    titles = [title.get_text() for title in context.select(".citation-list em")]
    assert "Baromètre citoyens 2017 de l’Agence du Numérique" in titles
