"""An edition's own comments: every number computed, every placeholder without a value told, nothing hidden told."""

from dataclasses import replace

import pandas as pd
import pytest

from utils.french import typeset
from utils.survey.about import Comment
from utils.telling.comments import comments, faults


def saying(wave, text):
    return replace(wave, comments={"22_presence": (Comment(titre="Titre", texte=text),)})


def said(wave, text):
    ((_, found),) = comments(saying(wave, text), "22_presence")
    return found


# By hand, from the published tables.
@pytest.mark.parametrize(
    ("placeholder", "expected"),
    [
        ("effectif(medias, facebook)", "91"),
        ("part(medias, facebook)", "99 %"),
        ("part(active, oui)", "67 %"),
        ("part(active, oui, province=liege)", "88 %"),
        ("effectif(active, oui, taille=plus_50000)", "8"),
        ("effectif(communicateurs, community_manager, taille='5000_20000')", "7"),
        ("accord(discussion_residents)", "26 %"),
        ("desaccord(discussion_residents)", "49 %"),
        ("accord(obstacle_budget, base=non_actives)", "17 %"),
        ("mediane(discussion_residents)", "5"),
        ("ecart(obstacle_budget)", "32\u00a0points"),
        ("effectif(obstacle_budget, 10, base=actives)", "14"),
        ("base(non_actives)", "46"),
        ("invites()", "262"),
    ],
)
def test_a_placeholder_is_computed_and_written(wave, placeholder, expected):
    assert said(wave, f"Voici : {{{placeholder}}}.") == typeset(f"Voici : {expected}.")
    assert list(faults(saying(wave, f"{{{placeholder}}}"))) == []


def test_a_number_knows_where_it_comes_from(wave):
    (placed,) = said(wave, "{accord(obstacle_budget, base=non_actives)}").figures
    assert (placed.figure.source.question, placed.figure.source.base, placed.figure.source.n) == (
        "obstacle_budget",
        "non_actives",
        46,
    )


@pytest.mark.parametrize(
    ("placeholder", "statistic", "n"),
    [
        ("part(medias, facebook)", "part de « Facebook »", 92),
        ("effectif(obstacle_budget, 10, base=actives)", "effectif du score 10", 92),
        ("part(active, oui, province=liege)", "part de « active », Liège", 40),
        (
            "effectif(communicateurs, echevins, taille=moins_5000)",
            "effectif de « échevins », moins de 5 000 habitants",
            20,
        ),
    ],
)
def test_a_number_is_called_by_labels_and_of_its_own_group(wave, placeholder, statistic, n):
    (placed,) = said(wave, f"{{{placeholder}}}").figures
    assert (typeset(placed.figure.statistic), placed.figure.source.n) == (typeset(statistic), n)


def test_a_role_is_no_placeholder(wave):
    assert said(wave, "Voir {cite:p}`futurocite2017`.") == "Voir {cite:p}`futurocite2017`."
    assert list(faults(saying(wave, "Voir {cite:p}`futurocite2017`."))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{part(radio, oui)}", "une question de cette vague, non « radio »"),
        ("{part(medias, minitel)}", "une réponse à medias (facebook, twitter"),
        ("{part(medias)}", "part(question, réponse)"),
        ("{moyenne(medias)}", "l’une de ces valeurs : part, effectif, accord"),
        ("{accord(obstacle_budget)}", "base=actives ou base=non_actives"),
        ("{accord(medias)}", "une affirmation notée"),
        ("{ecart(medias)}", "deux groupes de communes"),
        ("{part(medias, facebook, taille=geante)}", "une province ou une taille du questionnaire"),
        ("{part(medias, facebook, province=liege)}", "une répartition que cette vague compte"),
        ("{base(habitants)}", "une base : repondants, communes"),
        ("{__import__('os')}", "l’une de ces valeurs"),
        ("{part(medias, facebook).real}", "un appel, comme part(medias, facebook)"),
        ("{1 + 1}", "un appel"),
        ("une { accolade", "des accolades ouvertes puis fermées"),
    ],
)
def test_what_has_no_value_is_told_where_it_stands(wave, text, expected):
    ((place, value, fault),) = faults(saying(wave, text))
    assert place == "22_presence.0.texte"
    assert value == text
    assert expected in fault


def test_a_hidden_count_is_not_told(demo):
    hidden = None
    for option in demo.codebook["medias"].options:
        shown = demo.breakdown("medias", "taille").counts.loc[option]
        hidden = hidden or next(((option, size) for size, n in shown.items() if pd.isna(n)), None)
    option, size = hidden
    ((_, _, fault),) = faults(saying(demo, f"{{effectif(medias, {option}, taille='{size}')}}"))
    assert "un effectif publié" in fault
