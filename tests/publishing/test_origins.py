"""Each table names the files that its figures stand on: those whose change changes it, and no other."""

from dataclasses import replace

import pytest
from support import running
from support.pages import ALONE, BESIDE, chapters, soup

from utils.auditing import statements
from utils.paths import CHAPTERS, ROOT
from utils.publishing import origins
from utils.publishing.outputs import TABLE
from utils.reading import waves
from utils.showing.origins import Origin

CHANGED = ("21_profil", "22_presence", "25_acteurs", "92_verification")


def tables(monkeypatch, wave):
    """Run some chapters on a wave and return the tables that they show, by name."""
    monkeypatch.setattr(waves, "load", lambda *_: wave)
    found = {}
    for chapter in CHANGED:
        shown = [data[TABLE] for data in running.outputs(CHAPTERS / f"{chapter}.ipynb") if TABLE in data]
        found |= {table["nom"]: table["contenu"] for table in shown}
    return found


@pytest.mark.chapters
def test_a_file_that_changes_changes_the_tables_that_name_it(wave, monkeypatch):
    running.undrawn(monkeypatch)
    few = [c for c in statements.statements("2017") if c.id in ("facebook_premier", "participation_habitants")]
    few += [c for c in statements.statements("2017") if "publie(" in c.verifie + c.calcul + c.explication][:1]
    few += [c for c in statements.statements("2017") if c.id == "grandes_taux"]
    monkeypatch.setattr(statements, "statements", lambda _: few)
    before = tables(monkeypatch, wave)
    doubled = wave.frame["communes"] * 2
    # Half the answers, and one active commune less: of its province, its size and all.
    fewer = wave.counts.assign(effectif=wave.counts["effectif"] // 2)
    split = wave.counts["question"] == "active"
    fewer.loc[split, "effectif"] = wave.counts.loc[split, "effectif"]
    one = split & (wave.counts["modalite"] == "oui") & wave.counts["province"].isin(["toutes", "liege"])
    fewer.loc[one & wave.counts["taille"].isin(["toutes", "5000_20000"]), "effectif"] -= 1
    other = {
        "effectifs.csv": {"counts": fewer},
        "cadre.csv": {
            "frame": wave.frame.assign(communes=doubled),
            "about": wave.about.model_copy(update={"invites": 2 * wave.about.invites}),
        },
        "publie.csv": {"published": wave.published.assign(valeur=wave.published["valeur"] / 2)},
        "communes.csv": {"communes": wave.communes.assign(population=range(1, 263))},
    }
    changed = {name: set() for name in before}
    for file, change in other.items():
        after = tables(monkeypatch, replace(wave, **change))
        assert after.keys() == before.keys()
        for name, table in after.items():
            if (table["rows"], table["caption"], table["header"]) != (
                before[name]["rows"],
                before[name]["caption"],
                before[name]["header"],
            ):
                changed[name].add(f"data/2017/{file}")
    assert changed == {name: set(table["files"]) - {"data/2017/affirmations.yml"} for name, table in before.items()}


OWN = "data/{edition}/{answers}"
FRAME = "data/{edition}/cadre.csv"
# By the names of tables, whose files were looked up one by one; all others stand on the answers alone.
FILES = {
    "participation-taille": (OWN, FRAME),
    "participation-province": (OWN, FRAME),
    "participation-communes": (OWN, FRAME),
    "active": (OWN, FRAME),
    "tous-active": (OWN, FRAME),
    "active-redressee": (OWN, FRAME),
    "active-taille": (OWN, FRAME),
    "active-province": (OWN, FRAME),
    "contexte": ("data/contexte.csv",),
    "formations": ("data/formations.csv",),
    "couverture": ("data/couverture.csv",),
    "fausses-alertes": ("data/fausses_alertes.csv",),
    "questionnaire": ("data/questionnaire.yml",),
    "strates": ("data/territoires/wallonie.yml",),
    "colonnes": ("{name}-colonnes.csv",),
}
NAMES = {ALONE: "communes-medias-sociaux-2017", BESIDE: "donnees-fictives-demo"}
OF_A_POPULATION = {"active", "tous-active", "active-taille", "active-province"}
OF_COUNTS = {
    # How many respondents there are stands nowhere among the counts.
    "demandes": (OWN, "data/2017/vague.yml"),
    "communes": ("data/2017/communes.csv", "data/territoires/wallonie.yml", "data/fusions.csv"),
    "tous-demandes": (OWN, "data/2017/vague.yml"),
    "valeurs-imprimees": ("data/2017/publie.csv", OWN, FRAME, "data/2017/communes.csv"),
    "bases": ("data/2017/publie.csv", OWN),
    "affirmations": (
        "data/2017/affirmations.yml",
        OWN,
        "data/2017/publie.csv",
        FRAME,
        "data/2017/communes.csv",
    ),
}
# Of which province and size a respondent's commune is, the frame says.
OF_ROWS = {
    "communes": (FRAME, "data/territoires/wallonie.yml", "data/fusions.csv"),
    "valeurs-imprimees": (OWN, FRAME),
    "affirmations": (OWN, FRAME),
    "evolution": (OWN, "data/2017/effectifs.csv"),
}


@pytest.mark.site
@pytest.mark.parametrize(("book", "answers"), [(ALONE, "effectifs.csv"), (BESIDE, "reponses.csv")])
def test_every_result_of_both_editions_names_its_own_files(book, answers):
    known = FILES | (OF_COUNTS if book == ALONE else OF_ROWS)
    named, expected = {}, {}
    for page in chapters(book):
        for block in soup(page).select("article div.preuves"):
            name = block["id"].removeprefix("preuves-")
            facts = dict(
                zip(
                    (title.get_text() for title in block.select("details.provenance dt")),
                    (fact.get_text() for fact in block.select("details.provenance dd")),
                    strict=True,
                )
            )
            assert facts["Statistique"], name
            named[name] = facts.get("Fichier", facts.get("Fichiers", "")).split(", ")
            split = book == BESIDE and name.endswith(("-taille", "-province", "-taille-tests"))
            # Who is active of some size or province is estimated among the communes asked.
            split |= name.startswith(("commune-taille-", "commune-province-"))
            files = known.get(name, (OWN, FRAME) if split else (OWN,))
            expected[name] = [file.format(edition=book.name, answers=answers, name=NAMES[book]) for file in files]
            # A reader finds each: in the project, or among the files to keep.
            assert all((ROOT / file).is_file() or (book / "_downloads" / file).is_file() for file in named[name]), name
            # Nothing is corrected but tests, for their number, and V.
            assert ("hypergéométrique" in facts["Statistique"]) == (name in OF_A_POPULATION), name
            assert "corrigés" not in facts["Statistique"], name
    assert named == expected
    assert len(named) > 40


def test_an_edition_without_a_published_study_has_nothing_printed(demo):
    assert origins.paths((Origin.PRINTED, Origin.ANSWERS, Origin.STATEMENTS), demo) == ("data/demo/reponses.csv",)


def test_figures_of_two_editions_name_both(wave, demo):
    expected = ("data/demo/reponses.csv", "data/2017/effectifs.csv")
    assert origins.paths((Origin.ANSWERS, Origin.BEFORE), demo, wave) == expected


def test_figures_come_from_somewhere(demo):
    with pytest.raises(ValueError, match="no file of demo"):
        origins.paths((Origin.PRINTED,), demo)
    with pytest.raises(ValueError, match="not a valid Origin"):
        origins.paths(("ailleurs",), demo)
