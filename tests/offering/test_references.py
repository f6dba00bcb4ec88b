"""How to cite: what pybtex reads of BibTeX, and what RIS asks of a file."""

import datetime
import re
from dataclasses import replace

import pytest
from pybtex.database import parse_string
from pybtex.richtext import Text

from utils.offering.references import Reference, bibtex, reference, ris

CITED = Reference(
    key="essai-2017-medias",
    author="FuturoCité, et les communes & villes",
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
    (author,) = entry.persons["author"]  # one body, whatever its name holds
    assert author.last_names == [r"{FuturoCité, et les communes \& villes}"]
    shown = Text.from_latex(entry.fields["title"]).render_as("text")
    assert shown.replace("\u00a0", " ").startswith("Part_de 50 % à ")
    assert (entry.fields["year"], entry.fields["url"]) == ("2026", CITED.address)
    assert "note" not in entry.fields


@pytest.mark.parametrize("sign", ["%", "&", "_", "#", "$", "{", "}"])
def test_no_sign_of_tex_is_left_bare(sign):
    written = bibtex(replace(CITED, part=f"a {sign} b", author="x", book="y", address=""))
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
    assert told["UR"] == CITED.address
    assert (told["PY"], told["DA"], told["T2"]) == ("2026", "2026/11/30", CITED.book)
    assert "," not in told["AU"]


def test_invented_data_says_so(demo):
    assert "fictives" in bibtex(reference(demo))
    assert "N1  - Données fictives" in ris(reference(demo))
