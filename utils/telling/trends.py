"""What moved between two waves, told and tabulated; a change that chance explains is not called one."""

__all__ = [
    "ALONE",
    "NOTHING",
    "basis",
    "comparable",
    "followed",
    "headline",
    "label",
    "level",
    "measured",
    "news",
    "not_comparable",
    "shared",
    "title",
    "with_size",
]

from collections.abc import Sequence

from utils.french import decapitalise, listing, typeset
from utils.statistics.intervals import LEVEL
from utils.survey.comparable import Incomparable
from utils.survey.evolution import Change, Evolution
from utils.survey.panel import Panel
from utils.survey.wave import Wave
from utils.telling.figures import about, count, difference, named, number, p_value, percent, sentence, span
from utils.telling.markup import markup
from utils.telling.promoters import NAME, signed

_COMPARED, _APART, _MOVED = "parts comparées", "questions non comparables", "parts qui bougent"
_GAP = "écart d’une édition à l’autre"
ALONE = "Cette édition n’est comparée à aucune autre."
NOTHING = "Rien à signaler."


@sentence
def basis(before: Wave | None, now: Wave) -> str:
    """Return the subtitle of the chart: which dot is which edition."""
    if before is None:
        return ALONE
    return typeset(f"Part en %. En gris, l’édition {before.id} ; en couleur, l’édition {now.id}.")


@sentence
def measured(found: Sequence[Change], apart: Sequence[Incomparable]) -> str:
    """Tell how much can be compared and how much cannot."""
    if not found and not apart:
        return "Aucune question n’est mise en regard d’une autre édition."
    return typeset(
        f"{count(len(found), 'part se compare', 'parts se comparent', of=_COMPARED)} ; "
        f"{count(len(apart), 'question ou réponse', 'questions ou réponses', of=_APART)} "
        f"{'ne se comparent pas' if len(apart) > 1 else 'ne se compare pas'}."
    )


def label(change: Change) -> str:
    """Name a share: its question, its option or that it is one of agreement, and its base."""
    what = change.question.options[change.option] if change.option else NAME if change.index else "accord"
    return typeset(f"{change.question.libelle} : {what} ({change.question.noun(change.question.base).plural})")


def level(change: Change, *, before: bool = False) -> str:
    """Write what a share is, or a net promoter score: in this edition, or in the one before."""
    what, source = NAME if change.index else "part", change.source
    if before:
        what, source = f"{what}, édition précédente", change.source_before
    value = change.before if before else change.now
    return (signed if change.index else percent)(value, of=named(source, what))


@sentence
def with_size(change: Change, *, before: bool = False) -> str:
    """Write what a share is, and of how many answers."""
    source = change.source_before if before else change.source
    return f"{level(change, before=before)} ({number(source.n, of=named(source, 'nombre de réponses'))})"


@sentence
def headline(found: Sequence[Change]) -> str:
    """Tell what moved more than chance explains, the largest change first."""
    if not found:
        return "Rien ne se compare avec une édition précédente."
    moved = sorted((change for change in found if change.significant), key=lambda change: -abs(change.gap))
    many = f"Sur {count(len(found), 'part comparée', 'parts comparées', of=_COMPARED)}"
    if not moved:
        return typeset(
            f"{many}, aucune ne bouge au-delà de ce que le hasard explique d’ordinaire, ce qui ne prouve pas que rien "
            "n’ait changé."
        )
    verb = "ont changé" if len(moved) > 1 else "a changé"
    said = [f"{many}, {number(len(moved), of=_MOVED)} {verb} plus que le hasard ne l’explique."]
    for way, which in (("hausse", [c for c in moved if c.gap > 0]), ("baisse", [c for c in moved if c.gap < 0])):
        if which:
            one = f"La seule {way}" if len(which) == 1 else f"La plus forte {way}"
            said.append(f"{one} : {_from_to(which[0])}.")
    return typeset(" ".join(said))


def _from_to(c: Change) -> str:
    """Name what moved, whose it is, and from where to where."""
    ends = f"de {level(c, before=True)} à {level(c)}"
    whose = c.question.noun(c.question.base).plural
    if c.option:
        option = c.question.options[c.option]
        option = f"« {option} »" if option[:1].islower() else option  # a name of its own needs no marks
        blank = ""
        if c.blank:
            blank = f", y compris {'celles' if whose.startswith('communes') else 'ceux'} qui n’ont rien choisi"
        return f"{option} ({decapitalise(c.question.libelle)}, {whose}{blank}), {ends}"
    return f"{decapitalise(c.question.libelle)} ({NAME if c.index else 'accord'}, {whose}), {ends}"


