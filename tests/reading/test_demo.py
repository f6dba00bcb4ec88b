"""The demonstration: made anew to the byte, complete enough to show everything, and nobody's."""

import csv
import os
import shutil
import subprocess
import sys

import pytest
import yaml

from utils.paths import DATA, ROOT
from utils.reading import waves
from utils.reading.questionnaires import read_questionnaire
from utils.showing import listings
from utils.survey.communes import normalised
from utils.telling import oddities

MAKER = DATA / "demo" / "fabriquer.py"
TUTORIAL = ROOT / "docs" / "tutoriel"
MADE = [DATA / "demo" / name for name in ("cadre.csv", "reponses.csv", "vague.yml")]
MADE += [TUTORIAL / name for name in ("communes.csv", "export-google-forms.csv")]

# The 262 communes of the survey of 2017: 261 since Bastogne took Bertogne in.
REAL = """
Aiseau-Presles, Amay, Amblève, Andenne, Anderlues, Anhée, Ans, Anthisnes, Antoing, Arlon, Assesse, Ath, Attert,
Aubange, Aubel, Awans, Aywaille, Baelen, Bassenge, Bastogne, Beaumont, Beauraing, Beauvechain, Beloeil, Berloz,
Bernissart, Bertogne, Bertrix, Beyne-Heusay, Binche, Bièvre, Blegny, Bouillon, Boussu, Braine-le-Château,
Braine-le-Comte, Braine-l’Alleud, Braives, Brugelette, Brunehaut, Bullange, Burdinne, Burg-Reuland, Butgenbach,
Celles, Cerfontaine, Chapelle-lez-Herlaimont, Charleroi, Chastre, Chaudfontaine, Chaumont-Gistoux, Chimay, Chiny,
Chièvres, Châtelet, Ciney, Clavier, Colfontaine, Comblain-au-Pont, Comines-Warneton, Courcelles, Court-Saint-Etienne,
Couvin, Crisnée, Dalhem, Daverdisse, Dinant, Dison, Doische, Donceel, Dour, Durbuy, Ecaussinnes, Eghezée, Ellezelles,
Enghien, Engis, Erezée, Erquelinnes, Esneux, Estaimpuis, Estinnes, Etalle, Eupen, Faimes, Farciennes, Fauvillers,
Fernelmont, Ferrières, Fexhe-le-Haut-Clocher, Fleurus, Flobecq, Floreffe, Florennes, Florenville, Flémalle, Fléron,
Fontaine-l’Evêque, Fosses-la-Ville, Frameries, Frasnes-lez-Anvaing, Froidchapelle, Gedinne, Geer, Gembloux, Genappe,
Gerpinnes, Gesves, Gouvy, Grez-Doiceau, Grâce-Hollogne, Habay, Ham-sur-Heure-Nalinnes, Hamoir, Hamois, Hannut,
Hastière, Havelange, Hensies, Herbeumont, Herstal, Herve, Honnelles, Hotton, Houffalize, Houyet, Huy, Hélécine, Héron,
Incourt, Ittre, Jalhay, Jemeppe-sur-Sambre, Jodoigne, Juprelle, Jurbise, La Bruyère, La Calamine, La Hulpe, La
Louvière, La Roche-en-Ardenne, Lasne, Le Roeulx, Lens, Les Bons Villers, Lessines, Leuze-en-Hainaut, Libin,
Libramont-Chevigny, Lierneux, Limbourg, Lincent, Liège, Lobbes, Lontzen, Léglise, Malmedy, Manage, Manhay,
Marche-en-Famenne, Marchin, Martelange, Meix-devant-Virton, Merbes-le-Château, Messancy, Mettet, Modave, Momignies,
Mons, Mont-Saint-Guibert, Mont-de-l’Enclus, Montigny-le-Tilleul, Morlanwelz, Mouscron, Musson, Namur, Nandrin,
Nassogne, Neufchâteau, Neupré, Nivelles, Ohey, Olne, Onhaye, Oreye, Orp-Jauche, Ottignies-Louvain-la-Neuve, Ouffet,
Oupeye, Paliseul, Pecq, Pepinster, Perwez, Philippeville, Plombières, Pont-à-Celles, Profondeville, Péruwelz,
Quaregnon, Quiévrain, Quévy, Raeren, Ramillies, Rebecq, Remicourt, Rendeux, Rixensart, Rochefort, Rouvroy, Rumes,
Saint-Georges-sur-Meuse, Saint-Ghislain, Saint-Hubert, Saint-Léger, Saint-Nicolas, Saint-Vith, Sainte-Ode,
Sambreville, Seneffe, Seraing, Silly, Sivry-Rance, Soignies, Sombreffe, Somme-Leuze, Soumagne, Spa, Sprimont,
Stavelot, Stoumont, Tellin, Tenneville, Theux, Thimister-Clermont, Thuin, Tinlot, Tintigny, Tournai, Trois-Ponts,
Trooz, Tubize, Vaux-sur-Sûre, Verlaine, Verviers, Vielsalm, Villers-Le-Bouillet, Villers-la-Ville, Viroinval, Virton,
Visé, Vresse-sur-Semois, Waimes, Walcourt, Walhain, Wanze, Waremme, Wasseiges, Waterloo, Wavre, Welkenraedt, Wellin,
Yvoir
"""


