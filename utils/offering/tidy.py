"""An edition as tidy tables: one row a result, as the pages publish it and no further.

Every count comes from the results that the chapters print, so that what they hide is
hidden here too, by the same suppression.
"""

__all__ = ["as_csv", "held", "tidy"]

from collections.abc import Iterator

import pandas as pd

from utils import french
from utils.french import capitalise, typeset
from utils.offering.fields import TABLES, tables
from utils.offering.layouts import Layout
from utils.spreadsheet import csv_text
from utils.statistics.intervals import Interval
from utils.statistics.promoters import net_interval
from utils.survey.codebook import ALL, SPLIT, Question
from utils.survey.parts import Part
from utils.survey.places import at_rank, ranks_of
from utils.survey.rankings import RankResult
from utils.survey.results import HIDDEN, SIDES, ChoiceResult, LikertResult
from utils.survey.wave import Wave

WHOLE = "ensemble"
PUBLISHED = "publie"
APART = "sans_avis"  # the kind of an answer that is no opinion
_SIDES = {"desaccord": "désaccord", "neutre": "milieu", "accord": "accord"}
_DTYPES = {"string": "string", "integer": "Int64", "number": "Float64"}
Row = tuple[object, ...]


def tidy(wave: Wave) -> dict[str, pd.DataFrame]:
    """Return the tables of `fields.TABLES`, by name; those of a type that the wave does not ask are left out.

    Shares lie between 0 and 1; what is hidden or was not computed is NA, and `statut`
    tells which of the two.

    Examples
    --------
    >>> from utils.reading import waves
    >>> results = tidy(waves.load("2017"))["resultats"]
    >>> results.query("question == 'medias' and reponse == 'facebook'")[["effectif", "n"]].values.tolist()
    [[91, 92]]
    """
    rows = {
        "resultats": _results(wave),
        "resumes": _summaries(wave),
        "nombres": _numbers(wave),
        "classements": _rankings(wave),
        "bases": _bases(wave),
        "participation": _frame(wave),
        "questions": _questions(wave),
        "modalites": _answers(wave),
        "echelles": _scales(wave),
        "strates": _strata(wave),
        "colonnes": _columns(wave),
    }
    return {name: _table(wave, layout, rows[name]) for name, layout in held(wave).items()}


def held(wave: Wave) -> dict[str, Layout]:
    """Return the tables that an edition has: a type of question may be asked in none of its chapters."""
    asked = {question.type for question in wave.codebook.questions}
    return {name: layout for name, layout in tables(wave.codebook).items() if layout.type in (None, *asked)}


def as_csv(table: pd.DataFrame) -> str:
    """Write a tidy table as comma-separated text: decimal point, nothing for NA, no cell that runs as a formula."""
    return csv_text(list(table.columns), ([_text(value) for value in row] for row in table.itertuples(index=False)))


def _text(value: object) -> str:
    if pd.isna(value):
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _table(wave: Wave, layout: Layout, rows: Iterator[Row]) -> pd.DataFrame:
    fictional = "oui" if wave.about.fictif else "non"
    table = pd.DataFrame([(wave.id, *row, fictional) for row in rows], columns=layout.columns, dtype=object)
    table = table.astype({field.name: _DTYPES[field.type] for field in layout.fields})
    # Further decimals are those of the machine that computed them; adding zero takes the sign off it.
    rounded = {field.name: table[field.name].round(6) + 0.0 for field in layout.fields if field.type == "number"}
    return table.assign(**rounded)


def _counted(wave: Wave) -> list[Question]:
    """Return the questions whose answers are counted: all but free texts."""
    return [question for question in wave.codebook.questions if question.type != "texte"]


def _results(wave: Wave) -> Iterator[Row]:
    for question in _counted(wave):
        for base in question.bases:
            found, where = wave.result(question.id, base), (question.id, base)
            rated, kind = isinstance(found, LikertResult), _kind(question)
            for answer, part in _answered(found).items():
                yield *where, WHOLE, ALL, kind, str(answer), *_measures(None if found.withheld else part)
            for side in SIDES.values() if rated else ():
                part = None if found.withheld else found.part(tuple(found.scale.side(side)))
                yield *where, WHOLE, ALL, "cote", side, *_measures(part)
            for answer in found.no_opinion.index:
                part = None if found.withheld else found.no_opinion_part(answer)
                yield *where, WHOLE, ALL, APART, answer, *_measures(part)
            for by in wave.codebook.kinds:
                for stratum, kind, answer, part, n in _split(wave, question, base, by):
                    yield *where, by, stratum, kind, answer, *_measures(part, n)


