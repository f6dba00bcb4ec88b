"""Text is text, unless it is explicitly Markdown: what an analyst or a respondent typed comes out as it was typed.

As MarkupSafe does for HTML: whoever writes Markdown says so by the type of it, `Markup`;
every other text is escaped when it enters one, and when it enters a page
(`publishing.outputs`). What forgets to say so shows a backslash, and never means anything.
"""

__all__ = ["Markup", "bullets", "escape", "fenced", "markup"]

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from utils.french import NBSP
from utils.telling.figures import MARKS, Placed, Told, sentence


class Markup(Told):
    """Markdown that the book's authors typed, with the texts that were put into it; `figures` stand where it says."""

    __slots__ = ()


# What means something to CommonMark or MyST, where it does. A pair of brackets around a plain word or an interval,
# « [62 à 72 %] », and an underscore within a word mean nothing, and stay as they are.
_MEANS = re.compile(
    rf"\[(?:[^\W_]|[\s,%+−{MARKS}])+\](?![\[({{:])"
    r"|(?P<means>[\\`*{\[\]$]|(?<![^\W_])_+|_++(?![^\W_])"
    r"|<(?=[A-Za-z/!?]|\Z)|&(?=[#A-Za-z]|\Z)|!(?=\[|\Z)|(?<=\s)#)"
)
# What may begin a block, or a link after what stands before; of a number, the sign behind it.
_BEGUN = re.compile(r"(?=\()| *(?:(?=[#>+=~:%-])|(?=\(\S+\)=)|\d{1,9}(?=[.)](?:\s|\Z)))")
_INDENTED = re.compile(r" {4,}")


def escape(text: str) -> Markup:
    r"""Return the Markdown that shows a text as it is typed, its figures where they then stand.

    Examples
    --------
    >>> print(escape("Facebook *et* autres : 10 $ à 20 $, 5_000, [a](b), <i>x</i>"))
    Facebook \*et\* autres : 10 \$ à 20 \$, 5_000, \[a\](b), \<i>x\</i>
    """
    if isinstance(text, Markup):
        return text
    # A text is one line, which is no block of code either.
    flat = _INDENTED.sub(lambda spaces: NBSP * len(spaces[0]), re.sub(r"\s", _as_space, text), count=1)
    found = [at for match in _MEANS.finditer(flat) if match["means"] for at in range(*match.span())]
    if begun := _BEGUN.match(flat):
        found = sorted({*found, begun.end()})
    ends = [0, *found, len(flat)]
    escaped = "\\".join(flat[start:end] for start, end in pairwise(ends))
    placed = (
        Placed(start + bisect_left(found, start), end + bisect_left(found, end), figure)
        for start, end, figure in getattr(text, "figures", ())
    )
    return Markup(escaped, tuple(placed))


def _as_space(space: re.Match[str]) -> str:
    return " " if space[0] in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029" else space[0]


@sentence
def markup(template: str, **texts: str) -> Markup:
    r"""Return Markdown into which texts are put, each as it is typed, or as what it means where it is Markdown.

    Parameters
    ----------
    template : str
        Typed by an author, never put together: `{name}` stands for a text.
    **texts : str

    Examples
    --------
    >>> print(markup("**{name}**, [voir](90_methode.ipynb)", name="a*b"))
    **a\*b**, [voir](90_methode.ipynb)
    """
    return Markup(template.format(**{name: escape(text) for name, text in texts.items()}))


@sentence
def bullets(items: Sequence[str]) -> Markup:
    """Return a list; empty for no items."""
    return Markup("\n".join(f"- {escape(item)}" for item in items))


def fenced(lines: str, language: str) -> Markup:
    """Return a block of code.

    Examples
    --------
    >>> print(fenced("x = 1", "python"))
    ```python
    x = 1
    ```
    """
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", lines)), default=0))
    return Markup(f"{fence}{language}\n{lines}\n{fence}")
