"""What does not add up in a wave, told: shown in the book, and to whoever checks the data."""

__all__ = ["gathered", "missing", "told"]

from utils.french import listing
from utils.survey.codebook import Codebook, Source
from utils.survey.oddities import Oddity
from utils.survey.wave import Wave
from utils.telling.figures import about, count, number, sentence

_ABSENT, _BASE = "réponses manquantes", "taille de la base"
_ROWS, _COMMUNES = "lignes de réponses", "communes concernées"  # what is counted
_LEFT_OUT = {
    "filtrees": ("est mise de côté par « filtre » (vague.yml)", "sont mises de côté par « filtre » (vague.yml)"),
    "inachevees": ("n’a pas été envoyée et ne compte pas", "n’ont pas été envoyées et ne comptent pas"),
    "visites": ("ne contient aucune réponse et ne compte pas", "ne contiennent aucune réponse et ne comptent pas"),
    "gardees": ("n’a pas été envoyée et compte quand même", "n’ont pas été envoyées et comptent quand même"),
}


_FEW = 3  # questions whose missing answers are told one by one; those of more are a table


@sentence
def told(wave: Wave) -> list[str]:
    """Return a sentence for each oddity of a wave."""
    return [_told(oddity, wave.about.doublons, wave.codebook) for oddity in wave.oddities]


@sentence
def gathered(wave: Wave) -> list[str]:
    """Return a sentence for each oddity, and one for all missing answers where they are a table: see `missing`."""
    absent = missing(wave)
    kept = wave.about.doublons
    said = [_told(odd, kept, wave.codebook) for odd in wave.oddities if odd not in absent]
    return [*said, _missing(absent, wave.codebook)] if absent else said


def missing(wave: Wave) -> list[Oddity]:
    """Return the questions and bases to which answers are missing, where they are too many to tell one by one."""
    found = [oddity for oddity in wave.oddities if oddity.kind == "manquante"]
    return found if len(found) > _FEW else []


def _missing(absent: list[Oddity], codebook: Codebook) -> str:
    most = max(absent, key=lambda odd: odd.n / odd.expected)
    asked = len({odd.question for odd in absent})
    with about(Source(base=most.base, n=most.expected)):
        worst = f"{number(most.n, of=_ABSENT)} sur {number(most.expected, of=_BASE)} {codebook.noun(most.base).plural}"
        return (
            f"Des réponses manquent à {number(asked, of='questions à réponses manquantes')} questions, surtout à "
            f"« {most.question} » ({worst}) ; elles ne comptent dans aucune part."
        )


def _told(odd: Oddity, kept: str, codebook: Codebook) -> str:
    if odd.kind == "sans_poids":
        return f"{count(odd.n, 'réponse pèse 0 et ne compte pas', 'réponses pèsent 0 et ne comptent pas', of=_ROWS)}."
    if odd.kind == "sans_groupe":
        outside = count(odd.n, "commune n’appartient", "communes n’appartiennent", of=_COMMUNES)
        groups = listing(side.noun.plural for side in codebook.pair.groupes)
        whose = "ses" if odd.n == 1 else "leurs"
        return (
            f"{outside} à aucun des groupes comparés ({groups}) : {whose} réponses aux questions comparées ne "
            "comptent pas."
        )
    if odd.kind == "sans_activite":
        silent = count(odd.n, "commune ne dit pas", "communes ne disent pas", of=_COMMUNES)
        return f"{silent} si elle est active : elle ne compte pas parmi les communes participantes."
    if odd.kind == "repetee":
        several = count(odd.n, "commune a plus d’un répondant", "communes ont plus d’un répondant", of=_COMMUNES)
        which = "la première" if kept == "premiere" else "la dernière"
        return f"{several} : {which} réponse compte pour les questions sur la commune, toutes pour les autres."
    if odd.kind == "sans_ordre":
        among = count(odd.n, "commune répondant", "communes répondant", of=_COMMUNES)
        which = "la première" if kept == "premiere" else "la dernière"
        return f"{among} plusieurs fois sans dates qui se suivent : {which} ligne du fichier compte."
    if odd.kind in _LEFT_OUT:
        one, many = _LEFT_OUT[odd.kind]
        return f"{count(odd.n, f'ligne de l’export {one}', f'lignes de l’export {many}', of=_ROWS)}."
    if odd.kind == "hors_periode":
        return (
            f"{count(odd.n, 'réponse porte', 'réponses portent', of=_ROWS)} une date hors de la période de l’enquête."
        )
    if odd.kind == "autre_province":
        noun = codebook.territory.strate
        other = f"{'une' if noun.feminine else 'un'} autre {noun.singulier}"
        rows = count(odd.n, "réponse nomme", "réponses nomment", of=_ROWS)
        return f"{rows} {other} que la liste pour la même commune : c’est la liste qui compte."
    return _answers(odd, codebook)


def _answers(odd: Oddity, codebook: Codebook) -> str:
    """Tell the answers to a question that are not as many as its base."""
    asked = next((question.id for question in codebook.questions if question.libelle == odd.question), "")
    with about(Source(asked, odd.base, odd.expected)):
        base = f"{number(odd.expected, of=_BASE)} {codebook.noun(odd.base).plural}"
        if odd.kind == "manquante":
            missing = count(odd.n, "réponse manque", "réponses manquent", of=_ABSENT)
            return f"« {odd.question} » : {missing} sur {base}."
        given = number(odd.n, of="nombre de réponses du tableau")
        return f"« {odd.question} » : les effectifs donnent {given} réponses pour {base}."
