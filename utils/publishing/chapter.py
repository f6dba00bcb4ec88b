"""A chapter as its notebook writes it: what its cells say and show, of one wave.

With `engine`, the only module that knows IPython. In a notebook, a cell that begins with `%%prose` is Markdown
in which `{{ name }}` stands for a text that the code has made; `%%prose if found`, only where `found` is true.
"""

__all__ = ["Chapter", "KeyFigure"]

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from types import SimpleNamespace
from typing import NamedTuple

from IPython import get_ipython
from IPython.display import display

from utils.french import typeset
from utils.offering import commune_page, explorer_page
from utils.offering.explorer import FICTIONAL
from utils.publishing import blocks, contents, origins, outputs, ways
from utils.publishing.sayings import Sayings
from utils.reading import waves
from utils.reading.outlines import territory
from utils.showing import by_stratum, maps, matrix, shifts, tables
from utils.showing.canvas import Chart
from utils.showing.drawing import drawn
from utils.survey.evolution import Evolution, evolution
from utils.survey.results import ChoiceResult, LikertResult
from utils.survey.strata import Breakdown
from utils.telling import breakdowns, comments, editions, verdicts
from utils.telling import shifts as told_shifts
from utils.telling.guide import guide
from utils.telling.markup import Markup, bullets, markup

KINDS = ("province", "taille")


class KeyFigure(NamedTuple):
    """A figure of the landing page: its value, what it says, and the place of the book that shows it."""

    value: str
    says: str
    place: str