def _kind(question: Question) -> str:
    return {"likert": "score", "nombre": "classe", "classement": "rang"}.get(question.type, "option")


def _answered(found: LikertResult | ChoiceResult) -> dict[object, Part]:
    """Return each answer's part of a result; of a ranking, at every rank."""
    if isinstance(found, RankResult):
        places = found.ranks.iterrows()
        return {at_rank(option, rank): found.placed(n) for option, own in places for rank, n in own.items()}
    rated = isinstance(found, LikertResult)
    return {answer: found.part((answer,) if rated else answer) for answer in found.answers.counts.index}


def _named(question: Question, answer: str) -> str:
    """Return what an answer is called in a breakdown: of a ranking, first places."""
    return at_rank(answer, 1) if question.type == "classement" else answer


def _measures(part: Part | None, n: int | None = None) -> Row:
    """Return count, n, share, its interval and its status; a hidden count tells nothing but its n, if that."""
    if part is None:
        return None, None if pd.isna(n) else int(n), None, None, None, HIDDEN
    told = (part.share if part.n else None, *_ends(part.interval))
    return part.count, part.n, *(_as_printed(value) if part.weighted else value for value in told), PUBLISHED


def _as_printed(value: float | None, decimals: int = 2) -> float | None:
    """Round what is weighted as pages print it: told exactly, beside its count, it would tell of the weights."""
    return None if value is None else round(value, decimals)


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


def _split(
    wave: Wave, question: Question, base: str, by: str
) -> Iterator[tuple[str, str, str, Part | None, int | None]]:
    """Yield stratum, kind of answer, answer, part and n of one breakdown, as the pages show it; nothing if none."""
    if question.id == SPLIT:
        split = wave.activity(by)
        for stratum, counts in split.counts.iterrows():
            for answer in counts.index:
                n = None if split.withheld else counts.sum()
                yield stratum, "option", answer, None if stratum in split.hidden else split.part(stratum, answer), n
    elif found := wave.breakdown(question.id, by, base):
        kind = "cote" if question.type == "likert" else _kind(question)
        for stratum in found.labels:
            for answer in found.counts.index:
                yield stratum, kind, _named(question, answer), found.part(answer, stratum), found.n[stratum]
            for answer in found.no_opinion.index:
                yield stratum, APART, answer, found.part(answer, stratum), found.answered[stratum]
    elif by == "taille" and question.type != "likert" and wave.by_size(question.id):
        sizes = wave.options_by_size(question.id)
        for stratum, answers in sizes.results.items():
            for option in sizes.splits:
                told = answers.part(option)
                yield stratum, _kind(question), _named(question, option), told, answers.answers.n
            for option in answers.no_opinion.index:
                yield stratum, APART, option, answers.no_opinion_part(option), answers.answered


def _summaries(wave: Wave) -> Iterator[Row]:
    for question in _counted(wave):
        for base in question.bases if question.type == "likert" else ():
            found = wave.likert(question.id, base)
            answers = found.answers
            if found.withheld:
                yield question.id, base, *[None] * (len(TABLES["resumes"].columns) - 5), HIDDEN
                continue
            shares = (found.disagree, found.neutral, found.agree, *_ends(found.agree_interval), found.net)
            centres = (answers.median, *_ends(found.median_interval), answers.q1, answers.q3)
            centres += (answers.mean, *_ends(found.mean_interval), answers.sd)
            net = _net(found)
            if found.weighted:
                shares, centres = map(_as_printed, shares), (_as_printed(value, 1) for value in centres)
                net = (_as_printed(value, 0) for value in net)
            yield question.id, base, answers.n, found.expected, *shares, *centres, *net, PUBLISHED


