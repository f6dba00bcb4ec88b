"""Rows of respondents say what printed counts say: invented ones that give the study's tables give its book."""

from fnmatch import fnmatchcase

import pytest
from support import roundtrip, running

from utils.auditing import statements
from utils.french import typeset
from utils.paths import CHAPTERS
from utils.reading import waves
from utils.survey.codebook import CELL
from utils.telling import oddities

NOTEBOOKS = sorted(CHAPTERS.glob("*.ipynb"))
WAVE = "2017r"

# Where the two books differ, and why: patterns of `table|first cell of a row`, `text|line`, `chart|name`.
TOO_MANY = "94 answers are printed for 92 communes: two are left out, see `roundtrip.LEFT_OUT`"
PRINTED = "nothing is printed beside rows, so that there is nothing to verify"
OTHERS = "the study does not count `autre` by size, rows do: one test more to correct for"
WISHES = (
    "133 wishes are printed for 140 respondents: rows tell that 7 at least have none, and take shares of the others"
)
NAMED = "the invented wave has another name, and more tables"
ORIGIN = "what the numbers come from is told"
CLAIMS = "rows are told by more tables, among whose tests this one is corrected"
BY_STRATUM = "the study counts little by size or by province, rows do all"
DIFFERENCES = {
    "00_synthese": {
        "text|Aucun résultat de ce livre*": ORIGIN,
        "text|- **Aller plus loin*": PRINTED,
        "text|*valeurs imprimées*": PRINTED,
        "text|*ormation aux médias sociaux*": WISHES,
        "text|:::{grid-item-card} 38*": WISHES,
    },
    "11_methodologie": {
        "text|- «*les effectifs donnent*": "what is odd in the print, rows lack or have twice",
        "text|Les effectifs sont repris*": ORIGIN,
        "text|- **Ce qui a été vérifié*": PRINTED,
    },
    "21_profil": {"text|*ont pris part*réunissent*": "rows tell which communes took part, counts do not"},
    "22_presence": {
        "text|Toutes provinces réunies*": CLAIMS,
        "text|Redressée*": "rows count province and size together, so that both can be used at once",
    },
    "24_pratiques": {
        "chart|fig-communication-adaptee": TOO_MANY,
        "chart|fig-pratiques": TOO_MANY,
        "text|16\u00a0% donnent un score de désaccord*": TOO_MANY,
        "text|La médiane vaut 7*": TOO_MANY,
        "pratiques|Communication adaptée au canal": TOO_MANY,
        **{f"communication_adaptee|{row}": TOO_MANY for row in ("caption", "1 *", "2", "3", "5", "6", "7", "8")},
        "communication_adaptee|10 (tout à fait d’accord)": TOO_MANY,
    },
    "25_acteurs": {
        "chart|fig-communicateurs-taille": OTHERS,
        "text|*Un test par réponse*": OTHERS,
        "text|Hypothèse de l’étude*": CLAIMS,
        "communicateurs-taille-tests|Service*": OTHERS,
    },
    "28_attentes": {
        "text|*ormation aux médias sociaux*": WISHES,
        "text|Un répondant pouvait*": WISHES,
        "chart|fig-demandes": WISHES,
        "demandes|*": WISHES,
    },
    "30_conclusions": {"text|*ormation aux médias sociaux*": WISHES},
    "91_questionnaire": {"text|*Ce sont celles dont l’étude publie*": PRINTED},
    "60_explorer": {
        "tous-demandes|*": WISHES,
        **{f"tous-communication_adaptee|{row}": TOO_MANY for row in ("caption", "1 *", "2", "3", "5", "6", "7", "8")},
        "tous-communication_adaptee|10 (tout à fait d’accord)": TOO_MANY,
    },
    "61_ma_commune": {
        "commune-ensemble|*": BY_STRATUM,
        "text|## Ce que*": BY_STRATUM,
        "communes|*": "the invented communes have other names, and no postal code",
    },
    "90_methode": {"text|## Vérification*": PRINTED, "text|Quand une édition reprend*": PRINTED},
    "93_donnees": {"text|*lignes de résultats.": NAMED, "text|> *": NAMED, "text|nom*": NAMED},
    "92_verification": {
        "text|*valeurs imprimées*": PRINTED,
        "text|*ne totalisent pas leur base*": TOO_MANY,
        "text|*imprimé*": PRINTED,
        "text|*pour une base de*": TOO_MANY,
        "valeurs-imprimees|*": PRINTED,
        "bases|*": PRINTED,
        "affirmations|D’un canal à l’autre, la communication change*": TOO_MANY,
        "affirmations|Cette adaptation est de règle*": TOO_MANY,
        "affirmations|La majorité le font régulièrement*": TOO_MANY,
    },
}


@pytest.fixture(scope="module")
def invented(wave):
    return roundtrip.invent(wave)


