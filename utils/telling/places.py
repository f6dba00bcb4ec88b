"""Sentences about the territory: which of its communes the survey was put to."""

__all__ = ["addressed", "alike", "unasked", "unsized"]

from utils.french import listing, typeset
from utils.survey.wave import Wave
from utils.telling.figures import number, sentence


def addressed(wave: Wave) -> str:
    """Tell to which communes the survey was put, after « s’adressait »: to all of the territory's only if it was."""
    of = wave.codebook.territory.de
    return typeset(f"{'aux communes' if wave.everywhere else 'à des communes'} {of}")


@sentence
def unasked(wave: Wave) -> str | None:
    """Tell in which provinces no commune was asked; None where there is none."""
    place, missing = wave.codebook.territory, wave.codebook.unasked
    if not missing:
        return None
    noun, many = place.strate, len(missing)
    where = noun.un if many == 1 else f"{number(many, of=f'{noun.pluriel} sans commune interrogée')} {noun.pluriel}"
    them = ("elle" if noun.feminine else "lui") if many == 1 else ("elles" if noun.feminine else "eux")
    return typeset(
        f"Elle ne porte pas sur {place.entier} : dans {where} ({listing(stratum.libelle for stratum in missing)}), "
        f"aucune commune n’a été interrogée, et rien de ce qui suit ne vaut pour {them}."
    )


def alike(wave: Wave) -> str:
    """Tell what weighting holds equal, after « à »: « taille et province égales »."""
    noun = wave.codebook.territory.strate
    if not wave.codebook.tailles:
        return f"{noun.singulier} {'égale' if noun.feminine else 'égal'}"
    return f"taille et {noun.singulier} {'égales' if noun.feminine else 'égaux'}"


def unsized(wave: Wave) -> str | None:
    """Tell why nothing is told by size; None where sizes are known."""
    if wave.codebook.tailles:
        return None
    return typeset(
        "Le livre ne connaît pas le nombre d’habitants des communes interrogées : rien ne s’y lit selon leur taille."
    )
