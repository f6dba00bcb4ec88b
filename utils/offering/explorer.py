"""Every answer of an edition, as the explorer shows it: questions, their views, and the groups that answer apart.

A view is one way to look at a question: its answers as a whole, or split by province, by
size or by activity. Each state of the page has an address, which stays the same from one
edition to the next where the question does:

`60_explorer.html#question=medias&selon=province&groupe=liege`

`question` is a question's id. `selon` is a view's id: `ensemble`, `province`, `taille`;
for a rated item that active and non-active communes answer apart, `activite`, `actives`
and `non_actives`, then `province-actives`, `taille-non_actives` and so on. Of two other kinds of
communes, it is the question that tells them apart, and their names. `groupe` is a stratum's
id. What is left out takes its first value: the question's first view, all groups.
"""

__all__ = ["FICTIONAL", "cell", "explored", "first_result", "size", "views"]

from collections.abc import Iterable

import pandas as pd

from utils.french import capitalise, decapitalise, typeset
from utils.showing import by_stratum
from utils.showing.shades import score_colours, side_colours
from utils.showing.style import NEUTRAL, VARIABLES
from utils.showing.tables import INTERVAL, LEGEND, count_of, interval, share
from utils.statistics.choices import choices
from utils.statistics.design import ANALYTIC, WEIGHTED
from utils.statistics.intervals import LEVEL
from utils.statistics.likert import distribution
from utils.survey.codebook import ALL, SPLIT, Question
from utils.survey.numbers import NumberResult
from utils.survey.parts import Part
from utils.survey.results import HIDDEN, ChoiceResult, LikertResult
from utils.survey.scales import Group, Scale
from utils.survey.strata import Breakdown
from utils.survey.wave import Wave
from utils.telling import breakdowns, contrasts, options, phrases, verdicts
from utils.telling.figures import number, percent
from utils.telling.no_opinion import outside
from utils.telling.promoters import net_score, scores_apart

FICTIONAL = "Données fictives"
_SIDES = {"desaccord": "Désaccord", "neutre": "Milieu", "accord": "Accord"}
_ACTIVITY = {"oui": "--oui-2", "non": "--non-2"}

Json = dict[str, object]


def explored(wave: Wave) -> Json:
    """Return all that the explorer can show of an edition, ready to be written as JSON.

    Returns
    -------
    dict
        The texts that are common to all, and `questions`: each with its `views`, each of them with
        `answers` (name and colour, a CSS variable) and `groups`. A group has one cell per answer:
        count, share and interval as they are printed, then share and interval (0..1) as they are
        drawn. A cell is null where the count is not published; its numbers are left out where there
        are none to compute. A view without groups is not published, and its `note` says so.
    """
    return {
        "edition": wave.id,
        "fictional": FICTIONAL if wave.about.fictif else "",
        "default": first_result(wave).question.id,
        "hidden": HIDDEN,
        "hiddenSaid": typeset(f"{HIDDEN} : non publié."),
        "legend": LEGEND,
        "interval": INTERVAL,
        "shaded": typeset("Part en %, que suit la couleur des cases."),
        "unit": typeset(f"Part en %. Trait : intervalle à {percent(LEVEL)}."),
        "questions": [_question(wave, question) for question in wave.codebook.questions if question.type != "texte"],
    }


def first_result(wave: Wave) -> LikertResult | ChoiceResult:
    """Return the answers to the question that the page shows before anything is chosen.

    The one that tells two kinds of communes apart; else the first of the questionnaire.
    """
    codebook = wave.codebook
    counted = (question.id for question in codebook.questions if question.type != "texte")
    return wave.result(SPLIT if SPLIT in codebook else codebook.pair.question if codebook.pair else next(counted))


def _question(wave: Wave, question: Question) -> Json:
    return {
        "id": question.id,
        "label": question.libelle,
        "statement": typeset(question.enonce),
        "chapter": question.chapitre,
        "views": list(views(wave, question)),
    }


