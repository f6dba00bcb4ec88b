"""What a commune's sheet says to it: one sentence first, then what each picture shows, and what none does."""

__all__ = [
    "HIDDEN",
    "column",
    "compared",
    "disagreeing",
    "elsewhere",
    "furthest",
    "kind_of",
    "message",
    "moved",
    "nothing",
    "place_of",
    "reader",
    "sides_said",
    "strip_said",
    "unshown",
    "whom",
]

from collections.abc import Sequence

from utils.french import NBSP, agree, capitalise, count, decapitalise, listing, number, percent, typeset
from utils.survey.codebook import SPLIT, Codebook, Question
from utils.survey.moves import Move
from utils.survey.own import Own
from utils.survey.peers import ALL_PEERS, Peers, Place
from utils.telling.standing_out import Standing, lagging, standing

HIDDEN = "–"  # in place of a share that is not shown


def column(known: Peers, by: str) -> str:
    """Name a group of peers, above its shares."""
    if by == ALL_PEERS:
        return "Toutes"
    return capitalise(known.codebook.territory.strate.singulier) if by == "province" else "Taille"


def whom(known: Peers, place: Place, by: str) -> str:
    """Name the peers of one share: « des autres communes actives de votre taille »."""
    # On a sheet, every commune that is spoken of took part.
    plural = place.question.noun(place.base).plural.replace("communes participantes", "communes")
    own = "" if known.apart else ", la vôtre comprise"
    other = "autres " if known.apart else ""
    where = "" if by == ALL_PEERS else f" de votre {decapitalise(column(known, by))}"
    if plural.startswith("communes"):
        return typeset(f"des {other}{plural}{where}{own}")
    return typeset(f"des {plural} des {other}communes{where}{own}")


def place_of(known: Peers, ins: str) -> list[str]:
    """Tell of which size and province a commune is, and to how many it is compared."""
    row, codebook = known.communes.loc[ins], known.codebook
    told = []
    if row["population"] == row["population"] and row["population"] is not None:
        told.append(f"{number(int(row['population']))}{NBSP}habitants")
    if codebook.tailles:
        told.append(f"taille : {codebook.strata('taille')[row['taille']]}")
    told.append(f"{codebook.territory.strate.singulier} : {codebook.strata('province')[row['province']]}")
    return [typeset(capitalise(one)) for one in told]


def compared(known: Peers, ins: str) -> str:
    """Tell to how many others a commune is compared, of each group."""
    groups = [by for by in (*reversed(known.codebook.kinds), ALL_PEERS) if by != ALL_PEERS]
    every = known.others(ins)
    if not every:
        return typeset("Aucune autre commune n’a pris part : il n’y a rien à comparer.")
    told = [f"{number(known.others(ins, by))} de votre {decapitalise(column(known, by))}" for by in groups]
    which = "autre commune a pris part" if every == 1 else "autres communes ont pris part"
    return typeset(f"{number(every)} {which}{f', dont {listing(told)}' if told else ''}.")


def message(known: Peers, ins: str, places: Sequence[Place], own: Own) -> str:
    """Tell a commune in one sentence where it stands."""
    name = known.communes.loc[ins, "commune"]
    found = standing(places, known.codebook)
    split = next((place for place in places if place.question.id == SPLIT), None)
    if not any(one.answers for one in own.respondents):
        return typeset(f"{name} a pris part, sans répondre à aucune question.")
    if split is not None and split.own is False:
        return typeset(f"{name} n’est pas active sur les médias sociaux{_as_many(known, split)}.")
    if not found.n:
        others = count(known.others(ins), "autre commune", "autres communes")
        if any(place.nearest and place.own is not None for place in places):
            return typeset(f"{name} a répondu : voici ses réponses à côté de celles de {others}.")
        return typeset(f"{name} a répondu, mais rien n’en peut être comparé.")
    return typeset(_standing(name, found))


def _as_many(known: Peers, place: Place) -> str:
    """Say how many others are not active either."""
    if place.nearest is None:
        return ""
    by, share = place.nearest
    if share.share in (0, 1):
        return " : toutes les autres le sont" if share.share == 1 and by == ALL_PEERS else ""
    return f", comme {percent(1 - share.share)} {whom(known, place, by)}"


def _standing(name: str, found: Standing) -> str:
    of = f"sur {number(found.n)}"
    before, behind = (count(n, "sujet", "sujets") if n else "aucun sujet" for n in (found.before, found.behind))
    if not found.before and not found.behind:
        return f"{name} se situe au milieu des autres communes sur tout ce qu’elle a noté."
    if not found.behind:
        return f"{name} devance la moitié des autres communes sur {before} {of}, et n’est derrière sur aucun."
    if not found.before:
        return f"{name} est derrière la moitié des autres communes sur {behind} {of}."
    return (
        f"{name} devance la moitié des autres communes sur {before} {of}, "
        f"et se trouve derrière sur {number(found.behind)}."
    )


