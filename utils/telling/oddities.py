"""What does not add up in a wave, told: shown in the book, and to whoever checks the data."""

__all__ = ["told"]

from utils.french import listing
from utils.survey.codebook import Codebook
from utils.survey.oddities import Oddity
from utils.survey.wave import Wave
from utils.telling.figures import count, number, sentence

_LEFT_OUT = {
    "filtrees": ("est mise de côté par `filtre` (vague.yml)", "sont mises de côté par `filtre` (vague.yml)"),
    "inachevees": ("n’a pas été envoyée et ne compte pas", "n’ont pas été envoyées et ne comptent pas"),
    "visites": ("ne contient aucune réponse et ne compte pas", "ne contiennent aucune réponse et ne comptent pas"),
    "gardees": ("n’a pas été envoyée et compte quand même", "n’ont pas été envoyées et comptent quand même"),
}


@sentence
def told(wave: Wave) -> list[str]:
    """Return a sentence for each oddity of a wave."""
    return [_told(oddity, wave.about.doublons, wave.codebook) for oddity in wave.oddities]


def _told(odd: Oddity, kept: str, codebook: Codebook) -> str:
    if odd.kind == "sans_poids":
        return f"{count(odd.n, 'réponse pèse 0 et ne compte pas', 'réponses pèsent 0 et ne comptent pas')}."
    if odd.kind == "sans_groupe":
        outside = count(odd.n, "commune n’appartient", "communes n’appartiennent")
        groups = listing(side.noun.plural for side in codebook.pair.groupes)
        whose = "ses" if odd.n == 1 else "leurs"
        return (
            f"{outside} à aucun des groupes comparés ({groups}) : {whose} réponses aux questions comparées ne "
            "comptent pas."
        )
    if odd.kind == "sans_activite":
        silent = count(odd.n, "commune ne dit pas", "communes ne disent pas")
        return f"{silent} si elle est active : elle ne compte pas parmi les communes participantes."
    if odd.kind == "repetee":
        several = count(odd.n, "commune a plus d’un répondant", "communes ont plus d’un répondant")
        which = "la première" if kept == "premiere" else "la dernière"
        return f"{several} : {which} réponse compte pour les questions sur la commune, toutes pour les autres."
    if odd.kind == "sans_ordre":
        among = count(odd.n, "commune répondant", "communes répondant")
        which = "la première" if kept == "premiere" else "la dernière"
        return f"{among} plusieurs fois sans dates qui se suivent : {which} ligne du fichier compte."
    if odd.kind in _LEFT_OUT:
        one, many = _LEFT_OUT[odd.kind]
        return f"{count(odd.n, f'ligne de l’export {one}', f'lignes de l’export {many}')}."
    if odd.kind == "hors_periode":
        return f"{count(odd.n, 'réponse porte', 'réponses portent')} une date hors de la période de l’enquête."
    if odd.kind == "autre_province":
        noun = codebook.territory.strate
        other = f"{'une' if noun.feminine else 'un'} autre {noun.singulier}"
        rows = count(odd.n, "réponse nomme", "réponses nomment")
        return f"{rows} {other} que la liste pour la même commune : c’est la liste qui compte."
    base = f"{number(odd.expected)} {codebook.noun(odd.base).plural}"
    if odd.kind == "manquante":
        return f"« {odd.question} » : {count(odd.n, 'réponse manque', 'réponses manquent')} sur {base}."
    return f"« {odd.question} » : les effectifs donnent {number(odd.n)} réponses pour {base}."
