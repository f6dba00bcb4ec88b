"""How the two kinds of communes that a survey compares are named, and what depends on who they are.

Where a survey compares nobody, nothing is said of them.
"""

__all__ = [
    "according",
    "asked_alone",
    "between",
    "both",
    "causes",
    "compared",
    "described",
    "named",
    "of_base",
    "others",
    "said_by_all",
    "set_apart",
    "untold",
    "whose",
]

from types import SimpleNamespace

from utils.french import listing, typeset
from utils.survey.codebook import SPLIT, Codebook
from utils.survey.pair import ACTIVE, Pair
from utils.survey.results import ASKED

_OBSTACLES = "27_obstacles"
# What stands for the two kinds of communes where an edition compares none.
_GENERIC = Pair(
    question="groupe",
    groupes=[
        {"id": name, "modalites": [name], "singulier": f"du {told} groupe", "pluriel": f"du {told} groupe"}
        for name, told in (("un", "premier"), ("deux", "second"))
    ],
)


def others(pair: Pair) -> str:
    """Name the second kind, after « les » or « des »: whoever is not active is, where the groups leave nobody out.

    Examples
    --------
    >>> from utils.survey.pair import ACTIVE
    >>> others(ACTIVE)
    'autres'
    """
    return "autres" if pair.question == SPLIT else pair.second.noun.plural


def between(pair: Pair) -> str:
    """Say between whom something is compared.

    Examples
    --------
    >>> from utils.survey.pair import ACTIVE
    >>> between(ACTIVE)
    'entre communes actives et non actives'
    """
    return f"entre {both(pair)}"


def both(pair: Pair) -> str:
    """Name the two kinds together, without an article.

    Examples
    --------
    >>> from utils.survey.pair import ACTIVE
    >>> both(ACTIVE)
    'communes actives et non actives'
    """
    return f"{pair.first.noun.plural} et {pair.second.pluriel}"


def according(pair: Pair) -> str:
    """Say what a share varies with, after « selon »."""
    return "l’activité de la commune" if pair.question == SPLIT else "le groupe de communes"


def said_by_all(codebook: Codebook) -> str:
    """Tell what all communes say, as a sentence after others; empty text where neither of two things is asked."""
    obstacles = any(codebook[name].base == "communes" for name in codebook.chapter(_OBSTACLES))
    asked = {"si elles sont actives": SPLIT in codebook, "ce qui leur fait obstacle": obstacles}
    told = listing(what for what, there in asked.items() if there)
    return f" Elles disent {told}." if told else ""


def asked_alone(codebook: Codebook) -> str:
    """Tell what is put to active communes alone, as a sentence after others; empty text where nothing is."""
    alone = any(question.base == ACTIVE.first.id for question in codebook.questions)
    return " Elles seules décrivent leurs pratiques." if alone else ""


def set_apart(codebook: Codebook) -> str:
    """Tell which answers of the communes that are not active are counted apart, after other sentences."""
    apart = [question for question in codebook.questions if question.bases == ACTIVE.bases]
    what = (
        "les obstacles" if all(question.chapitre == _OBSTACLES for question in apart) else "ce qui se demande à toutes"
    )
    return f" Pour {what}, leurs réponses sont comptées à part." if apart else ""


def named(codebook: Codebook) -> SimpleNamespace:
    """Return how the two kinds that are compared are called where the method is explained; as such where none are.

    Returns
    -------
    SimpleNamespace
        `premieres`, `secondes`: in the plural; `premiere`, `seconde`: one of each; `brefs`, `autres`: the first
        and the second kind after « les »; `ensemble`: both.
    """
    pair = codebook.pair or _GENERIC
    first, second = pair.groupes
    return SimpleNamespace(
        premieres=first.noun.plural,
        secondes=second.noun.plural,
        premiere=first.noun.singular,
        seconde=second.noun.singular,
        brefs=first.short,
        autres=others(pair),
        ensemble=both(pair),
    )


def compared(codebook: Codebook) -> str | None:
    """Return with whom the first kind of communes is compared, after « sur »; None where nobody is."""
    pair = codebook.pair
    if pair is None:
        return None
    return "celles qui ne sont pas encore présentes" if pair.question == SPLIT else f"les {pair.second.noun.plural}"


def described(codebook: Codebook) -> str:
    """Name a share that describes the communes asked, after other sentences; empty text where it is not one."""
    return " C’est le cas de la part de communes actives." if SPLIT in codebook else ""


def untold(codebook: Codebook) -> str:
    """Say what else is hidden where it is hidden how many communes are of a kind; empty text where there are none."""
    pair = codebook.pair
    if pair is None:
        return ""
    hidden = f"Là où l’on ne dit pas combien de communes sont {pair.first.pluriel}"
    return f" {hidden}, on ne dit rien non plus de ce qu’elles répondent."


def whose(codebook: Codebook, chapter: str) -> str:
    """Return of whom a chapter speaks, in the plural: those that its first question is put to."""
    asked = codebook.chapter(chapter)
    pair = codebook.split(codebook[asked[0]].base) if asked else None
    return pair.side(codebook[asked[0]].base).noun.plural if pair else "communes"


def causes(codebook: Codebook) -> str:
    """Say what a difference between two kinds of communes does not tell, after other sentences; empty without any."""
    if codebook.pair is None:
        return ""
    if codebook.pair.question != SPLIT:
        return " Un écart entre deux groupes de communes n’en dit pas la cause."
    return typeset(
        " Un lien entre présence et obstacle n’indique pas lequel cause l’autre : une commune peut ne pas y être "
        "faute de lignes directrices, ou s’en passer parce qu’elle n’y est pas."
    )


def of_base(codebook: Codebook, base: str) -> str:
    """Return what a base is called, all together; empty text for none."""
    if base == ASKED:
        return "communes interrogées"
    return codebook.noun(base).plural if base else ""
