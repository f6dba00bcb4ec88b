"""What the demonstration's pages give away: attacked as a reader would, from the published files alone."""

import csv
import re

import pandas as pd
import pytest
from support import holdings, pages
from support.attacker import Published, exposed
from support.demo import asked, planted
from support.pages import soup
from support.twins import Reader

from utils.paths import BUILD, DATA, SITE
from utils.survey.codebook import activity_of

pytestmark = pytest.mark.site

BOOK = SITE / "demo"
THRESHOLD = 5
# Where the communes asked are listed: the page of one's own commune, what its script loads, and its table.
LISTED = re.compile(r"/61_ma_commune\.(html|ipynb)$|/commune\.json$|/donnees-fictives-communes\.csv$")
COUNT, SIZE = re.compile(r"\((\d+)\)"), re.compile(r"\(n = (\d+)\)")


@pytest.fixture(scope="module")
def tables():
    return {name: [[plain(text) for text in row] for row in rows] for name, rows in pages.results(BOOK).items()}


def plain(text):
    return re.sub(r"[\u00a0\u202f]", " ", text).strip()


def breakdown(rows):
    """Return the counts of a breakdown as printed, NA where hidden, and the answers of each stratum."""
    header, *body = rows
    counts = {
        row[0]: [pd.NA if cell == "[c]" else int(COUNT.search(cell).group(1)) for cell in row[1:]] for row in body
    }
    sizes = [SIZE.search(title) for title in header[1:]]
    if not all(sizes):
        return None
    table = pd.DataFrame.from_dict(counts, orient="index", columns=header[1:], dtype="Int64")
    return table, pd.Series([int(size.group(1)) for size in sizes], index=table.columns)


def questions():
    for question in holdings.codebook("demo").questions:
        if question.type == "likert" and question.base == "communes":
            yield question.id, f"{question.id}-actives", question.id
            yield question.id, f"{question.id}-non-actives", f"{question.id}-non"
        elif question.type != "texte" and question.id != "active":
            yield question.id, question.id, question.id


@pytest.mark.parametrize(("name", "whole", "split"), list(questions()), ids=lambda value: value)
def test_no_hidden_count_can_be_worked_out(tables, demo, name, whole, split):
    question = demo.codebook[name]
    found = {by: breakdown(tables[f"{split}-{by}"]) for by in ("province", "taille")}
    found = {by: pair for by, pair in found.items() if pair}
    if not found:
        return
    rows = [(row[0], int(row[1])) for row in tables[whole][1:] if row[0] != "Sans réponse"]
    if question.type == "likert":
        scale = demo.codebook.scale(name)
        sides = {"Désaccord": "desaccord", "Milieu": "neutre", "Accord": "accord"}
        counts = {int(label.split(" ")[0]): n for label, n in rows}
        rows = [(label, sum(counts[s] for s in scale.side(sens))) for label, sens in sides.items()]
    overall = pd.Series(dict(rows))
    several = question.type == "choix_multiple"
    n = int(next(iter(found.values()))[1].sum()) if several else int(overall.sum())
    shown, totals = ({by: pair[i] for by, pair in found.items()} for i in (0, 1))
    # The map names who took part: with it, and by other questions, is known how many answered where both cross.
    base = question.bases[-1 if split.endswith("-non") else 0]
    reader = Reader(demo)
    crossing = reader.answering(name, base) if several else reader.crossed(name, activity_of(base)).sum()
    printed = pd.MultiIndex.from_product([table.columns for table, _ in found.values()])
    known = crossing.set_axis(printed) if len(found) == 2 else None
    published = Published(overall, n, {by: t.loc[overall.index] for by, t in shown.items()}, totals, several, known)
    assert exposed(published, THRESHOLD) == {}
    for table in shown.values():
        small = table.notna() & (table > 0) & (table < THRESHOLD)
        assert not small.fillna(False).to_numpy().any()


@pytest.mark.parametrize("by", ["province", "taille"])
def test_who_is_active_is_not_told_of_a_few(tables, by):
    rows = [row for row in tables[f"active-{by}"][1:] if row[0] != "Ensemble"]
    counts = pd.DataFrame(
        {row[0]: [pd.NA if cell == "[c]" else int(cell) for cell in row[1:3]] for row in rows},
        index=["oui", "non"],
        dtype="Int64",
    )
    totals = pd.Series({row[0]: int(row[3]) for row in rows})
    whole = tables[f"active-{by}"][-1]
    overall = pd.Series({"oui": int(whole[1]), "non": int(whole[2])})
    published = Published(overall, int(overall.sum()), {by: counts}, {by: totals}, multiple=False)
    assert exposed(published, THRESHOLD) == {}


def test_no_commune_and_no_free_text_reaches_the_site_or_the_notebooks():
    strings = {text for text in planted() if len(text) > 4}
    named = {text for text in asked() if len(text) > 4}
    files = [path for folder in (BOOK, BUILD / "demo" / "chapters") for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        if path.suffix not in (".html", ".ipynb", ".js", ".json", ".txt", ".csv", ".md", ".xml"):
            continue
        text = path.read_text(encoding="utf-8")
        found = {planted_text for planted_text in strings if planted_text in text}
        if LISTED.search(path.as_posix()):
            # Who was asked is no secret; a list of some of them would tell who answered.
            assert named <= found, path
            found -= named
        assert not found, (path, sorted(found)[:3])


def test_no_code_of_a_commune_reaches_the_pages():
    with (DATA / "demo" / "cadre.csv").open(encoding="utf-8") as file:
        codes = {row["ins"] for row in csv.DictReader(file)}
    for page in sorted((BOOK / "chapters").glob("*.html")):
        drawn = " ".join(str(drawing) for drawing in soup(page).select("svg"))
        assert codes.isdisjoint(re.findall(r"(?<![\d.])\d+(?!\.)", drawn + soup(page).get_text())), page.name
    assert not list(BOOK.rglob("*.geojson"))


def test_every_page_figure_and_download_says_that_it_is_fiction():
    for page in sorted((BOOK / "chapters").glob("*.html")):
        assert "Données fictives" in soup(page).select_one(".avertissement").get_text(), page.name
        # What other surveys say of real inhabitants is no fiction.
        for drawing in soup(page).select("article svg[role=img]") if page.stem != "10_contexte" else ():
            assert "Données fictives" in drawing.get_text(), page.name
            assert drawing["aria-label"].startswith("Données fictives")
        for link in soup(page).select("a.csv"):
            block = link.find_parent("div", class_="preuves")
            real = block["data-source"].startswith("Repris dans") if block else False
            assert link["download"].startswith("donnees-fictives-") != real, page.name


def test_the_demonstration_is_never_the_default_site():
    front = (SITE / "index.html").read_text(encoding="utf-8")
    assert "url=2017/" in front
    assert "demo" not in front
    assert '"demo"' not in (SITE / "2017" / "_static" / "editions.js").read_text(encoding="utf-8")
