"""A question by province and by size: what is shown of it, and what is not, from the wave to the table."""

from dataclasses import replace
from itertools import product

import pytest

from utils.showing import by_stratum, charts, evidence, matrix, tables
from utils.showing.drawing import as_svg
from utils.telling import breakdowns, options, verdicts


@pytest.fixture(scope="module")
def strict(demo):
    """Return the demonstration with a threshold so high that the split of some sizes must be hidden."""
    return replace(demo, about=demo.about.model_copy(update={"seuil_diffusion": 9}))


def test_a_breakdown_adds_up_to_the_whole_where_nothing_is_hidden(demo):
    open_ = replace(demo, about=demo.about.model_copy(update={"seuil_diffusion": 1}))
    for by in ("province", "taille"):
        found = open_.breakdown("medias", by)
        assert not found.counts.isna().to_numpy().any()
        assert list(found.counts.sum(axis=1)) == list(found.whole.answers.counts)
        assert int(found.n.sum()) == found.whole.answers.n


def test_small_counts_are_hidden(demo):
    found = demo.breakdown("medias", "province")
    small = (found.counts > 0) & (found.counts < demo.about.seuil_diffusion)
    assert not small.fillna(value=False).to_numpy().any()
    table = by_stratum.breakdown(found)
    assert any("[c]" in row for row in table.rows)
    assert "[c] : non publié".replace(" :", "\u00a0:") in table.heading
    assert "[c]" not in table.caption


def test_a_hidden_group_of_active_communes_is_counted_nowhere_else(strict):
    hidden = set(strict.activity("taille").hidden)
    assert 0 < len(hidden) < 4
    for question in ("medias", "sujets_connus", "implication_citoyens"):
        found = strict.breakdown(question, "taille")
        assert not found.withheld, "the other groups may be told of"
        assert found.counts[list(hidden)].isna().to_numpy().all()
        assert set(found.n.index[found.n.isna()]) == hidden
        titles = by_stratum.breakdown(found).header[1:]
        assert ["n\u00a0=" in title for title in titles] == [size not in hidden for size in found.labels]
        said = breakdowns.tested(found)
        assert said.startswith("Rien n’est publié de ces groupes")
        assert all(strict.codebook.strata("taille")[size].replace(" ", "")[:12] in nbsp(said) for size in hidden)


def nbsp(text):
    return text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "")


def test_a_hidden_group_leaves_charts_tables_and_sentences(strict):
    by_size = strict.activity("taille")
    table = by_stratum.strata(by_size, "Titre", "Actives", "Non actives")
    hidden = [row for row, size in zip(table.rows, by_size.labels, strict=False) if size in by_size.hidden]
    assert all(row[1:3] == ("[c]", "[c]") and row[4:] == ("[c]", "[c]") for row in hidden)
    drawn = charts.strata(by_size, "Titre", "Sous-titre")
    for size in by_size.hidden:
        label = tables.capitalise(tables.typeset(by_size.labels[size]))
        assert f"{label}\u00a0: [c]" in drawn.alt, "a bar that is not drawn is marked"
        assert label not in verdicts.outlying(by_size)


def test_options_are_told_of_no_group_whose_active_communes_are_not_counted(strict):
    split = strict.options_by_size("communicateurs")
    hidden = strict.activity("taille").hidden
    assert {size for size, result in split.results.items() if result.withheld} == set(hidden)
    assert all(result.answers.n == 0 for size, result in split.results.items() if size in hidden)
    drawn = matrix.options_by_size(split, "Titre").alt
    titles = by_stratum.options_by_size(split).header[1:]
    assert ["n\u00a0=" in title for title in titles] == [size not in hidden for size in split.results]
    for size in hidden:
        label = tables.capitalise(tables.typeset(strict.codebook.strata("taille")[size]))
        assert f"{label}\u00a0: Service de communication [c]" in drawn


def test_options_by_size_are_withheld_where_nothing_can_be_told(demo):
    closed = replace(demo, about=demo.about.model_copy(update={"seuil_diffusion": 40}))
    split = closed.options_by_size("communicateurs")
    assert split.withheld
    assert options.too_few(split) == verdicts.WITHHELD
    assert "Rien à montrer" in as_svg(matrix.options_by_size(split, "Titre"))
    assert not [title for title in by_stratum.options_by_size(split).header if "n\u00a0=" in title]


def test_a_finding_names_the_groups_that_it_is_not_of(demo):
    share = "la part de communes actives"

    def told(threshold, by):
        wave = replace(demo, about=demo.about.model_copy(update={"seuil_diffusion": threshold}))
        return nbsp(verdicts.strata_headline(wave.activity(by), share))

    assert told(9, "province").endswith("làoùelleestpubliée(nonpubliée:BrabantwallonetNamur)")
    assert told(9, "taille") == "Lapartdecommunesactivesestde59%(de5000à20000habitants,seulgroupedontelleestpubliée)"


def test_counts_of_a_study_are_not_broken_down_anew(wave):
    assert wave.breakdown("medias", "province") is None
    assert wave.activity("taille").hidden == ()


def test_no_statistic_is_told_of_counts_that_are_not_published(demo, strict):
    by_size = strict.activity("taille")
    assert "χ²" not in verdicts.strata_test(by_size)
    assert "p\u00a0=" not in verdicts.larger(by_size)
    assert strict.active_everywhere()["taille"] is None
    assert strict.active_everywhere()["calage"] is None
    assert "χ²" in verdicts.strata_test(demo.activity("province"))
    found = demo.breakdown("role", "province")
    assert found.counts.isna().to_numpy().any()
    assert "χ²" not in breakdowns.tested(found)
    rows = evidence.option_tests(strict.options_by_size("communicateurs")).rows
    assert all(set(row[1:]) == {"[c]"} for row in rows)


def test_no_verdict_is_told_of_a_table_with_hidden_counts(demo, strict):
    # Method and seed of a test are public: whether it speaks bounds the counts that it was made from.
    hidden = 0
    for wave in (demo, strict):
        for question in wave.codebook.questions:
            if question.type == "texte" or question.id == "active":
                continue
            for by, base in product(("province", "taille"), question.bases):
                found = wave.breakdown(question.id, by, base)
                if found.counts.isna().to_numpy().any():
                    hidden += 1
                    assert found.test is None
                    assert "hasard" not in breakdowns.tested(found)
    assert hidden > 20
    by_size = strict.activity("taille")
    assert by_size.test is by_size.order is None
    assert verdicts.strata_test(by_size) == verdicts.UNTESTED
    said = verdicts.strata_headline(by_size, "la part de communes actives") + verdicts.larger(by_size)
    assert "hasard" not in said
    assert "varie" not in said
    assert "dont elle est publiée" in said
