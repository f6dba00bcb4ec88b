"""Small drawings of one line: a score on its scale beside those of others, a share as a bar.

Written as SVG by hand, a hundred times faster than a chart: a sheet has dozens, and there are hundreds of sheets.
Each element has a class, which a page's style colours, and a colour of its own where there is none.
"""

__all__ = ["bar", "strip"]

from html import escape

from utils.showing.style import INK, NEUTRAL, NO, QUIET, WHOLE, YES
from utils.survey.scales import Scale

_WIDE, _TALL, _EDGE = 220, 20, 9  # units of a strip; its ends keep room for half a dot
_BAR, _THIN = 100, 10


def strip(
    scale: Scale, own: tuple[int, ...], middle: tuple[float, float, float] | None, *, tone: str = "", alt: str
) -> str:
    """Draw a score on its scale: disagreement at the left, whatever way the scale runs.

    Parameters
    ----------
    scale : Scale
    own : tuple of int
        The scores given: none, one or, of several respondents, several.
    middle : tuple of float or None
        Quartiles of the scores of others.
    tone : {"", "mieux", "moins"}
        Whether the score is better or worse than the median.
    alt : str
        What is drawn, in words.

    Examples
    --------
    >>> line = strip(Scale(**ten), (7,), (5, 6, 8), tone="mieux", alt="votre commune : 7")  # doctest: +SKIP
    >>> line.count("<circle")  # doctest: +SKIP
    1
    """
    y = _TALL / 2
    drawn = [f'<path class="axe" d="M{_EDGE} {y:g}H{_WIDE - _EDGE}" stroke="{WHOLE}" stroke-width="1"/>']
    for score in scale.points:
        drawn.append(f'<path class="axe" d="M{_place(scale, score):g} {y - 2:g}v4" stroke="{WHOLE}"/>')
    if middle:
        left, right = sorted(_place(scale, value) for value in (middle[0], middle[2]))
        drawn.append(
            f'<rect class="bande" x="{left - 3:g}" y="{y - 5:g}" width="{right - left + 6:g}" height="10" rx="3" '
            f'fill="{NEUTRAL}"/>'
        )
        at = _place(scale, middle[1])
        drawn.append(f'<path class="mediane" d="M{at:g} {y - 8:g}v16" stroke="{INK}" stroke-width="2.5"/>')
    colour = {"mieux": YES[0], "moins": NO[0]}.get(tone, QUIET)
    for score in dict.fromkeys(own):
        drawn.append(
            f'<circle class="point {tone}" cx="{_place(scale, score):g}" cy="{y:g}" r="6" fill="{colour}" '
            'stroke="#ffffff" stroke-width="1.5"/>'
        )
    return _svg("ligne", _WIDE, _TALL, "".join(drawn), alt)


def bar(share: float | None, *, own: bool | None) -> str:
    """Draw a share (0..1) as a bar, strong where the commune is among those; an empty one where it is not told.

    Its number stands beside it: whoever does not see it misses nothing.

    Examples
    --------
    >>> "oui" in bar(0.62, own=True), 'width="62"' in bar(0.62, own=True), "<rect" in bar(None, own=True)
    (True, True, False)
    """
    colour = YES[1] if own else WHOLE
    drawn = f'<path class="axe" d="M0 {_THIN - 0.5:g}H{_BAR}" stroke="{NEUTRAL}"/>'
    if share is not None:
        kind = "barre oui" if own else "barre"
        drawn += f'<rect class="{kind}" x="0" y="0" width="{share * _BAR:g}" height="{_THIN}" fill="{colour}"/>'
    return _svg("barres", _BAR, _THIN, drawn)


def _place(scale: Scale, score: float) -> float:
    """Return where a score, or the mean of two, lies from left to right."""
    return round(_EDGE + scale.position(score) * (_WIDE - 2 * _EDGE), 1)


def _svg(kind: str, wide: float, tall: float, drawn: str, alt: str = "") -> str:
    named = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    size = f'viewBox="0 0 {wide:g} {tall:g}" width="{wide:g}" height="{tall:g}"'
    stretched = "" if alt else ' preserveAspectRatio="none"'
    return f'<svg class="{kind}" {named} {size}{stretched}>{drawn}</svg>'
