"""Results as drawings: a finding as title, direct labels, one drawing for screens and one for phones.

Every function returns a `Chart`, drawn on demand at a width.
"""

__all__ = ["diverging", "options", "options_by_size", "scores", "strata"]

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils.canvas import (
    INK,
    LEADING,
    NEUTRAL,
    NO,
    QUIET,
    SMALL,
    TEXT,
    WHOLE,
    WIDE,
    YES,
    Chart,
    Sheet,
    font,
    measure,
    wrap,
)
from utils.french import capitalise, number, percent, typeset
from utils.phrases import basis, headline
from utils.results import ChoiceResult, LikertResult, Strata


def _bar_figure(width: float, title: str, subtitle: str, bars: pd.DataFrame) -> Figure:
    """Draw horizontal bars of shares with their labels.

    Parameters
    ----------
    bars : DataFrame
        `label`, `share` (0..1), `value` (the text at the bar's end), `colour`; a row a bar, from the top.
    """
    narrow = width < WIDE
    face = font(TEXT)
    gutter = 0 if narrow else min(max(measure(text, face) for text in bars["label"]), width * 0.42) + 10
    labels = [wrap(text, width - 10 if narrow else gutter - 8, face) for text in bars["label"]]
    room = max(measure(text, font(TEXT, "bold")) for text in bars["value"]) + 6
    bar, gap, line = 16.0, 8.0, TEXT * LEADING
    above = [len(block) * line + 2 if narrow else 0 for block in labels]
    heights = [above[i] + bar if narrow else max(bar, len(labels[i]) * line) for i in range(len(bars))]
    tops = np.cumsum([0, *(height + gap for height in heights)])
    sheet = Sheet(width, title, subtitle, tops[-1])
    centres = [tops[i] + above[i] + (heights[i] - above[i]) / 2 for i in range(len(bars))]
    lengths = bars["share"].to_numpy() * (width - gutter - room)
    sheet.axes.barh(sheet.top + np.array(centres), lengths, height=bar, left=gutter, color=list(bars["colour"]))
    for i, row in enumerate(bars.itertuples()):
        block = tops[i] + above[i] / 2 - 1 if narrow else centres[i]
        sheet.write_lines(0, block, labels[i])
        sheet.write(gutter + lengths[i] + 5, centres[i], row.value, weight="bold")
    return sheet.figure


def _alt(kind: str, title: str, values: Sequence[str]) -> str:
    return typeset(f"{kind}. {title}. {' ; '.join(values)}.")


def options(result: ChoiceResult) -> Chart:
    """Draw one bar per option, ranked unless the options have an order."""
    answers, title = result.answers, headline(result)
    order = answers.shares.index if result.question.ordonnee else answers.ranked.index
    bars = pd.DataFrame(
        {
            "label": [capitalise(typeset(result.label(o))) for o in order],
            "share": answers.shares[order].to_numpy(),
            "value": [percent(answers.shares[o]) for o in order],
            "colour": YES[1] if result.base == "actives" else WHOLE,
        }
    )
    subtitle = typeset(f"{result.question.enonce} {basis(result)}. Part en %.")
    alt = _alt("Diagramme en barres", title, [f"{r.label} : {r.value}" for r in bars.itertuples()])
    return Chart(lambda width: _bar_figure(width, title, subtitle, bars), alt)


def strata(results: Strata, title: str, subtitle: str) -> Chart:
    """Draw one bar per stratum, and one in grey for the whole.

    Sizes keep their order; provinces are ranked.
    """
    shares = results.shares.dropna()
    if results.by == "province":
        shares = shares.sort_values(ascending=False, kind="stable")
    totals = results.counts.sum(axis=1)
    told = results.counts.iloc[:, 0]
    bars = pd.DataFrame(
        {
            "label": [*(capitalise(typeset(results.labels[s])) for s in shares.index), "Ensemble"],
            "share": [*shares, results.overall],
            "value": [
                *(f"{percent(v)} ({number(told[s])} sur {number(totals[s])})" for s, v in shares.items()),
                f"{percent(results.overall)} ({number(told.sum())} sur {number(totals.sum())})",
            ],
            "colour": [*([YES[1]] * len(shares)), WHOLE],
        }
    )
    alt = _alt("Diagramme en barres", title, [f"{r.label} : {r.value}" for r in bars.itertuples()])
    return Chart(lambda width: _bar_figure(width, title, subtitle, bars), alt)


