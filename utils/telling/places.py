"""Sentences about the territory: which of its communes the survey was put to."""

__all__ = ["addressed", "alike", "asked", "inhabitants", "notes", "unasked", "unsized"]

from utils.french import listing, typeset
from utils.survey.wave import Wave
from utils.telling.figures import count, number, sentence


def addressed(wave: Wave) -> str:
    """Tell to which communes the survey was put, after « s’adressait »: to all of the territory's only if it was."""
    of = wave.codebook.territory.de
    return typeset(f"{'aux communes' if wave.everywhere else 'à des communes'} {of}")


@sentence
def asked(wave: Wave) -> str:
    """Tell what is known of a commune that was asked: that it was; whether it answered, where that is published."""
    about = wave.about
    said = f"Votre commune est l’une des {number(about.invites, of=None)} communes interrogées. "
    if about.source == "effectifs":
        whose = "l’étude" if about.etude else "cette édition"
        return typeset(
            f"{said}Rien n’indique si elle a répondu : {whose} ne nomme pas les {number(about.communes, of=None)} "
            "participantes."
        )
    if about.carte and about.carte.participation:
        return typeset(f"{said}Une carte du livre montre si elle a répondu ; ce qu’elle a répondu n’est pas publié.")
    return typeset(f"{said}Ni le fait qu’elle ait répondu, ni ce qu’elle a répondu n’est publié.")


def inhabitants(wave: Wave) -> str:
    """Tell where the number of inhabitants of each commune comes from, and so of when it is; empty where unknown."""
    return typeset(f"Habitants : {wave.about.habitants.source}.") if wave.about.habitants else ""


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


def notes(wave: Wave) -> list[str]:
    """Return what the analyst should know of the frame: what it leaves out, and that it has more than there is."""
    place, asked = wave.codebook.territory, wave.about.invites
    known = None if wave.about.fictif else place.members(wave.about.periode.debut)
    said = [text for text in (unasked(wave), unsized(wave)) if text]
    if known is not None and asked > known:
        many = count(asked, "commune", "communes")
        said.append(typeset(f"Le cadre compte {many} ; celles {place.de} ne sont que {number(known)} à cette date."))
    return said


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
