"""What a wave declares that answers mean, held against its questionnaire."""

__all__ = ["misdeclared"]

from collections.abc import Iterator

from utils.reading.forms.numbers import accepted
from utils.survey.about import ImportMapping
from utils.survey.codebook import Codebook


def misdeclared(mapping: ImportMapping, codebook: Codebook) -> Iterator[tuple[str, str, str]]:
    """Yield what was expected, the question, and the text under `modalites` that cannot be what it says.

    Parameters
    ----------
    mapping : ImportMapping
    codebook : Codebook
    """
    for question, labels in mapping.modalites.items():
        asked, known = None, tuple(codebook.strata("province")) if question == "province" else ()
        if question in codebook:
            asked = codebook[question]
            # At a rank, an option stands by itself.
            known = tuple(asked.options) if asked.type == "classement" else codebook.answers(question)
        if not known:
            yield "sous `modalites`, une question à choix ou à échelle, ou un nombre, de cette vague", "", question
            continue
        numeric = asked is not None and asked.type == "nombre"
        for label, option in labels.items():
            if option and not (asked.measure.held(option) if numeric else option in known):
                meant = accepted(asked) if numeric else f"une modalité : {', '.join(known)}"
                yield f'pour « {label} » de `{question}`, {meant} ("" : sans réponse)', question, option