def furthest(known: Peers, places: Sequence[Place]) -> str | None:
    """Tell on which rated item a commune stands furthest behind; None where it stands behind on none."""
    behind = lagging(places, known.codebook)
    if not behind:
        return None
    place = behind[0]
    whose = "les autres" if known.apart else "l’ensemble"
    return typeset(
        f"Le plus grand écart : {decapitalise(place.question.libelle)}, {number(place.scores[0])} pour vous, "
        f"{number(place.middle[1], 1)} au milieu pour {whose}."
    )


def elsewhere(plural: str) -> str:
    """Head the list of what most of those do that a commune is not of."""
    return f"Ce que font la plupart des {plural}"


def kind_of(question: Question) -> str:
    """Name the part of a sheet that a rated item stands in."""
    kinds = {
        "favorable": "Ce que fait votre commune",
        "defavorable": "Ce qui la freine",
        "neutre": "Ni un atout ni un frein",
    }
    return kinds[question.polarite]


def strip_said(known: Peers, place: Place) -> str:
    """Tell a drawn line in words, for whoever does not see it."""
    scale = known.codebook.scale(place.question.id)
    own = f"votre commune : {listing(map(number, place.scores))}" if place.scores else "votre commune : sans réponse"
    if place.middle is None:
        return typeset(f"Échelle {scale.told}. {capitalise(own)} ; les autres : non montré.")
    low, median, high = (number(value, 1) for value in place.middle)
    return typeset(
        f"Échelle {scale.told}. {capitalise(own)} ; médiane des autres : {median} ; "
        f"la moitié d’entre elles de {low} à {high}."
    )


def sides_said(known: Peers) -> str:
    """Explain the drawn lines once."""
    who = "des autres" if known.apart else "de toutes, la vôtre comprise"
    return typeset(
        f"Point : votre note. Trait : médiane {who} ; bande : la moitié d’entre elles. "
        "Vert : mieux que la médiane ; brun : moins bien. Chiffres : part des autres qui sont d’accord, en %."
    )


def unshown(known: Peers, ins: str) -> list[str]:
    """Tell what is not shown, and why."""
    least, told = known.about.threshold, []
    for by in reversed(known.codebook.kinds):
        others = known.others(ins, by)
        where = f"de votre {decapitalise(column(known, by))}"
        if others < least:
            who = f"Aucune autre commune {where} n’a pris part"
            if others:
                only = agree(others, "Une seule autre commune", f"Seules {number(others)} autres communes")
                who = f"{only} {where} {agree(others, 'a', 'ont')} pris part"
            told.append(f"{who} : rien n’en est montré.")
    if least > 1:
        told.append(
            f"« {HIDDEN} » remplace une part qui permettrait de deviner ce que moins de {number(least)} autres "
            "communes ont répondu, au besoin par soustraction."
        )
    if known.apart:
        told.append("Votre commune n’est pas comptée parmi les autres.")
    else:
        told.append("Les parts sont celles du livre : votre commune y est comptée.")
    told.append("Médiane et bande ne sont données que pour toutes les autres communes ensemble.")
    return [typeset(one) for one in told]


def disagreeing(own: Own, codebook: Codebook) -> str | None:
    """Tell that several answered for one commune, and whose answers count; None where one did."""
    if len(own.respondents) < 2:
        return None
    many = {2: "Deux", 3: "Trois"}.get(len(own.respondents), number(len(own.respondents)))
    apart = len(own.disagreements(codebook))
    differ = f"Leurs réponses diffèrent pour {count(apart, 'question', 'questions')}. " if apart else ""
    return typeset(
        f"{many} personnes ont répondu pour votre commune. {differ}Sur la commune, l’étude ne retient qu’une "
        "personne, et cette fiche aussi ; les souhaits de chacune comptent."
    )


def moved(found: Sequence[Move], previous: str) -> str:
    """Tell how many of a commune's answers changed since another wave."""
    if not found:
        return typeset(f"Rien de ce que votre commune a répondu ne se compare à l’édition {previous}.")
    changed = sum(move.size != 0 for move in found)
    if not changed:
        return typeset(f"Depuis l’édition {previous}, aucune de vos {number(len(found))} réponses n’a changé.")
    how = agree(changed, "a changé", "ont changé")
    return typeset(f"Depuis l’édition {previous}, {number(changed)} de vos {number(len(found))} réponses {how}.")


def nothing(kind: str, previous: str) -> str:
    """Tell why nothing is said of a change: of counts alone, of a merger, or as the commune had not answered."""
    why = {
        "effectifs": f"De l’édition {previous}, seuls les effectifs sont connus, non ce que chaque commune a répondu.",
        "fusion": f"Votre commune en réunit plusieurs qui ont répondu à l’édition {previous} : rien ne se compare.",
        "absente": f"Votre commune n’avait pas répondu à l’édition {previous}.",
    }
    return typeset(why[kind])


def reader() -> str:
    """Tell whom a sheet is for."""
    return typeset("Cette fiche contient vos réponses : elle est destinée à votre commune seule.")
