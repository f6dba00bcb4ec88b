"""How to cite: what pybtex reads of BibTeX, and what RIS asks of a file."""

import datetime
import re
from dataclasses import replace

import pytest
from pybtex.database import parse_string
from pybtex.richtext import Text

from utils.offering.publication import publication, signature
from utils.offering.references import Reference, bibtex, reference, ris

CITED = Reference(
    key="essai-2017-medias",
    authors=("FuturoCité, et les communes & villes (étude)", "les auteurs du livre (texte et code)"),
    book="Les communes d’été",
    part="Part_de 50 % à {100} $ : #1 ~ a^b \\ fin",
    edition="2017",
    version="1.2.0",
    day=datetime.date(2026, 11, 30),
    address="https://exemple.be/2017/chapters/22_presence.html#fig-medias_1",
    note="",
)


def test_pybtex_reads_what_was_written():
    (entry,) = parse_string(bibtex(CITED), "bibtex").entries.values()
    assert entry.type == "incollection"
    asked, wrote = entry.persons["author"]  # two bodies, whatever their names hold
    assert asked.last_names == [r"{FuturoCité, et les communes \& villes (étude)}"]
    assert wrote.last_names == ["{les auteurs du livre (texte et code)}"]
    shown = Text.from_latex(entry.fields["title"]).render_as("text")
    assert shown.replace("\u00a0", " ").startswith("Part_de 50 % à ")
    assert (entry.fields["year"], entry.fields["url"]) == ("2026", CITED.address)
    assert "note" not in entry.fields


@pytest.mark.parametrize("sign", ["%", "&", "_", "#", "$", "{", "}"])
def test_no_sign_of_tex_is_left_bare(sign):
    written = bibtex(replace(CITED, part=f"a {sign} b", authors=("x",), book="y", address=""))
    (title,) = re.findall(r"title = \{\{(.*)\}\},", written)[:1]
    assert title == f"a \\{sign} b"


def test_the_book_has_no_part_and_an_edition_nowhere_published_no_address(wave):
    written = reference(wave)
    entry = parse_string(bibtex(written), "bibtex").entries["communes-medias-sociaux-2017"]
    assert entry.type == "book"
    assert "url" not in entry.fields
    assert "UR  - " not in ris(written)


def test_ris_is_what_its_specification_asks():
    written = ris(CITED)
    lines = written.split("\r\n")
    assert lines[0] == "TY  - CHAP"
    assert lines[-2:] == ["ER  - ", ""]
    assert "\n" not in written.replace("\r\n", "")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    told = dict(line.split("  - ", 1) for line in lines[:-1])
    assert sum(line.startswith("AU  - ") for line in lines) == 2
    assert told["UR"] == CITED.address
    assert (told["PY"], told["DA"], told["T2"]) == ("2026", "2026/11/30", CITED.book)
    assert "," not in told["AU"]


def test_invented_data_says_so(demo):
    assert "fictives" in bibtex(reference(demo))
    assert "N1  - Données fictives" in ris(reference(demo))


def test_the_study_and_the_book_are_cited_by_one_formula_everywhere(wave):
    study, book = "FuturoCité et l’Agence du Numérique (étude)", "les auteurs du livre (texte et code)"
    assert reference(wave).authors == (study, book)
    assert signature(wave.about) == f"{study}, {book}"
    assert publication(wave).citation.startswith(f"{study}, {book}, «")
    assert re.search(r"du 1ᵉʳ\s*décembre 2026", publication(wave).citation)
    assert "Utilisation des médias sociaux par les villes et communes wallonnes" in publication(wave).citation
