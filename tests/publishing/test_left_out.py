"""No chapter depends on a question: whole chapters are left out, obstacles are choices, and every edition is told."""

import re
from dataclasses import replace

import pandas as pd
import pytest
import yaml
from support import running
from support.holdings import edition
from support.respondents import small

from utils.offering import explorer
from utils.offering.bundle import offered
from utils.paths import CHAPTERS
from utils.publishing.checking import check_wave
from utils.reading import waves

pytestmark = pytest.mark.chapters

OPTIONS = [{"id": name, "libelle": f"choix {name}"} for name in ("un", "deux", "trois")]
KINDS = {
    "choix_unique": {"type": "choix_unique"},
    "choix_multiple": {"type": "choix_multiple"},
    "ordonnee": {"type": "choix_unique", "ordonnee": True},
}


def slugs():
    return sorted({question.chapitre for question in edition("2017").codebook.questions})


def told(wave, chapters, monkeypatch):
    """Compose chapters of a wave, and return what they show; nothing is left uncomputed in silence."""
    running.undrawn(monkeypatch)
    monkeypatch.setattr(waves, "load", lambda *_: wave)
    found = {}
    for chapter in chapters:
        found[chapter] = running.named(CHAPTERS / f"{chapter}.ipynb")
        said = " ".join(f"{name} {value}" for name, value in found[chapter].items())
        assert not re.search(r"(?<!\w)(nan|None|inf)(?!\w)", said), chapter
    return found


@pytest.mark.parametrize("name", ["2017", "demo"])
@pytest.mark.parametrize("slug", slugs())
def test_a_chapter_without_any_question_is_told(name, slug, monkeypatch):
    whole = edition(name)
    out = [q.id for q in whole.codebook.questions if q.chapitre == slug and q.id != "active"]
    asked = whole.codebook.at(whole.about.periode.debut, out)
    smaller = replace(whole, codebook=asked, published=whole.published.iloc[:0], comments={})
    found = told(smaller, {slug, "00_synthese", "11_methodologie", "30_conclusions"}, monkeypatch)
    assert [line for line in found[slug] if "Non demandé dans cette édition" in line]


def test_counts_need_not_tell_who_communicates(data, monkeypatch):
    folder = data / "2017"
    for name in ("effectifs", "publie"):
        table = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        table[table["question"] != "communicateurs"].to_csv(folder / f"{name}.csv", index=False)
    for name in ("affirmations", "commentaires"):  # they speak of who communicates
        (folder / f"{name}.yml").unlink()
    about = (folder / "vague.yml").read_text(encoding="utf-8")
    (folder / "vague.yml").write_text(f"{about}non_posees: [communicateurs]\n", encoding="utf-8")
    check_wave("2017", data=data)
    counted = waves.load("2017", data)
    assert offered(counted)
    assert explorer.explored(counted)
    assert told(counted, ["25_acteurs", "30_conclusions"], monkeypatch)


@pytest.mark.parametrize("kind", KINDS)
def test_an_obstacle_may_be_a_choice(kind, tmp_path, monkeypatch):
    wave = small()
    for place, row in enumerate(wave.rows):
        row["obstacle_budget"] = OPTIONS[place % 3]["id"]
    wave.write(tmp_path)
    path = tmp_path / "questionnaire.yml"
    asked = yaml.safe_load(path.read_text(encoding="utf-8"))
    place = next(i for i, question in enumerate(asked["questions"]) if question["id"] == "obstacle_budget")
    kept = {key: asked["questions"][place][key] for key in ("id", "chapitre", "libelle", "enonce", "base")}
    asked["questions"][place] = kept | KINDS[kind] | {"modalites": OPTIONS}
    path.write_text(yaml.safe_dump(asked, allow_unicode=True), encoding="utf-8")
    check_wave("2026", data=tmp_path)
    found = told(waves.load("2026", tmp_path), ["00_synthese", "27_obstacles", "30_conclusions"], monkeypatch)
    assert [name for name in found["27_obstacles"] if "choix un" in name.lower()]