def views(wave: Wave, question: Question) -> Iterable[Json]:
    """Yield each way to look at a question, as `explored` describes them."""
    if len(question.bases) == 1:
        result = wave.result(question.id)
        yield _whole(result, "ensemble", "Aucun critère")
        for by in wave.codebook.kinds:
            if found := _breakdown(wave, question, by):
                yield _split(found, by, _title(wave, found))
        return
    if question.type == "likert":
        yield _activity(wave, question)
    for base in question.bases:
        yield _whole(wave.result(question.id, base), base, f"{capitalise(question.noun(base).plural)} seules")
    for base in question.bases:
        for by in wave.codebook.kinds:
            if found := wave.breakdown(question.id, by, base):
                yield _split(found, f"{by}-{base}", _title(wave, found), question.noun(base).plural)


def _whole(result: LikertResult | ChoiceResult, name: str, label: str, said: str = "") -> Json:
    """Return the view of everybody who answered: each option, or each score."""
    if isinstance(result, LikertResult):
        scale, order = result.scale, list(result.scale.points)
        names = {score: typeset(name) for score, name in scale.named.items()}
        tones = dict(zip(order, (VARIABLES[colour] for colour in score_colours(result)), strict=True))
        parts = {score: result.part((score,)) for score in order}
    else:
        order = result.order
        names, tones = _options(result, order)
        parts = {option: result.part(option) for option in order}
    apart = [(outside(result, option), VARIABLES[NEUTRAL]) for option in result.no_opinion.index]
    group = {
        "id": "tous",
        "name": capitalise(result.noun.plural),
        "n": size(result),
        "basis": phrases.basis(result),
        "title": phrases.headline(result),
        "cells": [None if result.withheld else cell(parts[key]) for key in order] + _apart_cells(result),
    }
    note = net_score(result) if isinstance(result, LikertResult) else ""
    return _view(name, label, said, result, [*((names[k], tones[k]) for k in order), *apart], [group], note)


def _apart_cells(result: LikertResult | ChoiceResult) -> list[list | None]:
    """Return the cells of the answers that are no opinion: their shares are of all who answered."""
    return [None if result.withheld else cell(result.no_opinion_part(option)) for option in result.no_opinion.index]


def _activity(wave: Wave, question: Question) -> Json:
    """Return the view of a rated item as two kinds of communes answer it."""
    pair = wave.contrast(question.id)
    title = contrasts.compared(pair)
    if pair.active.answers.n and pair.other.answers.n:
        told = (f"{percent(side.agree)} des {side.noun.plural}" for side in (pair.active, pair.other))
        title = typeset(f"{' et '.join(told)} disent {question.constat}")
    groups = [
        {
            "id": side.base,
            "name": capitalise(side.noun.plural),
            "n": size(side),
            "basis": phrases.basis(side),
            "title": phrases.headline(side),
            "cells": _side_cells(side),
        }
        for side in (pair.active, pair.other)
    ]
    told = (contrasts.sides_apart(pair), scores_apart(pair))
    note = verdicts.UNTESTED if pair.withheld else " ".join(filter(None, told))
    name = "activite" if pair.kinds.question == SPLIT else pair.kinds.question
    label = " et ".join(side.pluriel for side in pair.kinds.groupes)
    view = _view(name, capitalise(label), "", pair.active, _sides(pair.active), groups, note)
    basis = typeset(" ; ".join([phrases.basis(pair.active), decapitalise(phrases.basis(pair.other))]))
    return {**view, "title": title, "basis": basis}