def real_names():
    return [name.strip() for name in REAL.replace("\n", " ").split(",")]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("seed", ["1", "2"])
def test_two_runs_write_the_committed_bytes(tmp_path, seed):
    subprocess.run([sys.executable, MAKER, tmp_path], check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    for path in MADE:
        again = (tmp_path / path.relative_to(ROOT)).read_bytes()
        assert again == path.read_bytes(), f"{path.name}: .venv/bin/python data/demo/fabriquer.py writes another"


def test_it_loads_and_says_what_it_is(demo):
    assert demo.about.fictif
    assert "démonstration" in demo.about.titre
    assert "aucune commune réelle" in demo.about.notes[0]
    assert (demo.about.invites, demo.about.repondants, demo.about.communes) == (262, 148, 142)
    assert demo.communes["taille"].value_counts().to_dict() == {
        "moins_5000": 58,
        "5000_20000": 165,
        "20000_50000": 30,
        "plus_50000": 9,
    }
    assert demo.communes["province"].value_counts(sort=False).to_dict() == {
        "brabant_wallon": 27,
        "hainaut": 69,
        "liege": 84,
        "luxembourg": 44,
        "namur": 38,
    }


def test_it_asks_what_is_asked_in_its_year(demo, wave):
    media = demo.codebook["medias"].options
    assert "tiktok" in media
    assert "google_plus" not in media
    assert demo.cells("medias", "oui")["tiktok"] > 10
    assert "google_plus" in wave.codebook["medias"].options
    assert "tiktok" not in wave.codebook["medias"].options


def test_what_is_odd_in_it_is_told(demo):
    assert oddities.told(demo)[0].startswith("6\u00a0communes ont plus d’un répondant")
    for question in demo.codebook.questions:
        if question.type in ("likert", "choix_unique") and question.id != "active":
            assert any(f"«\u00a0{question.libelle}\u00a0»" in said for said in oddities.told(demo)), question.id


def test_missing_answers_are_gathered_where_there_are_many(demo, wave):
    said = oddities.gathered(demo)
    alone = [odd for odd in demo.oddities if odd.kind != "manquante"]
    assert len(said) == len(alone) + 1
    # As the sentences tell one by one, the most in proportion: 14 of 89 active communes, who communicates.
    assert said[-1].endswith(
        "surtout à «\u00a0Personnes qui communiquent\u00a0» (14 sur 89 communes actives)\u202f; elles ne comptent dans "
        "aucune part."
    )
    few = [odd for odd in wave.oddities if odd.kind == "manquante"]
    assert (len(few) > 3) == bool(oddities.missing(wave))
    table = listings.missing(oddities.missing(demo), demo.codebook)
    assert len(table.rows) == len(demo.oddities) - len(alone)
    assert [str(cell) for cell in table.rows[0]] == [
        "Personnes qui communiquent",
        "communes actives",
        "14",
        "89",
        "16\u00a0%",
    ]


def test_silence_is_rare_and_everywhere(demo):
    given = rows(DATA / "demo" / "reponses.csv")
    for question in demo.codebook.questions:
        if question.type in ("likert", "choix_unique") and question.id != "active":
            asked = [row for row in given if question.base != "actives" or row["active"] == "oui"]
            silent = sum(not row[question.id] for row in asked) / len(asked)
            assert 0 < silent < 0.12, question.id


def test_several_respondents_of_a_commune_answer_on_different_days():
    codes = {normalised(row["commune"]): row["ins"] for row in rows(DATA / "demo" / "cadre.csv")}
    days = {}
    for row in rows(DATA / "demo" / "reponses.csv"):
        days.setdefault(row["ins"] or codes[normalised(row["commune"])], []).append(row["date"])
    several = [dates for dates in days.values() if len(dates) > 1]
    assert len(several) == 6
    assert all(len(set(dates)) == len(dates) for dates in several)
    assert all("2026-02" <= date < "2026-05" for dates in days.values() for date in dates)


def test_communes_are_written_as_people_do():
    names = {row["commune"] for row in rows(DATA / "demo" / "cadre.csv")}
    given = rows(DATA / "demo" / "reponses.csv")
    written = [row["commune"] for row in given if row["commune"] not in names]
    assert 30 < len(written) < 80
    for mark in (str.isupper, str.islower, str.isascii, lambda name: "St " in name, lambda name: " s/ " in name):
        assert any(mark(name) for name in written)
    assert 0.75 < sum(bool(row["ins"]) for row in given) / len(given) < 0.95


def test_it_has_something_to_show(demo):
    for by in ("province", "taille"):
        assert not demo.activity(by).hidden
    assert demo.split("province").to_numpy().min() >= 6
    share = demo.split("taille").pipe(lambda split: split["oui"] / split.sum(axis=1))
    assert share.is_monotonic_increasing
    for obstacle in demo.codebook.chapter("27_obstacles"):
        active, other = (demo.likert(obstacle, base).answers for base in ("actives", "non_actives"))
        assert active.mean < other.mean
    hidden = [demo.breakdown("medias", by).counts.isna().to_numpy() for by in ("province", "taille")]
    assert all(cells.any() and not cells.all() for cells in hidden)


def test_no_commune_is_real():
    real = {normalised(name) for name in real_names()}
    assert len(real) == 262
    real |= {
        normalised(name) for one, others in read_questionnaire([]).territory.noms.items() for name in (one, *others)
    }
    invented = rows(DATA / "demo" / "cadre.csv")
    assert real.isdisjoint(normalised(row["commune"]) for row in invented)
    # Nor is any part of a name; real codes end with the province of Namur, at 93.
    parts = {part for name in real for part in name.split()} - {"sur", "les", "saint"}
    assert parts.isdisjoint(part for row in invented for part in normalised(row["commune"]).split())
    assert all(row["ins"] > "94" for row in invented)


def test_the_export_holds_the_same_answers(demo, data):
    """The tutorial's files, read by a mapping, give the demonstration's counts."""
    folder, questions = data / "2026-09", demo.codebook.questions
    folder.mkdir()
    for name in ("communes.csv", "export-google-forms.csv"):
        shutil.copy(TUTORIAL / name, folder)
    header = list(rows(TUTORIAL / "export-google-forms.csv")[0])
    targets = ["date", None, "commune", "ins", *(question.id for question in questions)]
    assert len(header) == len(targets)
    about = yaml.safe_load((DATA / "demo" / "vague.yml").read_text(encoding="utf-8"))
    about["cadre"] = {"fichier": "communes.csv"}
    about["import"] = {
        "format": "google_forms",
        "fichier": "export-google-forms.csv",
        "colonnes": {title: target for title, target in zip(header, targets, strict=True) if target},
        "ignorees": ["Adresse e-mail"],
    }
    (folder / "vague.yml").write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    exported = waves.load("2026-09", data)
    order = list(demo.counts.columns)
    again, first = (w.counts.sort_values(order).to_numpy().tolist() for w in (exported, demo))
    assert again == first
    assert exported.oddities == demo.oddities


def test_the_export_names_nobody():
    for row in rows(TUTORIAL / "export-google-forms.csv"):
        assert row["Adresse e-mail"].startswith("repondant")
        assert row["Adresse e-mail"].endswith("@example.com")
