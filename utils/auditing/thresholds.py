"""The words that decide a statement, told with their bounds."""

__all__ = ["thresholds"]

from utils.auditing.vocabulary import THRESHOLDS
from utils.french import NBSP, typeset
from utils.telling.figures import number, percent, points, sentence


@sentence
def thresholds() -> list[str]:
    """Tell the bounds of every word, one item each: where it is confirmed, and where imprecise."""
    return [typeset(line) for line in _rules().values()]


def _bound(share: float) -> str:
    return "un tiers" if share == 1 / 3 else percent(share, of=None)


def _less(bound: str) -> str:
    return f"moins {'d’' if bound[0] in 'aeiou' else 'de '}{bound}"


def _rules() -> dict[tuple[str, ...], str]:
    """Return, by word of the vocabulary (or several), the line that tells its bounds."""
    near = {word: [points(bound, of=None) for bound in bounds] for word, bounds in THRESHOLDS.items()}
    part = {word: [_bound(bound) for bound in bounds] for word, bounds in THRESHOLDS.items()}
    margin = 100 * THRESHOLDS["imprime"][1]
    margin = f"{number(margin, 1, of=None)}{NBSP}{'points' if margin >= 2 else 'point'}"
    below = {"minorite": "une minorité", "peu": "peu", "quelques": "quelques", "tres_peu": "très peu"}
    return {
        ("imprime",): f"« 67 % » : la part s’arrondit ainsi ; imprécis à {margin} près.",
        ("entre",): "« 59 % », là où les tableaux ne font qu’encadrer la part : compatible si une part entre ses deux "
        "bornes s’arrondit ainsi.",
        ("environ",): f"« environ », « deux tiers » : à {near['environ'][0]} près ; imprécis jusqu’à "
        f"{near['environ'][1]}.",
        ("pres_de",): f"« près de » : jusqu’à {near['pres_de'][0]} en dessous ; imprécis à {near['pres_de'][1]} près.",
        ("un_peu_plus", "un_peu_moins"): f"« un peu plus », « un peu moins » : d’au plus {near['un_peu'][0]} ; "
        f"imprécis jusqu’à {near['un_peu'][1]}.",
        ("nettement_plus", "nettement_moins"): f"« nettement » : d’au moins {near['nettement'][0]} ; imprécis dès "
        f"{near['nettement'][1]}. « varie peu » : de moins de {near['nettement'][1]} ; imprécis sous "
        f"{near['nettement'][0]}.",
        ("plus_de", "moins_de"): "« plus de », « moins de » : au-delà ou en deçà, si peu que ce soit.",
        ("en_points",): "« 4 % de plus que la moyenne » : l’écart s’arrondit à autant de points ; imprécis s’il faut "
        "d’abord arrondir les deux parts.",
        ("majorite",): "« la majorité » d’un ensemble de scores ou de réponses : plus de la moitié.",
        ("la_majorite",): "« la majorité » qui donne une même réponse : plus de la moitié ; imprécis si la réponse "
        "n’est que la plus fréquente.",
        ("faible_majorite",): f"« une faible majorité » : plus de la moitié et {part['faible_majorite'][0]} au plus ; "
        f"imprécis jusqu’à {part['faible_majorite'][1]}.",
        ("large_majorite",): f"« une large majorité » : au moins {part['large_majorite'][0]} ; imprécis dès "
        f"{part['large_majorite'][1]}.",
        **{(w,): f"« {told} » : {_less(part[w][0])} ; imprécis sous {part[w][1]}." for w, told in below.items()},
        ("tous", "aucun", "un_seul"): "« tous », « aucun », « un seul » : sans exception.",
        ("selon",): "Quand une affirmation se lit de plusieurs façons, par exemple selon les scores qui valent accord, "
        "elle est confirmée si toutes les lectures la confirment, contredite si toutes la contredisent, imprécise "
        "sinon.",
    }
