"""One wave as each form tool exports it: through `vague.yml` alone, all give the same counts."""

import pytest
from support import forms, respondents

from utils.reading.problems import DataError
from utils.survey.codebook import CELL

PLACES = {
    "92094": ("Namur", "Namur", "113174"),
    "62063": ("Liège", "Liège", "195278"),
    "25014": ("Braine-l’Alleud", "Brabant wallon", "40432"),
    "92097": ("Ohey", "Namur", "5100"),
    "53053": ("Mons", "Hainaut", "96000"),
    "81001": ("Arlon", "Luxembourg", "30489"),
    "82003": ("Bastogne", "Luxembourg", "16900"),
    "63079": ("Verviers", "Liège", "55253"),
    "25112": ("Wavre", "Brabant wallon", "35500"),
    "55035": ("Rœulx", "Hainaut", "9200"),
    "91034": ("Dinant", "Namur", "13700"),
    "84010": ("Bouillon", "Luxembourg", "5500"),
    "64074": ("Waremme", "Liège", "15600"),
}
EXPORTS = {
    "limesurvey, codes": ("export.csv", forms.limesurvey, {}),
    "limesurvey, texts": ("export.csv", forms.limesurvey, {"headings": "full", "answers": "long"}),
    "limesurvey, both, semicolons": (
        "export.csv",
        forms.limesurvey,
        {"headings": "codetext", "answers": "long", "separator": ";"},
    ),
    "google_forms, download": ("export.csv", forms.google_forms, {}),
    "google_forms, spreadsheet": ("export.csv", forms.google_forms, {"sheet": True}),
    "ms_forms": ("export.xlsx", forms.ms_forms, {}),
    "contract": ("export.csv", forms.contract, {}),
    "excel in French, Windows-1252": ("export.csv", forms.excel, {}),
    "excel in French, UTF-8": ("export.csv", forms.excel, {"encoding": "utf-8-sig"}),
}


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def folder(rows=(), **about):
    """Return a wave's folder whose respondents are those of `forms`, or which imports them."""
    frame = [
        {"ins": ins, "commune": name, "province": province, "population": population}
        for ins, (name, province, population) in PLACES.items()
    ]
    return respondents.Folder(list(rows), frame, respondents.ABOUT | about)


def exported(tmp_path, name):
    """Return the folder of a wave that imports an export."""
    file, write, how = EXPORTS[name]
    mapping = asked(write(tmp_path / file, **how))
    wave = folder(**{"import": mapping.model_dump(exclude_none=True, mode="json")})
    wave.files |= {file: (tmp_path / file).read_bytes(), "reponses.csv": None}
    return wave


def asked(mapping):
    """Leave to `ignorees` the columns of options that a wave of this year does not ask."""
    several, spare = {}, []
    for question, titles in mapping.colonnes_multiples.items():
        known = respondents.CODEBOOK[question].options
        several[question] = {option: of for option, of in titles.items() if option in known}
        spare += [title for option, of in titles.items() if option not in known for title in of]
    return mapping.model_copy(update={"colonnes_multiples": several, "ignorees": (*mapping.ignorees, *spare)})


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Return the wave as its rows stand in the contract's form, read without an import."""
    tmp_path = tmp_path_factory.mktemp("plain")
    rows = [
        {"id": f"R{n}", **{column: row.get(column, "") for column in forms.COLUMNS}}
        for n, row in enumerate(forms.RESPONDENTS, 1)
    ]
    return folder(rows).load(tmp_path / "data")


def counts(wave):
    return wave.counts.set_index(list(CELL))["effectif"].sort_index()


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_gives_the_same_wave(name, plain, tmp_path, monkeypatch):
    # The latest first: of two respondents of Namur, the date alone tells who came last.
    monkeypatch.setattr(forms, "RESPONDENTS", forms.RESPONDENTS[::-1])
    found = exported(tmp_path, name).load(tmp_path / "data")
    assert counts(found).equals(counts(plain))
    assert found.answers.equals(plain.answers[found.answers.columns])
    assert found.oddities == plain.oddities
    assert (found.about.invites, found.about.repondants, found.about.communes) == (13, 12, 11)


def test_the_counts_are_those_of_the_rows(plain):
    """Held against the rows themselves, so that all exports cannot be wrong together."""
    kept = [row for n, row in enumerate(forms.RESPONDENTS, 1) if n != 1]  # who answers again in the last row
    assert plain.size("actives") == sum(row["active"] == "oui" for row in kept)
    for option, number in plain.choice("medias").answers.counts.items():
        assert number == sum(option in row.get("medias", "").split(";") for row in kept if row["active"] == "oui")
    for score, number in plain.likert("obstacle_budget", "actives").answers.counts.items():
        assert number == sum(row.get("obstacle_budget") == str(score) for row in kept if row["active"] == "oui")
    for option, number in plain.choice("demandes").answers.counts.items():
        assert number == sum(option in row.get("demandes", "").split(";") for row in forms.RESPONDENTS)


@pytest.mark.parametrize("name", ["limesurvey, texts", "google_forms, download", "ms_forms", "contract"])
def test_a_fault_is_told_where_the_export_has_it(name, tmp_path):
    """A commune that was not asked: by its line of the export, whatever the tool."""
    wave = exported(tmp_path, name)
    wave.frame = [place for place in wave.frame if place["commune"] != "Mons"]
    with pytest.raises(DataError) as caught:
        wave.load(tmp_path / "data")
    said, (file, *_) = str(caught.value), EXPORTS[name]
    line = 6 if name == "ms_forms" else 7  # in text, an answer before it holds a line break
    assert f"{file}, ligne {line}, colonne « commune » : trouvé « Mons ; 53053 »" in said
    assert said.startswith("1\u00a0problème ")
