"""Rated items as drawings: the count of every score, and stacked bars that part around the middle.

Every function returns a `Chart`, drawn on demand at a width.
"""

__all__ = ["diverging", "scores"]

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils.french import capitalise, decapitalise, listing, typeset
from utils.showing.canvas import Chart, Sheet, describe, empty, font, measure, wrap
from utils.showing.shades import group_colours, ramps, score_colours
from utils.showing.style import INK, LEADING, NEUTRAL, QUIET, SMALL, TEXT, WIDE, YES
from utils.survey.results import HIDDEN, LikertResult
from utils.telling.figures import number, percent
from utils.telling.no_opinion import outside
from utils.telling.phrases import basis, headline


def scores(result: LikertResult) -> Chart:
    """Draw the count of every score as a column, coloured by its side, the median marked."""
    answers, scale, title = result.answers, result.scale, headline(result)
    if not answers.n:
        return empty(title, result.question.enonce)
    # Of weighted answers, columns as high as their counts would be of another median.
    what, columns, apart = "Nombre de réponses par score", answers.counts, result.no_opinion
    if result.weighted:
        what, columns = "Part en % par score", (answers.shares * 100).round(6)
        apart = _shares(result)
    subtitle = typeset(f"{result.question.enonce} {basis(result)}. {what}.")
    counts = [f"{number(score)} : {number(n)}" for score, n in columns.items()]
    counts += [f"{outside(result, option)} : {number(n)}" for option, n in apart.items()]
    unit = f"{decapitalise(what)}, {scale.told}"
    alt = describe("Histogramme des scores", unit, title, [f"médiane {number(answers.median, 1)}", *counts])

    beside = len(result.no_opinion) > 0
    highest = max(columns.max(), apart.sum(), 1)

    def draw(width: float) -> Figure:
        tall, foot, head = 110.0, 42.0, 30.0
        whole, face = width, font(SMALL)
        named = wrap(_apart(result), width, face) if beside else []
        sheet = Sheet(width, title, subtitle, head + tall + foot + len(named) * SMALL * LEADING)
        # The column of no opinion stands apart from the scale, by half a column.
        step = width / (len(scale.points) + 1.5 * beside)
        width -= 1.5 * step * beside
        area = sheet.area(0, sheet.top + head, width, tall)
        # With names of their own, seaborn does not make the axes' ticks to find out whether they have some.
        area.set(xlabel="score", ylabel="réponses")
        sns.barplot(x=list(scale.points), y=columns.to_numpy(), color=INK, errorbar=None, width=0.82, ax=area)
        # A colour a column: as a hue of its own, each would be estimated apart, at three times the cost.
        for column, colour in zip(area.patches, score_colours(result), strict=True):
            column.set_facecolor(colour)
        area.set(xlim=(-0.5, len(scale.points) - 0.5), ylim=(0, highest))
        area.set_axis_off()
        for i, (score, n) in enumerate(columns.items()):
            x, y = (i + 0.5) * step, head + tall * (1 - n / highest)
            sheet.write(x, y - 7, number(n), ha="center")
            sheet.write(x, head + tall + 9, number(score), QUIET, ha="center")
        x = (answers.median - scale.minimum + 0.5) * step
        at_left = x > width / 2
        # The line stops above the count of the column that it points to.
        nearest = columns.loc[[int(np.floor(answers.median)), int(np.ceil(answers.median))]].max()
        end = sheet.top + head + tall * (1 - nearest / highest) - 15
        sheet.axes.plot([x, x], [sheet.top - 2, end], color=INK, linewidth=1)
        label = f"médiane : {number(answers.median, 1)}"
        sheet.write(x - 4 if at_left else x + 4, 4, label, weight="bold", ha="right" if at_left else "left")
        tones = [ramp[0] for ramp in ramps(result)][:: -1 if scale.descending else 1]
        sheet.write(0, head + tall + 26, capitalise(scale.bas), tones[0], size=SMALL)
        sheet.write(width, head + tall + 26, capitalise(scale.haut), tones[1], size=SMALL, ha="right")
        if beside:
            n = apart.sum()
            x, top = whole - step / 2, head + tall * (1 - n / highest)
            sheet.axes.bar(x, tall * n / highest, width=0.82 * step, bottom=sheet.top + top, color=NEUTRAL)
            sheet.write(x, top - 7, number(n), ha="center")
            sheet.write(x, head + tall + 9, "–", QUIET, ha="center")
            sheet.write_lines(0, head + tall + 36 + len(named) * SMALL * LEADING / 2, named, size=SMALL, colour=QUIET)
        return sheet.figure

    return Chart(draw, alt)


