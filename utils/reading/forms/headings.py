"""What the title of a column says: a code, a text, and the question and the option that tools join in it."""

__all__ = ["CUT", "OTHER", "coded", "explained", "is_code", "opening", "segments", "splits", "squeezed", "wordings"]

import re
from collections.abc import Iterator

from utils.reading.forms.labels import folded

CUT = (15, 20)  # characters that form tools leave of a title, of a question or of an option

# What is called so beside a question, or at the end of its options.
OTHER = re.compile(
    r"(si )?(autres?|others?|oth)( (a |veuillez |s il vous plait |please |merci de )*(precise\w*|specif\w*)( .*)?)?"
)
_CODED = re.compile(r"([A-Za-z]\w*(?:\[[^\]]*\])?)\. (.+)", re.DOTALL)  # LimeSurvey: code, then text
_PART = re.compile(r"(.*?)\s*\[([^\[\]]*)\]", re.DOTALL)  # a question and one of its options or lines
_EXPLAINED = re.compile(r"(.*\S)\s*\(([^()]*)\)\s*", re.DOTALL)  # a question, then how to answer it
_PATH = re.compile(r"[\w.]+(?:[/-][\w.]+)+")  # groups of questions, then the question, as Kobo and ODK write them
_SEPARATOR = re.compile(r"(?:\s*[\[(/_.:|>]\s*|\s+[-–—]\s+)+")
_CLOSING = {"[": "]", "(": ")"}
_DOTS = re.compile(r"\s*(?:…|\.{2,})\s*$")


def wordings(title: str) -> set[str]:
    """Return what a title may say, folded: all of it, its code, its text, what stands in brackets.

    Examples
    --------
    >>> sorted(wordings("Q7. Les obstacles [Le budget]"))
    ['le budget', 'les obstacles le budget', 'q7', 'q7 les obstacles le budget']
    """
    texts = [title, *coded(title)]
    return {folded(text) for text in texts} | {folded(part[2]) for part in map(_PART.fullmatch, texts) if part}


def coded(title: str) -> tuple[str, ...]:
    """Return the code and the text of a title that holds both; nothing of any other.

    Examples
    --------
    >>> coded("G01Q05. La commune est-elle active ?")
    ('G01Q05', 'La commune est-elle active ?')
    """
    found = _CODED.fullmatch(title)
    return found.groups() if found else ()


def segments(title: str) -> set[str]:
    """Return what a title says as a whole, folded: its code, its text, and these without what explains them.

    Unlike `wordings`, nothing of it is an option or a line of a table.

    Examples
    --------
    >>> sorted(segments("Nous payons (1 : pas du tout, 10 : tout à fait)"))
    ['nous payons', 'nous payons 1 pas du tout 10 tout a fait']
    """
    texts = {title, *coded(title)}
    if _PATH.fullmatch(title):
        texts |= {title[found.end() :] for found in re.finditer(r"[/-]", title)}
    return {folded(text) for text in texts} - {""} | explained(title)


def explained(title: str) -> set[str]:
    """Return the question of a title that says, in parentheses behind it, how to answer.

    Examples
    --------
    >>> explained("Combien ? (un nombre)"), explained("Combien ?")
    ({'combien'}, set())
    """
    found = map(_EXPLAINED.fullmatch, (title, *coded(title)))
    return {folded(part[1]) for part in found if part and not OTHER.fullmatch(folded(part[2]))} - {""}


def splits(title: str) -> Iterator[tuple[str, str]]:
    """Yield every way to part a title into a question and one of its options or lines.

    Examples
    --------
    >>> list(splits("Les médias (site, blog) [Facebook]"))
    [('Les médias (site, blog)', 'Facebook')]
    >>> list(splits("medias_application_mobile"))
    [('medias', 'application_mobile'), ('medias_application', 'mobile')]
    """
    for text in (title, *coded(title)[1:]):
        for found in _SEPARATOR.finditer(text):
            stem, part = text[: found.start()].strip(), text[found.end() :].strip()
            if closing := _CLOSING.get(found[0].strip()[-1]):
                if part.endswith(closing):
                    part = part[:-1].strip()
                elif closing in part:  # and something behind it
                    continue
            if stem and part:
                yield stem, part


def is_code(title: str) -> bool:
    """Tell whether a title is a number in a form and says nothing: `Q7`, `G01Q02[SQ003]`, `V12`."""
    return re.fullmatch(r"[A-Za-z]{1,4}\d+([A-Za-z_]{1,4}\d+)*(\[\w+\])?", title) is not None


def opening(text: str) -> str | None:
    """Return what is left of a text that a tool may have cut, without spaces; None if it is whole.

    Examples
    --------
    >>> opening("informationspratique"), opening("Sur quels médias…"), opening("Facebook")
    ('informationspratique', 'surquelsmedias', None)
    """
    bare = _DOTS.sub("", text)
    return squeezed(bare) if bare != text or len(text) in CUT else None


def squeezed(text: str) -> str:
    """Fold a text and leave out its spaces, as codes hold neither spaces nor underscores."""
    return folded(text).replace(" ", "")
