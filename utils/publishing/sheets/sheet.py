"""A commune's sheet as its notebook writes it: each cell asks for a part, which shows itself."""

__all__ = ["Part", "Sheet"]

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import jinja2

from utils import paths
from utils.french import capitalise, number, percent, typeset
from utils.offering.explorer import FICTIONAL
from utils.publishing.failures import Failure
from utils.publishing.sheets.edition import TRAINING, Edition, edition
from utils.showing.strips import bar, strip
from utils.survey.codebook import Question
from utils.survey.moves import Move, moves
from utils.survey.own import Own
from utils.survey.peers import ALL_PEERS, Peers, Place, places
from utils.telling import sheets, standing_out, suggestions

LIST, MOVES = 4, 6  # lines of a list, and changes, that are told; the others are left to the book
RATED, OPTIONS, QUESTIONS, SINGLE = 14, 9, 4, 8  # rows of a sheet: it has two pages, whatever the questionnaire
BOOK = "livre:"  # begins the address of a chapter, until it is known where the book is
_KINDS = ("favorable", "defavorable", "neutre")


@dataclass(frozen=True)
class Part:
    """A part of a sheet, as HTML; a notebook shows it, and the page is made of all."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


class Sheet:
    """What one commune is shown of itself beside its peers.

    Parameters
    ----------
    wave, ins, previous_wave : str
        The notebook's parameters.

    Raises
    ------
    Failure
        The commune has no sheet: it did not take part, or its code is none of the wave's.
    DataError
        A wave does not exist, or its files are wrong.
    """

    def __init__(self, wave: str, ins: str, previous_wave: str = "") -> None:
        # A command line passes what looks like a number as one.
        wave, self.ins, previous_wave = str(wave), str(ins), str(previous_wave)
        self._edition: Edition = edition(wave, previous_wave)
        if self.ins not in self._edition.own:
            raise Failure(f"« {ins} » n’est le code d’aucune commune qui a pris part à la vague « {wave} ».")
        self.known: Peers = self._edition.known
        self.own: Own = self._edition.own[self.ins]

    @cached_property
    def places(self) -> list[Place]:
        """Every answer that may be set beside the commune's own."""
        return places(self.known, self.ins, self.own)

    @property
    def commune(self) -> str:
        """Its name."""
        return self.known.communes.loc[self.ins, "commune"]

    def opening(self) -> Part:
        """Say in one sentence where the commune stands, and whom it is compared with."""
        about = self.known.about
        return self._part(
            "ouverture",
            title=typeset(about.titre),
            edition=self.known.wave,
            commune=self.commune,
            message=sheets.message(self.known, self.ins, self.places, self.own),
            furthest=sheets.furthest(self.known, self.places),
            facts=sheets.place_of(self.known, self.ins),
            compared=sheets.compared(self.known, self.ins),
            twice=sheets.disagreeing(self.own, self.known.codebook),
            fictional=FICTIONAL if about.fictif else "",
        )

    def leads(self) -> Part:
        """List what most peers do and the commune does not, what it does and few do, and what is worth reading."""
        lacks, rare = standing_out.missing(self.places, self.known.codebook), standing_out.rare(self.places)
        lists = [
            ("La plupart le font, pas vous", self._shares(lacks), self._none("missing")),
            ("Vous le faites, peu d’autres", self._shares(rare), self._none("rare")),
        ]
        if other := standing_out.elsewhere(self.places):  # it is asked nothing of what it could lack
            lists = [(sheets.elsewhere(other[0].question.noun(other[0].base).plural), self._shares(other), "")]
        return self._part("pistes", lists=lists, reading=self._reading())

    def rated(self) -> Part:
        """Draw the commune's place on each item that it rated."""
        rows = [place for place in self.places if place.question.type == "likert" and place.scores][:RATED]
        groups = []
        for kind in _KINDS:
            of = [place for place in rows if place.question.polarite == kind]
            if of:
                groups.append((sheets.kind_of(of[0].question), [self._strip(place) for place in of]))
        told = sheets.sides_said(self.known)
        return self._part("notes", groups=groups, columns=self._columns, legend=told)

    def single(self) -> Part:
        """Show what the commune answered where one answer is given, beside the shares of its peers."""
        single = [place for place in self.places if place.question.single and place.own is not None]
        rows = [{"name": typeset(place.question.libelle), **self._option(place)} for place in single[:SINGLE]]
        return self._part("reponses", rows=rows, columns=self._columns) if rows else Part("")

    def options(self) -> Part:
        """Show what the commune chose, beside the shares of its peers."""
        asked = dict.fromkeys(p.question.id for p in self.places if p.question.type == "choix_multiple")
        blocks = [self._block([p for p in self.places if p.question.id == name]) for name in list(asked)[:QUESTIONS]]
        return self._part("choix", blocks=blocks)

    def changes(self) -> Part:
        """Tell what the commune answers otherwise than in the wave before."""
        before = self._edition.before
        if before is None:
            return Part("")
        said, rows = self._changes()
        return self._part("evolution", previous=before.wave, said=said, rows=rows)

    def closing(self) -> Part:
        """Say what is not shown, and why; whom the sheet is for."""
        return self._part("fin", unshown=sheets.unshown(self.known, self.ins), reader=sheets.reader())

    # What they are made of

    def _part(self, name: str, **values) -> Part:
        return Part(str(getattr(_macros(), name)(values)))

    @cached_property
    def _columns(self) -> list[str]:
        return [sheets.column(self.known, by) for by in self._groups]

    @cached_property
    def _groups(self) -> list[str]:
        return [*reversed(self.known.codebook.kinds), ALL_PEERS]

    def _cells(self, place: Place) -> list[dict[str, str]]:
        shown = [place.groups[by] for by in self._groups]
        names = self._columns
        return [
            {
                "group": name,
                "share": number(share.share * 100) if share else sheets.HIDDEN,
                "n": number(share.n) if share else "",
            }
            for name, share in zip(names, shown, strict=True)
        ]

    def _strip(self, place: Place) -> dict:
        ahead = standing_out.ahead(place, self.known.codebook)
        tone = "" if not ahead else "mieux" if ahead > 0 else "moins"
        scale = self.known.codebook.scale(place.question.id)
        alt = sheets.strip_said(self.known, place)
        return {
            "name": place.question.libelle,
            "drawn": strip(scale, place.scores, place.middle, tone=tone, alt=alt),
            "own": " ; ".join(map(number, place.scores)),
            "tone": tone,
            "median": number(place.middle[1], 1) if place.middle else sheets.HIDDEN,
            "n": number(place.n) if place.middle else "",
            "cells": self._cells(place),
        }

    def _block(self, of: Sequence[Place]) -> dict:
        """Return a question with several options, the most chosen first; the last are left to the book."""
        question, known = of[0].question, self.known.codebook
        ordered = sorted(of, key=lambda p: -(p.groups[ALL_PEERS].share if p.groups[ALL_PEERS] else -1))
        # What the commune chose stays, however rare.
        kept = sorted(ordered, key=lambda p: not p.own)[:OPTIONS]
        kept = [place for place in ordered if place in kept]
        given = self.own.given(question) if self.own.base(question, known) == of[0].base else []
        outside = self.own.base(question, known) != of[0].base
        note = "" if given else "sans réponse de votre part"
        note = typeset(f"{question.noun(of[0].base).plural} seulement") if outside else note
        rows = [{"name": self._label(place), **self._option(place, given)} for place in kept]
        heads = [(name, self._answering(of, by)) for name, by in zip(self._columns, self._groups, strict=True)]
        return {
            "title": typeset(question.libelle),
            "note": note,
            "rows": rows,
            "columns": heads,
            "counted": typeset(" ; ".join(f"{name} n = {n}" for name, n in heads if n)),
        }

    def _answering(self, of: Sequence[Place], by: str) -> str:
        """Return how many of a group answered a question, where any of its shares is told."""
        return next((number(place.groups[by].n) for place in of if place.groups[by]), "")

    def _option(self, place: Place, given: Sequence[tuple[str, ...]] = ()) -> dict:
        chose = place.own if len(given) < 2 else any(place.answer in answers for answers in given)
        whole = place.groups[ALL_PEERS]
        label = place.question.options.get(place.answer, "")
        return {
            "own": chose,
            "label": typeset(label),
            "drawn": bar(whole.share if whole else None, own=chose),
            "cells": self._cells(place),
        }

    def _label(self, place: Place) -> str:
        label = place.question.options.get(place.answer, place.question.libelle)
        return capitalise(typeset(re.sub(r" \([^)]*\)$", "", label)))  # what is added in brackets is in the book

    def _shares(self, found: Sequence[Place]) -> list[tuple[str, str]]:
        """Return the first lines of a list: what, and how many of whom."""
        told = []
        for place in found[:LIST]:
            by, share = place.nearest
            told.append((self._label(place), f"{percent(share.share)} {sheets.whom(self.known, place, by)}"))
        return told

    def _none(self, kind: str) -> str:
        none = {
            "missing": "Rien de ce que font la plupart des autres ne manque à votre commune.",
            "rare": "Rien de ce que fait votre commune n’est rare chez les autres.",
        }
        compared = any(place.own is not None and place.nearest for place in self.places)
        return typeset(none[kind] if compared else "Rien à comparer.")

    def _reading(self) -> list[tuple[str, str, str]]:
        """Return what is worth reading: address, title, and why."""
        found, books, codebook = [], self._edition.chapters, self.known.codebook
        lagging = standing_out.lagging(self.places, codebook)
        missing = standing_out.missing(self.places, codebook)
        for slug, why in suggestions.chapters(lagging, missing):
            if slug in books:
                found.append((f"{BOOK}{slug}.html", books[slug], why))
        if TRAINING in books:
            wanted = [f"{place.question.libelle} {place.question.enonce}" for place in lagging[:2]]
            wanted += [place.question.options[place.answer] for place in self._wishes()]
            best = suggestions.courses(self._edition.courses, wanted)
            titles = [f"« {course.titre} », {course.organisme}" for course in best.itertuples()]
            why = typeset(titles[0] if titles else f"{len(self._edition.courses)} cours recensés par l’étude")
            found.append((f"{BOOK}{TRAINING}.html", books[TRAINING], why))
        return found

    def _wishes(self) -> list[Place]:
        """Return the options that its respondents chose of what is asked of them and not of the commune."""
        asked = [p for p in self.places if p.question.base == "repondants" and p.question.type == "choix_multiple"]
        return [p for p in asked if any(p.answer in answers for answers in self.own.given(p.question))]

    def _changes(self) -> tuple[str, list[dict]]:
        before = self._edition.before
        if before.own is None:
            return sheets.nothing("effectifs", before.wave), []
        then = [code for code in before.members.get(self.ins, (self.ins,)) if code in before.own]
        if len(then) != 1:
            return sheets.nothing("fusion" if then else "absente", before.wave), []
        found = moves((before.codebook, before.own[then[0]]), (self.known.codebook, self.own), before.apart)
        changed = sorted((move for move in found if move.size), key=lambda move: -abs(move.size))
        return sheets.moved(found, before.wave), [self._move(move) for move in changed[:MOVES]]

    def _move(self, move: Move) -> dict:
        question = move.question
        if question.type != "choix_multiple":
            told = " → ".join(_named(question, answers) for answers in (move.before, move.after))
            return {"name": question.libelle, "told": told}
        parts = [f"+ {_named(question, move.gained)}"] if move.gained else []
        parts += [f"− {_named(question, move.lost)}"] if move.lost else []
        return {"name": question.libelle, "told": typeset(" ; ".join(parts))}


def _named(question: Question, answers: Sequence[str]) -> str:
    return ", ".join(question.options.get(answer, answer) for answer in answers)


@cache
def _macros():
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(paths.FRONT / "fiches"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("parties.html").module