def _breakdown(wave: Wave, question: Question, by: str) -> Breakdown | None:
    """Return a question by province or by size in whatever form the wave publishes it; None if it does not."""
    if question.id == SPLIT:
        strata = wave.activity(by)
        hidden = strata.shares.index.isin(strata.hidden)
        counts = strata.counts.T.astype("Int64")
        counts.loc[:, hidden] = pd.NA
        sizes = strata.counts.sum(axis=1).astype("Int64")
        sizes = sizes.mask(sizes.notna() & strata.withheld)
        told = (counts, sizes, bool(hidden.all()), None)
        known = {"designs": strata.designs, "weighed": strata.weighed and strata.weighed.each(lambda layer: layer.T)}
        return Breakdown(wave.choice(SPLIT), by, strata.labels, *told, division=strata.division, **known)
    if wave.about.source == "reponses":
        return wave.breakdown(question.id, by)
    # An aggregated wave counts few questions so, and those with options by size only.
    sized = wave.counts.loc[wave.counts["taille"] != ALL, "question"]
    if by != "taille" or question.type == "likert" or question.id not in set(sized):
        return None
    split = wave.options_by_size(question.id)
    counts = pd.DataFrame({size: result.answers.counts for size, result in split.results.items()}).astype("Int64")
    sizes = pd.Series({size: result.answers.n for size, result in split.results.items()})
    apart = pd.DataFrame({size: result.no_opinion for size, result in split.results.items()}).astype("Int64")
    labels = wave.codebook.strata(by)
    designs = {size: result.design for size, result in split.results.items()}
    told = (counts, sizes, split.withheld, None, apart, split.division)
    return Breakdown(split.whole, by, labels, *told, designs=designs)


def _title(wave: Wave, found: Breakdown) -> str:
    """Tell what a view by province or by size shows."""
    question = found.whole.question
    if question.id == SPLIT:
        return verdicts.strata_headline(wave.activity(found.by), "la part de communes actives")
    if wave.about.source == "effectifs":
        return options.size_headline(wave.options_by_size(question.id))
    return typeset(f"{question.libelle}, selon {found.kind}")


def _split(found: Breakdown, name: str, title: str, who: str = "") -> Json:
    """Return the view of a question by province or by size, with what may be told."""
    whole, said = found.whole, f"selon {found.kind}"
    label = capitalise(found.division.singulier) if found.by == "province" else "Taille"
    if isinstance(whole, LikertResult):
        order, answers, everyone = list(_SIDES), _sides(whole), _side_cells(whole)
    else:
        order = [option for option in whole.order if option in found.counts.index]
        names, tones = _options(whole, order)
        if whole.question.id == SPLIT:
            tones = _ACTIVITY
        answers = [(names[option], tones[option]) for option in order]
        everyone = [cell(whole.part(option)) for option in order]
    apart = list(found.no_opinion.index)
    answers = [*answers, *((by_stratum.beside(whole, option), VARIABLES[NEUTRAL]) for option in apart)]
    groups = []
    if found.withheld:
        view = _view(name, f"{label} ({who})" if who else label, said, whole, answers, [], verdicts.WITHHELD)
        return {**view, "title": title, "basis": phrases.basis(whole)}
    for stratum, stratum_label in found.labels.items():
        n, parts = found.n[stratum], {answer: found.part(answer, stratum) for answer in (*order, *apart)}
        told = "" if pd.isna(n) else f", n = {number(n)}"
        here = capitalise(typeset(stratum_label))
        groups.append(
            {
                "id": stratum,
                "name": here,
                "n": HIDDEN if pd.isna(n) else number(n),
                "basis": typeset(f"{capitalise(whole.noun.plural)}, {stratum_label}{told}"),
                "title": typeset(f"{here} : {_stratum_headline(found, stratum)}"),
                "cells": [None if part is None else cell(part) for part in parts.values()],
            }
        )
    total = {"id": "tous", "name": "Ensemble", "n": number(whole.answers.n), "basis": phrases.basis(whole)}
    cells = everyone + [cell(whole.no_opinion_part(option)) for option in apart]
    groups.append({**total, "title": phrases.headline(whole), "cells": cells, "whole": True})
    view = _view(name, f"{label} ({who})" if who else label, said, whole, answers, groups, breakdowns.tested(found))
    return {**view, "title": title, "basis": phrases.basis(whole)}