def _numbers(wave: Wave) -> Iterator[Row]:
    for question in _counted(wave):
        for base in question.bases if question.type == "nombre" else ():
            found = wave.result(question.id, base)
            where = (question.id, base, typeset(question.unite))
            if found.withheld:
                yield *where, *[None] * 7, HIDDEN
                continue
            told = found.summary.iloc[0]
            numbers = (told[name] for name in ("median", "median_low", "median_high", "q1", "q3"))
            middle = [None if pd.isna(number) else float(number) for number in numbers]
            yield *where, found.answers.n, *middle, told["class"], PUBLISHED


def _rankings(wave: Wave) -> Iterator[Row]:
    for question in _counted(wave):
        for base in question.bases if question.type == "classement" else ():
            found = wave.result(question.id, base)
            for option, told in found.summary.iterrows():
                if found.withheld:
                    yield question.id, base, option, *[None] * 6, HIDDEN
                    continue
                names = ("mean_rank", "mean_rank_low", "mean_rank_high", "borda")
                standing = [None if pd.isna(told[name]) else float(told[name]) for name in names]
                yield question.id, base, option, int(told["n"]), int(told["first"]), *standing, PUBLISHED


def _net(found: LikertResult) -> Row:
    """Return the net promoter score and its interval, in points; nothing where the scale makes none."""
    if not found.rated or not found.answers.n:
        return None, None, None
    return tuple(100 * value for value in (found.net, *_ends(net_interval(found.rated))))


def _bases(wave: Wave) -> Iterator[Row]:
    for question in _counted(wave):
        for base in question.bases:
            found = wave.result(question.id, base)
            apart = int(found.no_opinion.sum()) if question.no_opinion and not found.withheld else None
            yield question.id, base, found.expected, found.answers.n, apart, found.blank if found.from_rows else None


def _frame(wave: Wave) -> Iterator[Row]:
    yield WHOLE, ALL, *_took_part(wave.asked(), wave.about.communes)
    for by in wave.codebook.kinds:
        for stratum, (present, absent) in wave.participation(by).counts.iterrows():
            yield by, stratum, *_took_part(present + absent, present)


def _took_part(asked: int, present: int) -> Row:
    return int(asked), int(present), int(asked - present), present / asked if asked else None


def _questions(wave: Wave) -> Iterator[Row]:
    for order, asked in enumerate(wave.codebook.questions, 1):
        told = (typeset(asked.libelle), typeset(asked.enonce))
        yield (
            asked.id,
            order,
            asked.chapitre,
            asked.type,
            *told,
            asked.base,
            asked.echelle,
            asked.echelle and asked.polarite,
        )


def _answers(wave: Wave) -> Iterator[Row]:
    for question in _counted(wave):
        options = {option: capitalise(typeset(label)) for option, label in question.options.items()}
        apart = [(APART, option, options.pop(option)) for option in question.no_opinion]
        answers = [(_kind(question), option, label) for option, label in options.items()]
        if question.type == "classement":
            ranked = [
                (at_rank(option, rank), f"{label}, rang {rank}")
                for option, label in options.items()
                for rank in ranks_of(question)
            ]
            answers = [("rang", name, label) for name, label in ranked]
        if question.type == "likert":
            scale = wave.codebook.scale(question.id)
            answers = [("score", str(score), french.number(score)) for score in scale.points]
            answers += [("cote", side, capitalise(_SIDES[side])) for side in SIDES.values()]
        every = enumerate([*answers, *apart], 1)
        yield from ((question.id, kind, answer, i, label) for i, (kind, answer, label) in every)


def _scales(wave: Wave) -> Iterator[Row]:
    for name, scale in wave.codebook.echelles.items():
        ends = {scale.minimum: scale.bas, scale.maximum: scale.haut}
        for group in scale.groupes:
            for score in group.scores:
                yield name, score, typeset(ends[score]) if score in ends else None, group.id, group.sens


def _strata(wave: Wave) -> Iterator[Row]:
    yield WHOLE, ALL, "Ensemble", None, None
    for by, strata in (("province", wave.codebook.provinces), ("taille", wave.codebook.tailles)):
        for stratum in strata:
            yield by, stratum.id, capitalise(typeset(stratum.libelle)), stratum.minimum, stratum.maximum


def _columns(wave: Wave) -> Iterator[Row]:
    for layout in held(wave).values():
        for field in layout.fields:
            yield layout.name, field.name, field.title, field.type, typeset(field.says)