def scores(result: LikertResult) -> Chart:
    """Draw the count of every score as a column, coloured by its side, the median marked."""
    answers, scale, title = result.answers, result.scale, headline(result)
    subtitle = typeset(f"{result.question.enonce} {basis(result)}. Nombre de réponses par score.")
    counts = [f"{score} : {number(n)}" for score, n in answers.counts.items()]
    alt = _alt("Histogramme des scores", title, [f"médiane {number(answers.median, 1)}", *counts])

    def draw(width: float) -> Figure:
        tall, foot, head = 110.0, 42.0, 30.0
        sheet = Sheet(width, title, subtitle, head + tall + foot)
        step = width / len(scale.points)
        area = sheet.area(0, sheet.top + head, width, tall)
        sns.barplot(
            x=list(scale.points),
            y=answers.counts.to_numpy(),
            hue=list(scale.points),
            palette=_score_colours(result),
            saturation=1,
            legend=False,
            width=0.82,
            ax=area,
        )
        highest = max(answers.counts.max(), 1)
        area.set(xlim=(-0.5, len(scale.points) - 0.5), ylim=(0, highest))
        area.set_axis_off()
        for i, (score, n) in enumerate(answers.counts.items()):
            x, y = (i + 0.5) * step, head + tall * (1 - n / highest)
            sheet.write(x, y - 7, number(n), ha="center")
            sheet.write(x, head + tall + 9, str(score), QUIET, ha="center")
        x = (answers.median - scale.minimum + 0.5) * step
        at_left = x > width / 2
        # The line stops above the count of the column that it points to.
        nearest = answers.counts.loc[[int(answers.median), int(np.ceil(answers.median))]].max()
        end = sheet.top + head + tall * (1 - nearest / highest) - 15
        sheet.axes.plot([x, x], [sheet.top - 2, end], color=INK, linewidth=1)
        label = f"médiane : {number(answers.median, 1)}"
        sheet.write(x - 4 if at_left else x + 4, 4, label, weight="bold", ha="right" if at_left else "left")
        sheet.write(0, head + tall + 26, capitalise(scale.bas), NO[0], size=SMALL)
        sheet.write(width, head + tall + 26, capitalise(scale.haut), YES[0], size=SMALL, ha="right")
        return sheet.figure

    return Chart(draw, alt)


def _shades(result: LikertResult) -> dict[str, str]:
    """Give every group of the scale its colour: strong at the ends, pale towards the middle."""
    groups = result.scale.groupes
    no = [g.id for g in groups if g.sens == "desaccord"]
    yes = [g.id for g in groups if g.sens == "accord"][::-1]
    middle = {g.id: NEUTRAL for g in groups if g.sens == "neutre"}
    return {**_ramp(no, NO), **_ramp(yes, YES), **middle}


def _ramp(groups: Sequence[str], colours: Sequence[str]) -> dict[str, str]:
    return {group: colours[min(i, len(colours) - 1)] for i, group in enumerate(groups)}


def _score_colours(result: LikertResult) -> list[str]:
    shades = _shades(result)
    return [shades[g.id] for g in result.scale.groupes for _ in g.scores]


def diverging(blocks: Sequence[Sequence[LikertResult]], title: str) -> Chart:
    """Draw rated items as stacked bars centred on the middle of the neutral scores.

    Parameters
    ----------
    blocks : sequence of sequences
        One block per item: one result, or one for each group of communes to set side by side.
    """
    every = [result for block in blocks for result in block]
    paired = len(blocks[0]) > 1
    who = " et ".join(dict.fromkeys(f"{r.noun.plural} (n = {number(r.expected)})" for r in every))
    subtitle = typeset(f"Part des réponses, en % : désaccord à gauche, accord à droite. {capitalise(who)}.")
    alt = _alt(
        "Barres empilées, centrées sur le milieu de l’échelle",
        title,
        [
            f"{r.question.libelle}{f', {r.noun.plural}' if paired else ''} : désaccord {percent(r.disagree)}, "
            f"milieu {percent(r.neutral)}, accord {percent(r.agree)}"
            for r in every
        ],
    )
    left = max(r.disagree + r.neutral / 2 for r in every)
    right = max(r.agree + r.neutral / 2 for r in every)

    def draw(width: float) -> Figure:
        narrow = width < WIDE
        face, bar, line = font(TEXT), 16.0, TEXT * LEADING
        groups = {r.base: f"{'non actives' if r.base == 'non_actives' else 'actives'}" for r in every} if paired else {}
        tags = max((measure(text, font(SMALL, "bold")) for text in groups.values()), default=0) + 8 * paired
        gutter = 0 if narrow else min(max(measure(b[0].question.libelle, face) for b in blocks), 150) + 10
        margin = measure("100", font(TEXT, "bold")) + 6
        names = [wrap(b[0].question.libelle, width if narrow else gutter - 6, face) for b in blocks]
        head = line * 1.2 if narrow else 0
        room = [
            head + max(len(b) * (bar + 3), 0 if narrow else len(n) * line) for b, n in zip(blocks, names, strict=True)
        ]
        tops = np.cumsum([0, *(height + 10 for height in room)])
        sheet = Sheet(width, title, subtitle, tops[-1] + _legend_height(narrow))
        start = gutter + tags + margin
        scale = (width - start - margin) / (left + right)
        zero = start + left * scale
        for block, name, top, height in zip(blocks, names, tops, room, strict=False):
            sheet.write_lines(0, top + (line / 2 if narrow else height / 2), name)
            inner = top + head + (height - head - len(block) * (bar + 3)) / 2
            for i, result in enumerate(block):
                y = inner + i * (bar + 3) + bar / 2
                _stack(sheet.axes, result, zero, scale, sheet.top + y, bar)
                low = zero - (result.disagree + result.neutral / 2) * scale
                high = zero + (result.agree + result.neutral / 2) * scale
                sheet.write(low - 4, y, number(result.disagree * 100), NO[0], weight="bold", ha="right")
                sheet.write(high + 4, y, number(result.agree * 100), YES[0], weight="bold")
                if paired:
                    style = {"colour": YES[0], "weight": "bold"} if result.base == "actives" else {"colour": QUIET}
                    sheet.write(gutter, y, groups[result.base], size=SMALL, **style)
        sheet.axes.plot([zero, zero], [sheet.top, sheet.top + tops[-1] - 10], color="white", linewidth=1)
        _legend(sheet, every[0], tops[-1] + 6, narrow)
        return sheet.figure

    return Chart(draw, alt)