def _stratum_headline(found: Breakdown, stratum: str) -> str:
    """Tell the finding of one stratum, or that it cannot be told as some of its counts are not published."""
    whole, counts, n = found.whole, found.counts[stratum], found.n[stratum]
    if counts.isna().any() or pd.isna(n):
        return "une partie des réponses n’est pas publiée"
    n, weighed = int(found.n[stratum]), found.within(stratum)
    told = {
        "question": whole.question,
        "base": whole.base,
        "expected": n,
        "design": found.designs.get(stratum, ANALYTIC),
    }
    told |= {"from_rows": True, "withheld": False}
    if isinstance(whole, LikertResult):
        # Only the three sides are known of a stratum: a scale of three scores holds them.
        groups = [Group(id=side, libelle=side, scores=(i,), sens=side) for i, side in enumerate(counts.index)]
        scale = Scale(minimum=0, maximum=2, bas=whole.scale.bas, haut=whole.scale.haut, groupes=tuple(groups))
        weighed = weighed and weighed.each(lambda layer: layer.set_axis(scale.points))
        answers = distribution({i: int(k) for i, k in enumerate(counts)}, scale.points, weighed)
        told |= {"design": WEIGHTED} if answers.weighted else {}
        return decapitalise(phrases.headline(LikertResult(**told, scale=scale, answers=answers)))
    # In the questionnaire's order: the first option is the one that `constat` tells.
    counts = counts.reindex([o for o in whole.question.options if o in counts.index]).astype(int)
    weighed = weighed and weighed.each(lambda layer: layer.loc[counts.index])
    answers = choices(counts, n, weighed, found.bases.get(stratum))
    told |= {"design": WEIGHTED} if answers.weighted else {}
    result = ChoiceResult(**told, answers=answers)
    return decapitalise(phrases.headline(NumberResult.of(result) if result.question.type == "nombre" else result))


def _view(
    name: str,
    label: str,
    said: str,
    result: LikertResult | ChoiceResult,
    answers: list[tuple[str, str]],
    groups: list[Json],
    note: str = "",
) -> Json:
    return {
        "id": name,
        "label": label,
        "said": said,
        "counted": capitalise(result.noun.plural),
        "answers": [{"name": name, "tone": tone} for name, tone in answers],
        "groups": groups,
        "note": note,
    }


def _options(result: ChoiceResult, order: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return name and colour of each option."""
    names = {option: capitalise(typeset(result.label(option))) for option in order}
    return names, dict.fromkeys(order, "--oui-2" if result.place == 0 else "--ensemble")


def size(result: LikertResult | ChoiceResult) -> str:
    """Return of how many the shares of a result are, as it is printed."""
    return HIDDEN if result.withheld else number(result.answers.n)


def _sides(result: LikertResult) -> list[tuple[str, str]]:
    """Return name and colour of each side of an item's scale."""
    return [(name, VARIABLES[side_colours(result)[side]]) for side, name in _SIDES.items()]


def _side_cells(result: LikertResult) -> list[list | None]:
    if result.withheld:
        return [None] * len(_SIDES)
    return [cell(result.part(tuple(result.scale.side(side)))) for side in _SIDES]


def cell(part: Part) -> list:
    """Return a count with its share and its interval: as they are printed, then as they are drawn."""
    around = part.interval
    if part.n is None:  # of how many the share is would tell what is hidden
        return [count_of(part), HIDDEN, HIDDEN]
    shown = [count_of(part), share(part.share), interval(around)]
    # Weighted, no share is told more exactly than it is printed: beside its count it would tell of the weights.
    digits = 2 if part.weighted else 4
    return [*shown, *(round(value, digits) for value in (part.share, around.low, around.high))] if around else shown
