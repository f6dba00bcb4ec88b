"""What other surveys say of inhabitants is what the study quotes of them, and a damaged list is refused."""

import pytest

from utils.reading.context import context
from utils.reading.problems import DataError
from utils.showing import context as showing


def test_the_facts_are_those_that_the_study_quotes():
    # The study, part I: 82 % used internet in 2016, 54 % a public service's site, 56 % social networks;
    # two of ten follow their commune on social media, one of ten on its site.
    assert context()["part"].to_dict() == {
        "internet": 0.82,
        "services_publics": 0.54,
        "reseaux_sociaux": 0.56,
        "actualite_medias": 0.2,
        "actualite_site": 0.1,
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("internet,En ligne,82,2016,adn2017,citoyens", "une part, de 0 à 1"),
        ("internet,,0.82,2016,adn2017,citoyens", "un texte"),
        ("a,En ligne,0.8,,b,c\na,Encore,0.7,,b,c", "un identifiant par ligne"),
    ],
)
def test_a_wrong_fact_is_refused_with_its_line(tmp_path, row, said):
    (tmp_path / "contexte.csv").write_text(f"fait,libelle,part,annee,source,public\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=said) as refused:
        context(tmp_path)
    assert "contexte.csv" in str(refused.value)


def test_a_drawing_says_of_whom_and_of_when_each_survey_is():
    drawn = showing.chart(context(), "Titre").draw(700)
    told = " ".join(text.get_text() for text in drawn.texts + [t for axes in drawn.axes for t in axes.texts])
    assert "citoyens wallons (2016)" in " ".join(told.split())
    assert "usagers des communes (sans date)" in " ".join(told.split())


def test_every_fact_is_drawn_and_tabulated():
    facts = context()
    alt, rows = showing.chart(facts, "Titre").alt, showing.table(facts).rows
    for label, told in zip(facts["libelle"], ("82", "56", "54", "20", "10"), strict=True):
        assert f"{label}\u00a0: {told}\u00a0%" in alt
        assert (label, f"{told}\u00a0%") in [row[:2] for row in rows]