@sentence
def title(found: Sequence[Change]) -> str:
    """Return the finding in one line, as the title of the chart."""
    moved = sum(change.significant for change in found)
    if not found:
        return ALONE
    verb = "ont changé" if moved > 1 else "a changé" if moved else "n’a changé"
    many = count(moved, "part", "parts", of=_MOVED) if moved else "Aucune part"
    return typeset(f"{many} sur {number(len(found), of=_COMPARED)} {verb} plus que le hasard ne l’explique")


@sentence
def comparable(found: Sequence[Change]) -> list[str]:
    """Tell every change that the tests find, with its interval; the largest first."""
    moved = sorted((change for change in found if change.significant), key=lambda change: -abs(change.gap))
    return [_told(change) for change in moved]


def _told(c: Change) -> str:
    with about(c.source):
        return typeset(
            f"{label(c)} : {level(c)}, contre {level(c, before=True)} "
            f"({difference(c.now, c.before, signed=True, of=_GAP)} ; intervalle à {percent(LEVEL, of=None)} : "
            f"{span(c.interval.low, c.interval.high, 'points')} ; après correction, "
            f"{p_value(c.corrected, of='valeur p corrigée')})."
        )


@sentence
def not_comparable(found: Sequence[Incomparable]) -> list[str]:
    """Tell every question that cannot be compared, and why."""
    return [typeset(f"{item.question.libelle} : {item.reason}.") for item in found]


@sentence
def news(before: Wave | None, found: Evolution | None) -> list[str]:
    """Tell what an edition brings, item by item: what moved since the one before, and what is asked for the first time.

    Leads to the chapter that tells more.
    """
    if before is None or found is None:
        return ["C’est la première édition du livre : il n’en existe pas de plus ancienne à laquelle la comparer."]
    new = [item.question.libelle for item in found.apart if not item.option and item.question.id not in before.codebook]
    since = "[Depuis l’édition {before}](40_evolution.ipynb). {moved}"
    said = [markup(since, before=before.id, moved=headline(found.changes))]
    if new:
        said.append(f"Demandé pour la première fois : {listing(map(decapitalise, new))}.")
    return said


@sentence
def shared(found: Panel | None) -> str:
    """Tell what the intervals and the tests know of the communes that answered twice, and whether it is safe."""
    if found is None:
        return typeset(
            "De l’une des deux éditions, on n’a que des effectifs : on ignore quelles communes ont répondu aux deux, "
            "et les intervalles comme les tests font comme si aucune ne l’avait fait. C’est prudent tant que celles "
            "qui donnaient une réponse la donnent encore plutôt que les autres, et ne le serait plus si elles "
            "s’étaient mises à répondre l’inverse."
        )
    return typeset(
        "Pour les communes, l’intervalle et le test tiennent compte de celles qui ont répondu aux deux éditions : plus "
        "leurs deux réponses se ressemblent, plus un petit écart suffit. Là où trop peu d’entre elles ont donné ou "
        "changé une réponse pour que leur nombre soit publié, ils font comme si aucune n’avait répondu deux fois."
    )


@sentence
def followed(found: Panel | None) -> str:
    """Tell what the communes that answered twice have become."""
    if found is None:
        return typeset(
            "On ne peut pas suivre les mêmes communes d’une édition à l’autre : de l’une des deux, on n’a que des "
            "effectifs."
        )
    if not found.communes:
        return "Aucune commune n’a répondu aux deux éditions."
    why = "Suivre les communes qui ont répondu deux fois dit ce que chacune est devenue, alors que la comparaison des "
    why += "parts mêle ce changement à celui des participantes."
    many = f"{why} {count(found.communes, 'commune a répondu', 'communes ont répondu')} aux deux éditions."
    if not found.asked:
        unknown = "L’une des deux ne demande pas qui est actif : ce qu’elles sont devenues n’est pas connu."
        return typeset(f"{many} {unknown}")
    if not found.sides_told:
        return typeset(f"{many} Ce qu’elles sont devenues n’est pas publié : trop peu ont changé, ou n’ont pas changé.")
    sides = f"{number(found.before)} étaient actives, {number(found.now)} le sont"
    if not found.moves_told:
        return typeset(
            f"{many} {sides}. Combien le sont devenues ou ne le sont plus n’est pas publié : elles sont trop peu."
        )
    test = (
        f"test exact de McNemar : {p_value(found.p)}{', au-delà du hasard' if found.significant else ''}"
        if found.p == found.p
        else "aucune n’a changé, il n’y a rien à tester"
    )
    return typeset(
        f"{many} {sides} : {number(found.gained)} le sont devenues, {number(found.lost)} ne le sont plus ({test})."
    )
