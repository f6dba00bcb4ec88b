"""Options put in order, as bars of the ranks that they were given, and as tables."""

__all__ = ["bars", "ranks", "summary"]

from matplotlib.figure import Figure

from utils.french import MISSING, capitalise, typeset
from utils.showing.canvas import Chart, Sheet, describe, empty, font, measure
from utils.showing.lines import BAR, Lines
from utils.showing.origins import Origin, of_design
from utils.showing.style import LEADING, NEUTRAL, QUIET, SMALL, TEXT, YES
from utils.showing.tables import INTERVAL, Table, interval, share, statistic
from utils.survey.rankings import RankResult
from utils.survey.results import HIDDEN
from utils.telling.figures import number, percent
from utils.telling.orders import DECIMALS, headline
from utils.telling.phrases import basis

_TONES = (*YES, NEUTRAL)  # of the first ranks, then of all that follow


def bars(result: RankResult) -> Chart:
    """Draw one bar per option, the best mean rank on top, cut by the ranks that it was given."""
    title = headline(result)
    if not result.answers.n:
        return empty(title, result.question.enonce)
    shares = result.ranks.loc[result.best] / result.answers.n
    steps = [list(shares.columns[i : i + 1]) for i in range(min(len(YES), shares.shape[1]))]
    if rest := list(shares.columns[len(YES) :]):
        steps.append(rest)
    names = [_named(step) for step in steps]
    labels = [capitalise(typeset(result.label(option))) for option in result.best]
    means = [
        number(result.standings[option].mean, DECIMALS, fixed=True) if result.standings else ""
        for option in result.best
    ]
    ending = " À droite, le rang moyen." if result.standings else ""
    subtitle = typeset(f"{result.question.enonce} {basis(result)}. Part des réponses à chaque rang.{ending}")
    values = [
        f"{label} : "
        + ", ".join(
            [f"rang {rank} {percent(shares.loc[option, rank])}" for rank in shares.columns]
            + [f"rang moyen {mean}"] * bool(mean)
        )
        for label, option, mean in zip(labels, result.best, means, strict=True)
    ]
    alt = describe("Barres empilées, par rang", "part en % des réponses", title, values)

    def draw(width: float) -> Figure:
        lines = Lines(labels, width)
        legend, rows = _legend(names, width - lines.left)
        sheet = Sheet(width, title, subtitle, lines.bottom + 8 + rows * SMALL * LEADING * 1.2)
        lines.write(sheet)
        unit = width - lines.left - (max(measure(mean, font(TEXT, "bold")) for mean in means) + 8)
        for option, mean, y in zip(result.best, means, lines.places, strict=True):
            left = lines.left
            for tone, step in zip(_TONES, steps, strict=False):
                length = float(shares.loc[option, step].sum()) * unit
                sheet.axes.barh(
                    sheet.top + y, length, height=BAR, left=left, color=tone, edgecolor="white", linewidth=0.5
                )
                left += length
            sheet.write(left + 5, y, mean, weight="bold")
        for (x, row), name, tone in zip(legend, names, _TONES, strict=False):
            y = lines.bottom + 6 + row * SMALL * LEADING * 1.2
            sheet.axes.barh(sheet.top + y, 9, height=9, left=lines.left + x, color=tone)
            sheet.write(lines.left + x + 13, y, name, QUIET, size=SMALL)
        return sheet.figure

    return Chart(draw, alt)


def _named(ranks: list[int]) -> str:
    if len(ranks) == 1:
        return f"rang {ranks[0]}"
    return f"rangs {ranks[0]} {'et' if len(ranks) == 2 else 'à'} {ranks[-1]}"


def _legend(names: list[str], width: float) -> tuple[list[tuple[float, int]], int]:
    """Return where each name of a legend stands, from the left and by row, and how many rows there are."""
    places, x, row = [], 0.0, 0
    for name in names:
        size = measure(name, font(SMALL)) + 27
        if x and x + size > width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += size
    return places, row + 1


def summary(result: RankResult) -> Table:
    """Return the first places, the mean rank and the Borda count of every option, the best mean rank first."""
    rows = []
    for option in result.best:
        found, answers = result.standings.get(option), result.answers
        cells = (HIDDEN,) * 6
        if not result.withheld:
            told = (MISSING,) * 3
            if found:
                told = (statistic(found.mean, 2), interval(found.interval, "", 2), statistic(found.borda, 2))
            cells = (
                number(answers.counts[option]),
                share(answers.shares[option]),
                interval(result.interval(option)),
                *told,
            )
        rows.append((capitalise(typeset(result.label(option))), *cells))
    if result.blank:
        rows.append(("Sans réponse", number(result.blank), *["–"] * 5))
    header = ("Réponse", "Premières places", "Part", INTERVAL, "Rang moyen", f"Rang moyen, {INTERVAL.lower()}", "Borda")
    n = "" if result.withheld else f", n = {number(result.answers.n)}"
    return Table(
        typeset(f"{result.question.libelle} ({result.noun.plural}{n})"),
        header,
        tuple(rows),
        source=result.source,
        files=of_design(result.design),
        method="parts des premières places et leurs intervalles ; rang moyen, une réponse non classée comptant pour la "
        "moyenne des rangs restants, et intervalle de Student ; compte de Borda de 0 à 1",
    )


def ranks(result: RankResult) -> Table:
    """Return how many gave each option each rank."""
    n = result.answers.n
    rows = [
        (
            capitalise(typeset(result.label(option))),
            *((HIDDEN,) * (len(own) + 1) if result.withheld else (*map(number, own), number(n - own.sum()))),
        )
        for option, own in result.ranks.loc[result.best].iterrows()
    ]
    header = ("Réponse", *(f"Rang {rank}" for rank in result.ranks.columns), "Non classée")
    caption = typeset(f"{result.question.libelle} : réponses à chaque rang ({result.noun.plural})")
    return Table(caption, header, tuple(rows), source=result.source, files=(Origin.ANSWERS,), method="effectifs")
