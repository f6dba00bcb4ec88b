"""What the figures that decide a statement are called: in French, with their question, base and number of answers."""

import pytest

from utils.auditing.lookup import figures
from utils.auditing.naming import called
from utils.french import typeset

# The labels of `questionnaire.yml` and the bases that the study prints.
CALLED = {
    "effectif(medias, twitter)": ("effectif de « Twitter »", "medias", "actives", 92),
    "part(active, oui, province=liege)": ("part de « active », Liège", "active", "communes", 40),
    "accord(obstacle_dirigeants, base=non_actives)": ("part d’accord", "obstacle_dirigeants", "non_actives", 46),
    "moitie_haute(sujets_connus)": ("part de la moitié haute de l’échelle", "sujets_connus", "actives", 92),
    "scores(discussion_residents, 9, 10)": ("part des scores 9 à 10", "discussion_residents", "actives", 92),
    "scores(annonces_payantes, 1, 1)": ("part du score 1", "annonces_payantes", "actives", 91),
    "base(communes, taille=plus_50000)": (
        "nombre de communes participantes, 50 000 habitants et plus",
        "",
        "communes",
        8,
    ),
    "participation(province=liege)": ("taux de participation, Liège", "", "interrogees", 84),
    "effectif(medias, twitter) + 1": ("calcul sur plusieurs valeurs", "", "", None),
    "max(effectif(medias, twitter), 1)": ("plus grande de plusieurs valeurs", "", "", None),
}


@pytest.mark.parametrize("expression", CALLED)
def test_an_expression_is_called_by_what_it_gives(wave, expression):
    source, statistic = called(expression, figures(wave), wave.codebook)
    found = (typeset(statistic), source.question, source.base, source.n)
    told, *rest = CALLED[expression]
    assert found == (typeset(told), *rest)


def test_every_call_of_the_lookup_has_a_name_of_its_own(wave):
    """A word that is added to the lookup is told, too."""
    known = figures(wave)
    examples = {
        "somme": "role",
        "part": "medias, facebook",
        "effectif": "medias, facebook",
        "base": "actives",
        "scores": "sujets_connus, 1, 2",
        "rang": "medias, facebook",
        "interrogees": "",
        "participation": "",
        "habitants_au_moins": "",
        "habitants_au_plus": "",
        "publie": "medias, facebook, pourcentage",
    }
    several = {"ecart", "part_de", "max", "min"}
    named = {
        name: called(f"{name}({examples.get(name, 'sujets_connus')})", known, wave.codebook).statistic
        for name in known
        if name not in several
    }
    assert len(set(named.values())) == len(named)
    assert not [told for told in named.values() if "_" in told or "plusieurs" in told]