def _stack(axes: Axes, result: LikertResult, zero: float, scale: float, y: float, height: float) -> None:
    shades = _shades(result)
    x = zero - (result.disagree + result.neutral / 2) * scale
    for group in result.scale.groupes:
        length = result.answers.share(group.scores) * scale
        axes.barh(y, length, height=height, left=x, color=shades[group.id], edgecolor="white", linewidth=0.5)
        x += length


def _legend_height(narrow: bool) -> float:
    return 48 if narrow else 44


def _legend(sheet: Sheet, result: LikertResult, y: float, narrow: bool) -> None:
    groups, shades = result.scale.groupes, _shades(result)
    step = sheet.width / len(groups) if narrow else 46
    left = (sheet.width - step * len(groups)) / 2
    ends = left + step * len(groups)
    sheet.write(left, y + 4, f"← {result.scale.bas}", NO[0], size=SMALL)
    sheet.write(ends, y + 4, f"{result.scale.haut} →", YES[0], size=SMALL, ha="right")
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


def options_by_size(results: dict[str, ChoiceResult], title: str) -> Chart:
    """Draw the options in one panel per size of communes: side by side, or stacked on a phone.

    Parameters
    ----------
    results : dict
        Result by label of the size.
    """
    every = list(results.values())
    names = [capitalise(typeset(every[0].label(o))) for o in every[0].answers.shares.index]
    heads = [typeset(f"{capitalise(size)} (n = {number(r.answers.n)})") for size, r in results.items()]
    subtitle = typeset(f"{every[0].question.enonce} Part des {every[0].noun.plural} de chaque taille, en %.")
    alt = _alt(
        "Barres par taille de commune",
        title,
        [
            f"{head} : " + ", ".join(f"{n} {percent(s)}" for n, s in zip(names, r.answers.shares, strict=True))
            for head, r in zip(heads, every, strict=True)
        ],
    )

    def draw(width: float) -> Figure:
        narrow = width < WIDE
        gutter = max(measure(n, font(SMALL)) for n in names) + 8
        panels = 1 if narrow else len(every)
        column = (width - gutter) / panels
        row, head = 19.0, 28.0 if narrow else 44.0
        block = head + row * len(names)
        sheet = Sheet(width, title, subtitle, block * (len(every) if narrow else 1))
        room = measure("100", font(TEXT, "bold")) + 14
        for i, (label, result) in enumerate(zip(heads, every, strict=True)):
            top, left = (i * block, gutter) if narrow else (0, gutter + i * column)
            lines = wrap(label, (width if narrow else column) - 8, font(SMALL, "bold"))
            sheet.write_lines(0 if narrow else left, top + head / 2, lines, size=SMALL, weight="bold", colour=QUIET)
            lengths = result.answers.shares.to_numpy() * (column - room)
            middles = [top + head + (k + 0.5) * row for k in range(len(names))]
            sheet.axes.barh(sheet.top + np.array(middles), lengths, height=11, left=left, color=YES[1])
            for y, length, share, name in zip(middles, lengths, result.answers.shares, names, strict=True):
                sheet.write(left + length + 4, y, number(share * 100), weight="bold")
                if narrow or i == 0:
                    sheet.write(0, y, name, size=SMALL)
        return sheet.figure

    return Chart(draw, alt)
