"""Who led a survey, and when: a name, nobody, or nobody because it is invented."""

import pytest
from support.respondents import ABOUT

from utils.survey.about import Metadata
from utils.telling.editions import led

PERIOD = {"debut": "2026-03", "fin": "2026-05"}


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("FuturoCité", "Menée de mars à mai 2026 par FuturoCité"),
        ("l'Agence du Numérique", "Menée de mars à mai 2026 par l’Agence du Numérique"),
        ("Données fictives", "Menée de mars à mai 2026 (données fictives)"),
        ("données  fictives ", "Menée de mars à mai 2026 (données fictives)"),
        ("", "Menée de mars à mai 2026"),
    ],
)
def test_who_led_a_survey(who, said):
    about = Metadata.model_validate(ABOUT | {"organisateur": who, "periode": PERIOD})
    assert led(about).replace("\u00a0", " ") == said
