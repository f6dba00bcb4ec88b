"""A page in one sentence or two: what search engines and messages show of it."""

__all__ = ["LONGEST", "SHORTEST", "Summary", "summary"]

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import html

SHORTEST, LONGEST = 50, 160
_FULL = 110  # from this length on, a description needs no sentence that does not fit
_SENTENCE = re.compile(r"(?<=[.?!…])\s+(?=[^\W\d_]|\d|«)")
_CITED = re.compile(r"\s*\[[A-Z]+\d+\]")
_ASIDE = {"section", "table", "details", "figure", "nav", "svg", "script", "noscript", "style", "form"}


class Summary(NamedTuple):
    """What a page says of itself: the question that it answers, the first thing that it found, both in few words."""

    question: str
    finding: str
    description: str


def summary(body: str | html.HtmlElement, otherwise: str, notice: str = "") -> Summary:
    """Return what a page opens with.

    Parameters
    ----------
    body : str or HtmlElement
        The page's HTML, or what it was parsed into.
    otherwise : str
        Completes a description that would be too short.
    notice : str
        Comes before everything else in the description.

    Returns
    -------
    Summary
        `description` has 50 to 160 characters where `otherwise` is long enough; a last sentence
        that does not fit is cut where little stands before it, and left out elsewhere.

    Examples
    --------
    >>> summary("<h1>Présence</h1><p>Qui est présent ?</p><ul><li>Une majorité.</li></ul>", "Étude de 2017").description
    'Qui est présent ? Une majorité. Étude de 2017'
    """
    whole = html.fromstring(f"<div>{body}</div>") if isinstance(body, str) else body
    told = [text for text in _opening(whole) if text] or _drawn(whole)
    # Sentences one by one: a first one that is long must not keep a short second one out.
    sentences = [sentence for text in told for sentence in _SENTENCE.split(text)]
    text = notice
    for sentence in sentences:
        longer = f"{text} {sentence}".strip()
        if len(longer) > LONGEST and len(text) >= _FULL:
            break
        text = longer
        if len(text) > LONGEST:
            break
    if len(text) < SHORTEST:
        text = f"{text} {otherwise}".strip()
    return Summary(told[0] if told else "", told[1] if len(told) > 1 else "", _cut(text))


def _opening(whole: html.HtmlElement) -> Iterator[str]:
    """Yield the paragraphs and list items that stand before the first heading of a part."""
    section = next(whole.iter("section"), whole)
    for node in section:
        yield from _texts(node)


def _drawn(whole: html.HtmlElement) -> list[str]:
    """Return the finding of the first drawing, for a page that opens with it."""
    labels = [label.removeprefix("Données fictives. ") for label in whole.xpath("//figure//svg/@aria-label")[:1]]
    return [f"{label.split('. ')[1]}." for label in labels if ". " in label]


def _texts(node: html.HtmlElement) -> Iterator[str]:
    classes = {*(node.get("class") or "").split()}
    if not isinstance(node.tag, str) or node.tag in _ASIDE or classes & {"cell_input", "preuves"}:
        return
    if node.tag in ("p", "li"):
        yield _CITED.sub("", re.sub(r"[ \t\n]+", " ", node.text_content())).strip()
        return
    for child in node:
        yield from _texts(child)


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - 1].rsplit(' ', 1)[0].rstrip(' ,;:(')}…"
