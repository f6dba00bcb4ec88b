"""What pages of a site repeat, a book shows once: the second time, it leads to the first."""

__all__ = ["Shown"]

from bs4 import BeautifulSoup, Tag

from utils.french import NBSP
from utils.publishing.paper.tables import rows


class Shown:
    """The drawings and tables that are printed so far."""

    def __init__(self) -> None:
        self._drawings: dict[str, Tag] = {}
        self._tables: list[tuple[Tag, tuple, frozenset]] = []

    def sift(self, article: Tag) -> None:
        """Leave out of a chapter what stands in an earlier one or before; the places left say where it is.

        A drawing is the same where its text alternative is, a table where another of the same
        question and columns has all its rows. Tables without a row go.

        Parameters
        ----------
        article : Tag
            A chapter made fit for paper, whose names of places are the document's; it is changed.
        """
        for figure in article.select("figure:has(svg[aria-label])"):
            first = self._drawings.setdefault(figure.svg["aria-label"], figure)
            if first is not figure:
                _refer(figure, first.get("id"), first.select_one(".caption-text"), "Graphique")
        for table in article.select("div.tableau table"):
            proof, told = table.find_parent(class_="preuves"), frozenset(rows(table))
            block = proof or table.find_parent("div", class_="tableau")
            kind = (_asked(proof), tuple(th.get_text(" ", strip=True) for th in table.select("thead th")))
            first = next((shown for shown, other, cells in self._tables if other == kind and told <= cells), None)
            if not told:
                block.decompose()
            elif first is None:
                self._tables.append((table, kind, told))
            else:
                _refer(block, first.get("id"), first.caption, "Tableau")


def _asked(proof: Tag | None) -> str:
    """Return the question that a table's proof names; nothing where it names none."""
    named = proof.find("dt", string=lambda text: text and text.strip() == "Question") if proof else None
    return named.find_next_sibling("dd").get_text(" ", strip=True) if named else ""


def _refer(repeated: Tag, target: str | None, title: Tag | None, kind: str) -> None:
    said = title.get_text(" ", strip=True).rstrip(".") if title else ""
    line = BeautifulSoup("<p class='renvoi'><a></a></p>", "lxml").p
    line.a.string = said or kind
    line.a.insert_before(f"{kind} déjà imprimé{NBSP}: «{NBSP}")
    line.a.insert_after(f"{NBSP}»")
    named = repeated if repeated.name == "figure" else repeated.table
    if named.get("id"):
        line["id"] = named["id"]  # other places may lead here
    if target:
        line.a["href"] = f"#{target}"
    else:
        line.a.unwrap()
    repeated.replace_with(line)