def _apart(result: LikertResult) -> str:
    """Say what the column beside the scale holds."""
    columns = _shares(result).map(lambda percent: f"{number(percent)} %") if result.weighted else result.no_opinion
    told = (f"{result.label(option)} ({n if result.weighted else number(n)})" for option, n in columns.items())
    return typeset(f"– : hors de l’échelle, {listing(told)}.")


def _shares(result: LikertResult) -> pd.Series:
    """Return the shares in % of the answers that are no opinion, of all who answered."""
    parts = {option: result.no_opinion_part(option) for option in result.no_opinion.index}
    return pd.Series({option: round(part.share * 100, 6) for option, part in parts.items()}, dtype=float)


def diverging(blocks: Sequence[Sequence[LikertResult]], title: str) -> Chart:
    """Draw rated items as stacked bars centred on the middle of the neutral scores: disagreement left, agreement right.

    Items of several scales, or of which agreement is good for one and bad for another, have a legend each.

    Parameters
    ----------
    blocks : sequence of sequences
        One block per item: one result, or one for each group of communes to set side by side.
    """
    paired = any(len(block) > 1 for block in blocks)
    blocks = [told for block in blocks if (told := [result for result in block if result.answers.n or result.withheld])]
    every = [result for block in blocks for result in block]
    shown = [result for result in every if not result.withheld]
    if not shown:
        return empty(title, "Réponses non publiées." if every else "Aucune réponse à ces questions.")
    who = " et ".join(_sized([r for r in shown if r.base == base]) for base in dict.fromkeys(r.base for r in shown))
    subtitle = typeset(f"Part des réponses, en % : désaccord à gauche, accord à droite. {capitalise(who)}.")
    subtitle += typeset(f" {HIDDEN} : non publié.") if len(shown) < len(every) else ""
    scales = {r.scale for r in shown}
    unit = "part des réponses en %"
    unit += f" ; scores {next(iter(scales)).told}" if len(scales) == 1 else ""
    alt = describe(
        "Barres empilées, centrées sur le milieu de l’échelle",
        unit,
        title,
        [f"{r.question.libelle}{f', {r.noun.plural}' if paired else ''} : {_said(r)}" for r in every],
    )
    left = max(r.disagree + r.neutral / 2 for r in shown)
    right = max(r.agree + r.neutral / 2 for r in shown)

    def draw(width: float) -> Figure:
        narrow = width < WIDE
        face, bar, line = font(TEXT), 16.0, TEXT * LEADING
        groups = {r.base: r.question.pair(r.base).side(r.base).pluriel for r in every} if paired else {}
        tags = max((measure(text, font(SMALL, "bold")) for text in groups.values()), default=0) + 8 * paired
        gutter = 0 if narrow else min(max(measure(b[0].question.libelle, face) for b in blocks), 150) + 10
        margin = measure("100", font(TEXT, "bold")) + 6
        names = [wrap(b[0].question.libelle, width if narrow else gutter - 6, face) for b in blocks]
        head = line * 1.2 if narrow else 0
        room = [
            head + max(len(b) * (bar + 3), 0 if narrow else len(n) * line) for b, n in zip(blocks, names, strict=True)
        ]
        tops = np.cumsum([0, *(height + 10 for height in room)])
        legends = _legends([block[0] for block in blocks], width)
        sheet = Sheet(width, title, subtitle, tops[-1] + sum(_legend_height(lines, narrow) for _, lines in legends))
        start = gutter + tags + margin
        scale = (width - start - margin) / (left + right)
        zero = start + left * scale
        for block, name, top, height in zip(blocks, names, tops, room, strict=False):
            sheet.write_lines(0, top + (line / 2 if narrow else height / 2), name)
            inner = top + head + (height - head - len(block) * (bar + 3)) / 2
            for i, result in enumerate(block):
                y = inner + i * (bar + 3) + bar / 2
                if result.withheld:
                    sheet.write(zero, y, HIDDEN, weight="bold", ha="center")
                else:
                    _stack(sheet.axes, result, zero, scale, sheet.top + y, bar)
                    low = zero - (result.disagree + result.neutral / 2) * scale
                    high = zero + (result.agree + result.neutral / 2) * scale
                    against, agreeing = (ramp[0] for ramp in ramps(result))
                    sheet.write(low - 4, y, number(result.disagree * 100), against, weight="bold", ha="right")
                    sheet.write(high + 4, y, number(result.agree * 100), agreeing, weight="bold")
                if paired:
                    style = {"colour": YES[0], "weight": "bold"} if result.place == 0 else {"colour": QUIET}
                    sheet.write(gutter, y, groups[result.base], size=SMALL, **style)
        sheet.axes.plot([zero, zero], [sheet.top, sheet.top + tops[-1] - 10], color="white", linewidth=1)
        foot = tops[-1] + 6
        for result, lines in legends:
            _legend(sheet, result, foot, lines, narrow)
            foot += _legend_height(lines, narrow)
        return sheet.figure

    return Chart(draw, alt)


