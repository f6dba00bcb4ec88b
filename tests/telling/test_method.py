"""What the book says of itself is true of each edition, not of the first one alone."""

from utils.telling import method


def test_numbers_come_from_what_an_edition_has(wave, demo):
    assert method.origin(wave.about).startswith("des effectifs que l’étude publie")
    assert method.origin(demo.about) == "des réponses reçues"
    assert "tels que l’étude les publie" in method.counted(wave.about)
    assert "l’étude" not in method.counted(demo.about)


def test_what_an_edition_leaves_out_is_not_told(wave):
    assert method.subjects(wave.codebook) == (
        "si elles sont actives sur les médias sociaux, comment elles s’y prennent, ce qui leur fait obstacle et ce qui "
        "les aiderait"
    )
    without = wave.codebook.at("2017-02", [q.id for q in wave.codebook.questions if q.chapitre == "28_attentes"])
    assert method.subjects(without).endswith("comment elles s’y prennent et ce qui leur fait obstacle")