@pytest.fixture(scope="module")
def counted(invented, tmp_path_factory):
    data = tmp_path_factory.mktemp("roundtrip") / "data"
    roundtrip.write(invented, data, WAVE)
    return waves.load(WAVE, data)


def cells(wave):
    return wave.counts.set_index(list(CELL))["effectif"]


def test_the_invented_are_as_many_as_the_study_says(invented):
    assert len(invented.communes) == 262
    assert len(invented.active) == 138
    assert list(invented.active.values()).count("oui") == 92
    assert len(invented.rows) == 140


def test_the_same_seed_invents_the_same_and_another_does_not(wave, invented):
    assert roundtrip.invent(wave).rows.equals(invented.rows)
    assert not roundtrip.invent(wave, seed=1).rows.equals(invented.rows)


def test_rows_give_every_count_that_is_printed(wave, counted):
    printed, found = cells(wave), cells(counted)
    assert set(printed.index) <= set(found.index)
    found = found[printed.index]
    left_out = {(question, score) for question, scores in roundtrip.LEFT_OUT.items() for score in scores}
    assert set((printed - found)[printed != found].to_dict().items()) == {
        ((question, score, "oui", "toutes", "toutes"), 1) for question, score in left_out
    }


def test_what_is_printed_once_is_counted_by_province_and_size_too(counted):
    found = counted.counts
    for by, other in (("province", "taille"), ("taille", "province")):
        split = found[(found[by] != "toutes") & (found[other] == "toutes")]
        sums = split.groupby(["question", "modalite", "active"])["effectif"].sum()
        whole = found[(found["province"] == "toutes") & (found["taille"] == "toutes")]
        assert sums.sort_index().equals(whole.set_index(["question", "modalite", "active"])["effectif"].sort_index())
    assert len(found) == len(found.drop_duplicates(list(CELL)))


def test_rows_give_the_frame_and_the_bases(wave, counted):
    key = ["province", "taille"]
    assert (
        wave.frame.set_index(key)["communes"].sort_index().equals(counted.frame.set_index(key)["communes"].sort_index())
    )
    for base in ("repondants", "communes", "actives", "non_actives"):
        assert counted.size(base) == wave.size(base)
    assert counted.about.invites == counted.design().population == wave.design().population == 262


def test_the_rows_are_kept_by_commune(invented, counted):
    kept = counted.answers.set_index("ins")
    assert kept["active"].to_dict() == invented.active
    assert kept["obstacle_budget"].value_counts().loc[["10", "1"]].tolist() == [17, 26]


def test_what_is_odd_is_told(wave, counted):
    assert [warning for warning in oddities.told(wave) if "Annonces payantes" in warning]
    several, *missing = oddities.told(counted)
    assert several.startswith("2\u00a0communes ont plus d’un répondant\u00a0: la dernière réponse compte")
    # Of 140 respondents, the study counts 133 wishes: 7 at least have none.
    assert missing == [
        typeset("« Annonces payantes » : 1\u00a0réponse manque sur 92 communes actives."),
        typeset("« Aides souhaitées » : 7\u00a0réponses manquent sur 140 répondants."),
    ]


def test_another_draw_gives_the_printed_counts_too(wave, tmp_path):
    roundtrip.write(roundtrip.invent(wave, seed=1), tmp_path / "data", WAVE)
    printed, found = cells(wave), cells(waves.load(WAVE, tmp_path / "data"))
    assert {cell[0] for cell in printed.index[printed != found[printed.index]]} == set(roundtrip.LEFT_OUT)


@pytest.mark.chapters
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_says_the_same_of_rows_and_of_counts(notebook, wave, counted, monkeypatch):
    running.undrawn(monkeypatch)
    # Rows have nothing printed beside them, and their communes are invented: what is judged by it is left out of both.
    told = [c for c in statements.statements("2017") if "publie(" not in str(c) and "habitants_au" not in str(c)]
    monkeypatch.setattr(statements, "statements", lambda _: told)
    pages = []
    for edition in (wave, counted):
        monkeypatch.setattr(waves, "load", lambda *_, edition=edition: edition)
        pages.append(running.named(notebook))
    printed, rows = pages
    unlike = {key: (text, rows.get(key)) for key, text in printed.items() if rows.get(key) != text}
    patterns = DIFFERENCES.get(notebook.stem, {})
    assert {k: v for k, v in unlike.items() if not any(fnmatchcase(k, pattern) for pattern in patterns)} == {}
    assert [pattern for pattern in patterns if not any(fnmatchcase(k, pattern) for k in unlike)] == []
    more = {key.partition("|")[0] for key in rows.keys() - printed.keys() if not fnmatchcase(key, "chart|*-strates")}
    # One row more each; the communes are invented.
    more -= {"active-redressee", "communes", "communicateurs-taille-tests", "demandes", "tous-demandes"}
    # A table of one province or of one size tells every question of it.
    more = {name for name in more if not name.startswith(("commune-province-", "commune-taille-"))}
    assert all(name.endswith(("-province", "-taille")) or name == "text" for name in more), more