def _said(result: LikertResult) -> str:
    """Tell the three sides of one bar in words."""
    if result.withheld:
        return "non publié"
    ends = f"désaccord {percent(result.disagree)}, milieu {percent(result.neutral)}"
    return f"{ends}, accord {percent(result.agree)}"


def _stack(axes: Axes, result: LikertResult, zero: float, scale: float, y: float, height: float) -> None:
    shades = group_colours(result)
    x = zero - (result.disagree + result.neutral / 2) * scale
    for group in result.scale.towards_agreement:
        length = result.answers.share(group.scores) * scale
        axes.barh(y, length, height=height, left=x, color=shades[group.id], edgecolor="white", linewidth=0.5)
        x += length


def _sized(results: Sequence[LikertResult]) -> str:
    """Name a base with the number of answers to its items: one, or the least and the greatest."""
    sizes = sorted({result.answers.n for result in results})
    n = number(sizes[0]) if len(sizes) == 1 else f"{number(sizes[0])} à {number(sizes[-1])}"
    return f"{results[0].noun.plural} (n = {n})"


def _legends(items: Sequence[LikertResult], width: float) -> list[tuple[LikertResult, list[str]]]:
    """Return an item for each legend that the drawing needs and, if there are several, the lines that say of which."""
    alike: dict[tuple, list[LikertResult]] = {}
    for item in items:
        alike.setdefault((item.scale, ramps(item)), []).append(item)
    names = [", ".join(item.question.libelle for item in same) for same in alike.values()]
    lines = [wrap(name, width, font(SMALL)) if len(alike) > 1 else [] for name in names]
    return list(zip((same[0] for same in alike.values()), lines, strict=True))


def _legend_height(lines: Sequence[str], narrow: bool) -> float:
    return (48 if narrow else 44) + len(lines) * SMALL * LEADING


def _legend(sheet: Sheet, result: LikertResult, y: float, lines: Sequence[str], narrow: bool) -> None:
    groups, shades = result.scale.towards_agreement, group_colours(result)
    named = len(lines) * SMALL * LEADING
    sheet.write_lines(0, y + named / 2, lines, size=SMALL, colour=QUIET)
    y += named
    low, high = (end.format(words) for end, words in zip(("← {}", "{} →"), result.scale.ends, strict=True))
    # Where groups are few, the wording of the ends is wider than they are.
    wide = min(sheet.width, max(46.0 * len(groups), sum(measure(end, font(SMALL)) for end in (low, high)) + 12))
    step = (sheet.width if narrow else wide) / len(groups)
    left = 0 if lines else (sheet.width - step * len(groups)) / 2
    right = left + step * len(groups)
    against, agreeing = (ramp[0] for ramp in ramps(result))
    sheet.write(left, y + 4, low, against, size=SMALL)
    sheet.write(right, y + 4, high, agreeing, size=SMALL, ha="right")
    sheet.axes.barh(
        sheet.top + y + 17,
        step - 3,
        height=8,
        left=[left + i * step for i in range(len(groups))],
        align="center",
        color=[shades[g.id] for g in groups],
    )
    for i, group in enumerate(groups):
        sheet.write(left + (i + 0.5) * step - 1.5, y + 31, group.libelle, QUIET, size=SMALL, ha="center")
