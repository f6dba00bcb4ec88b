"""What a printed page shows beside its text, marked so that nobody is read it aloud: running heads, rules, grounds."""

__all__ = ["mark", "marked"]

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pikepdf
from pikepdf import Name, Operator

Instruction: TypeAlias = tuple[Iterable[pikepdf.Object], Operator]

_PATH = {"m", "l", "c", "v", "y", "h", "re"}  # build what a later operator paints
_CLIP = {"W", "W*"}
_PAINT = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
_OPEN: Instruction = ([Name.Artifact], Operator("BMC"))
_CLOSE: Instruction = ([], Operator("EMC"))


def mark(document: pikepdf.Pdf) -> None:
    """Mark, on every page of a tagged document, all that no tag holds as an artifact.

    Chromium tags what comes from the document's elements, and leaves the boxes of the page's
    margins, lines and coloured grounds without any mark: a reader that looks for
    text where there is no tag reads the running head before each page.
    """
    for page in document.pages:
        # One stream: a mark may be opened in one part and closed in the next.
        content = pikepdf.unparse_content_stream(marked(pikepdf.parse_content_stream(page)))
        page.obj.Contents = document.make_stream(content)


def marked(instructions: Iterable[Instruction]) -> Iterator[Instruction]:
    """Yield a page's instructions, those that paint outside every mark within an artifact.

    An artifact is left open as long as nothing is tagged, so that few are needed.

    Examples
    --------
    >>> document = pikepdf.new()
    >>> page = document.make_stream(b"0 0 9 9 re f /P <</MCID 0>> BDC EMC")
    >>> [str(operator) for _, operator in marked(pikepdf.parse_content_stream(page))]
    ['BMC', 're', 'f', 'EMC', 'BDC', 'EMC']
    """
    depth, artifact = 0, False
    path: list[Instruction] = []
    for operands, operator in instructions:
        name, step = str(operator), (operands, operator)
        if name in ("BDC", "BMC"):
            # Marks may stand within an artifact, as a text for what is drawn; tags may not.
            if artifact and _tagged(operands):
                yield _CLOSE
                artifact = False
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif depth == 0 and not artifact:
            if name in _PATH | _CLIP:
                # Only what paints says whether a path is seen: one that clips is not.
                path.append(step)
                continue
            if name in _PAINT or name == "BT":
                yield _OPEN
                artifact = True
            yield from path
            path = []
        yield step
    if artifact:
        yield _CLOSE


def _tagged(operands: Iterable[pikepdf.Object]) -> bool:
    *_, properties = operands
    return isinstance(properties, pikepdf.Dictionary) and Name.MCID in properties