class Chapter:
    """One chapter of the book, about one wave.

    Parameters
    ----------
    slug : str
        The notebook's name, as `chapitre` in the questionnaire.
    wave, previous_wave : str
        The notebook's parameters: the wave that it tells, and the one to compare with or empty.

    Attributes
    ----------
    wave : Wave
    before : Wave or None

    Raises
    ------
    DataError
        A wave does not exist, or its files are wrong.
    """

    def __init__(self, slug: str, wave: str, previous_wave: str = "") -> None:
        self.slug = slug
        # Papermill's command takes `-p wave 2017` for a number.
        self.wave = waves.load(str(wave))
        self.before = waves.load(str(previous_wave)) if previous_wave else None
        self._mark = FICTIONAL if self.wave.about.fictif else ""
        self._exact = self.wave.weights is None  # else a share would tell of the weights, and so of hidden counts
        self._told: list[str] = []
        if shell := get_ipython():
            shell.register_magic_function(self._prose_cell, "cell", "prose")

    def has(self, slug: str) -> bool:
        """Tell whether the book of this edition has a chapter."""
        return slug in contents.pages(self.wave, self.before.id if self.before else "")

    def links(self, *chapters: str, joined: str = ", ") -> Markup | None:
        """Return links, `"[la méthode](90_methode.ipynb)"`, to those chapters that the book has; None if to none."""
        told = [link for link in chapters if self.has(re.search(r"\((\w+)\.", link)[1])]
        return Markup(joined.join(told)) if told else None

    # What is said

    def say(self, told: str) -> None:
        """Show a text; its figures lead to the register. What stands for anything in it is `Markup`."""
        if told:
            self._say([("", told)])

    def prose(self, template: str, **texts: str | None) -> None:
        """Show Markdown; it may use MyST directives, and its figures lead to the register.

        Parameters
        ----------
        template : str
            Typed by an author, never put together by the code: see `outputs.fill`.
        **texts : str or None
            What stands for `{{ name }}`.
        """
        self._say(outputs.fill(template, texts.__getitem__))

    def _say(self, pieces: list[tuple[str, str]]) -> None:
        _show(outputs.text(pieces, exact=self._exact))

    def _prose_cell(self, line: str, cell: str) -> None:
        """Show Markdown in which `{{ name }}` stands for a text of the notebook; `if` asks for something to be true.

        What stands after `if` holds no braces: in a magic's line, IPython fills them in first.
        """
        shell = get_ipython()
        if line and not shell.ev(line.removeprefix("if ")):
            return
        names = shell.user_ns

        def value(path: str) -> str | None:
            first, *rest = path.split(".")
            found = names[first]
            for step in rest:
                found = None if found is None else getattr(found, step)
            return found

        # The page's own collections are no part of a name: the register's addresses stay what they are without them.
        own = re.compile(r"^(says|edition|paire)\.")
        pieces = [(own.sub("", name).replace(".", "_"), said) for name, said in outputs.fill(cell, value)]
        if pieces:
            self._say(pieces)

    @cached_property
    def says(self) -> Sayings:
        """What is said of each question, by its id: `says.medias.titre`; None for one that the wave left out."""
        return Sayings(self.wave)

    @cached_property
    def evolution(self) -> Evolution | None:
        """What moved since the wave to compare with; None without one."""
        return evolution(self.before, self.wave, waves.mergers(self.wave.codebook.territory)) if self.before else None

    @cached_property
    def edition(self) -> SimpleNamespace:
        """What is known about the wave: who asked, when, how many were asked and answered; see `editions.told`."""
        return editions.told(self.wave)

    @cached_property
    def paire(self) -> SimpleNamespace:
        """How many communes are of each of the two kinds that are compared; see `editions.sides`."""
        return editions.sides(self.wave)

    def guide(self) -> None:
        """Show how the chapter is read, behind one click."""
        lines = bullets(guide(self.wave, self.slug))
        self._say(outputs.closed("Comment lire cette page", [("", lines)]))

    def comments(self) -> None:
        """Show what the authors say about this edition in this chapter; nothing if they say nothing."""
        for title, said in comments.comments(self.wave, self.slug):
            self.say(markup("### {title}", title=title))
            self.say(said)

    def orders(self) -> None:
        """Say and show which numbers and ranks moved since the wave to compare with; nothing where both asked none."""
        if self.evolution and (found := self.evolution.shifts):
            self.say(bullets(told_shifts.moved(found)))
            self.table(shifts.table(found), "evolution-ordre")

    def rejected(self) -> None:
        """Say how many respondents' rows were set aside; nothing if none was."""
        if self.wave.rejected:
            self.say(editions.set_aside(self.wave.rejected))

    # What is shown

    def figure(self, chart: Chart, name: str, caption: str, *, asked: bool = True) -> None:
        """Show a chart under its name (`fig-medias`) and its caption; the page numbers it.

        One of nothing that this edition asked is not `asked`: it is no invention where the edition is one.
        """
        drawings = drawn(chart, self._mark if asked else "")
        _show(outputs.drawing(drawings, chart.alt, name, typeset(caption)))

    def table(
        self, content: tables.Table, name: str, *, opened: bool = False, note: str = "", detail: bool = False
    ) -> None:
        """Show a table behind one click, with its CSV and where it comes from; `opened` tables stand there at once.

        Parameters
        ----------
        name : str
            Identifies the table on its page and names the downloaded file.
        note : str
            What to read below the table.
        detail : bool
            Whether only statisticians ask for it: then it stands in the closed text above it.
        """
        asked = any(origin.asked for origin in content.files)
        file, content = name, replace(content, files=origins.paths(content.files, self.wave, self.before))
        if self._mark and asked:
            file = f"donnees-fictives-{name}"
            content = content.marked(self._mark)
        told = {"opened": opened, "note": note, "detail": detail, "exact": self._exact, "asked": asked}
        _show(outputs.table(content, name, file, **told))

    def participation_map(self, name: str, caption: str) -> None:
        """Show which communes took part where the wave's outlines and its `vague.yml` allow it; nothing elsewhere."""
        outlines = territory.communes(self.wave)
        if outlines:
            by_province = self.wave.participation("province")
            title = " ".join(verdicts.participation(by_province))
            self.figure(maps.participation(by_province, self.wave.participants(), outlines, title), name, caption)

    # A question's block

    def block(self, name: str, by: Sequence[str] = KINDS) -> None:
        """Tell one question, if the wave asked it: its results drawn, said, tabulated; what statisticians ask, closed.

        Parameters
        ----------
        name : str
            The question's id.
        by : sequence of {"province", "taille"}
            The breakdowns to show, where the wave counts any.
        """
        self._told.append(name)
        if name not in self.wave.codebook:
            return
        for part in blocks.block(self.wave, name):
            if isinstance(part, blocks.Detail):
                self._say(outputs.closed("Pour les statisticiens", part.pieces))
            elif isinstance(part, blocks.Text):
                self._say(part.pieces)
            elif isinstance(part, blocks.Summary):
                self.table(part.table, part.file)
            else:
                self._result(part, by)

    def _result(self, part: blocks.Result, by: Sequence[str]) -> None:
        self.figure(part.chart, part.name, part.caption)
        if part.said.pieces:
            self._say(part.said.pieces)
        self.table(part.table, part.file)
        for result in part.results:
            self._check(result)
        broken = [self.wave.breakdown(r.question.id, strata, r.base) for r in part.results for strata in by]
        if found := list(filter(None, broken)):
            self._breakdowns(found, part.name)

    def _breakdowns(self, found: Sequence[Breakdown], name: str) -> None:
        """Draw a question by province and by size, each with its table; what is not published is not drawn."""
        if chart := matrix.breakdowns(found):
            self.figure(chart, f"{name}-strates", matrix.caption(found))
        for one in found:
            suffix = "-non" if one.whole.place == 1 and len(one.whole.question.bases) > 1 else ""
            self.table(
                by_stratum.breakdown(one), f"{one.whole.question.id}{suffix}-{one.by}", note=breakdowns.tested(one)
            )

    def blocks(self) -> None:
        """Tell every question of the chapter that no cell above has told, then name those that the wave left out."""
        for question in self.wave.codebook.chapter(self.slug):
            if question not in self._told and self.wave.codebook[question].type != "texte":
                self.block(question)
        if missing := [question.libelle for question in self.wave.codebook.left_out(self.slug)]:
            self.say(blocks.not_asked(missing))

    def _check(self, result: LikertResult | ChoiceResult) -> None:
        """Stop the chapter if a result on it cannot be right.

        Raises
        ------
        ValueError
            Shares of a question with one answer do not sum to one, or more answers than
            the base holds without an oddity of the wave that says so.
        """
        asked, answers = result.question, result.answers
        if asked.type != "choix_multiple" and answers.n and abs(answers.shares.sum() - 1) > 1e-9:
            raise ValueError(f"{asked.id}: shares sum to {answers.shares.sum()}")
        if result.answered > result.expected and not any(asked.libelle == odd.question for odd in self.wave.oddities):
            raise ValueError(f"{asked.id}: {result.answered} answers from a base of {result.expected}, and no oddity")

    # What one chapter alone shows

    def explorer(self) -> None:
        """Show the explorer as it stands before anything is chosen."""
        _html(explorer_page.shell(self.wave), "Explorateur des réponses")

    def every_table(self) -> None:
        """Show the answers to every question of the wave, a table each."""
        for content, name in explorer_page.every_table(self.wave):
            self.table(content, name)

    def key_figures(self, told: Iterable[Sequence[str]]) -> None:
        """Show figures as cards, each leading to what it tells of, by its own words.

        Parameters
        ----------
        told : iterable of (value, says, place)
            A place is a chapter's file, with the address of what is told there: `says.medias.lieu`.
        """
        _show(outputs.cards(map(KeyFigure._make, told), exact=self._exact))

    def ways_in(self) -> None:
        """Show the fields by which a reader enters the book: by a commune, by any word."""
        _html(ways.commune(self.wave) + ways.search(), "Chercher une commune, ou dans le livre")

    def commune(self) -> None:
        """Show the field that finds a commune, where the wave knows any by name."""
        if shell := commune_page.shell(self.wave):
            _html(shell, "Trouver une commune")


def _show(bundle: outputs.Bundle) -> None:
    display(bundle, raw=True, metadata={outputs.OURS: True})


def _html(html: str, plain: str) -> None:
    # Both forms are written out: the default text of an object holds its address in memory.
    display({"text/html": html, "text/plain": plain}, raw=True)
