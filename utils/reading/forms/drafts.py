"""What is proposed for an export, as text for `vague.yml`.

A mark stands for a decision, not for a line: what several lines owe to one reason is told once, above them.
"""

__all__ = ["Proposal", "metadata"]

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from utils.french import count
from utils.reading.forms.guesses import Guess
from utils.survey.about import Period
from utils.survey.codebook import SPLIT
from utils.survey.territory import DEFAULT, Territory

WIDTH = 110  # of a comment
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_]*")


@dataclass(frozen=True)
class Proposal:
    """An `import` section to be confirmed, its lines in the order of the export.

    Attributes
    ----------
    tool : Guess
    file : str
    columns : tuple of Guess
        Target by title.
    options : dict
        Titles by option, by question: `colonnes_multiples`.
    ranks : dict
        Titles of the ranks, the first one first, by question: `colonnes_rangs`.
    labels : dict
        Options by label, by question: `modalites`.
    ignored : dict
        Titles of columns that serve nothing here, or that say who answered, and why.
    missing : tuple of Guess
        Questions without any column: `non_posees`.
    lines : tuple of int
        Where the titles stand: `entete`; nothing where it is the first line alone.
    kept : dict
        The values of the rows that are answers, by title: `filtre`.
    weight : Guess, optional
        The column of the answers' weights: `poids`. Where several may be, none is proposed, and the doubt names them.
    """

    tool: Guess
    file: str
    columns: tuple[Guess, ...]
    options: Mapping[str, tuple[Guess, ...]] = field(default_factory=dict)
    labels: Mapping[str, tuple[Guess, ...]] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Guess, ...] = ()
    lines: tuple[int, ...] = ()
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weight: Guess | None = None
    ranks: Mapping[str, tuple[Guess, ...]] = field(default_factory=dict)

    @property
    def sure(self) -> bool:
        """Whether nothing is left to confirm or to complete."""
        parts = (self.options, self.ranks, self.labels)
        nested = [guess for part in parts for guesses in part.values() for guess in guesses]
        own = (self.tool, *self.columns, *nested, *([self.weight] if self.weight else []))
        return not any(guess.doubt or guess.value is None for guess in own)

    def to_yaml(self) -> str:
        """Write the section as text for `vague.yml`; what is to be completed stands in comments."""
        lines = ["import:", *_written([self.tool], "  "), f"  fichier: {_quoted(self.file)}"]
        lines += [f"  entete: [{', '.join(map(str, self.lines))}]"] if self.lines else []
        lines += (
            ["  filtre:  # les lignes qui comptent ; les autres sont des essais, pour l’outil"] if self.kept else []
        )
        lines += [f"    {_quoted(title)}: [{', '.join(map(_quoted, kept))}]" for title, kept in self.kept.items()]
        lines = [*_weighed(self.weight), *lines] if self.weight else lines
        lines += _held("  colonnes", self.columns, _shared((guess.value, guess) for guess in self.columns))
        spread = (("colonnes_multiples", self.options), ("colonnes_rangs", self.ranks))
        for name, part in (*spread, ("modalites", self.labels)):
            told = _shared((question, guess) for question, guesses in part.items() for guess in guesses)
            lines += [f"  {name}:", *_told(told, "    ")] if part else []
            for question, guesses in part.items():
                if part is self.ranks:
                    lines += [f"    {question}:", *_listed(guesses, told)]
                else:
                    lines += _held(f"    {question}", guesses, told, tell=False)
        lines += ["  ignorees:"] if self.ignored else []
        for reason in dict.fromkeys(self.ignored.values()):
            lines.append(f"    # {reason}")
            lines += [f"    - {_quoted(title)}" for title, why in self.ignored.items() if why == reason]
        return "\n".join(lines) + "\n"

    def omitted(self) -> str:
        """Write the questions without any column as text for `vague.yml`.

        That by which communes are active is none of these: its column is to be found.
        """
        asked = [guess for guess in self.missing if guess.key != SPLIT]
        lines = [f"non_posees:{'' if asked else ' []'}  # questions du questionnaire absentes de cette vague"]
        lines += [f"  - {guess.key}" for guess in asked if not guess.doubt]
        for doubt in dict.fromkeys(guess.doubt for guess in asked if guess.doubt):
            lines += [f"  # à confirmer : {doubt}"]
            lines += [f"  - {guess.key}" for guess in asked if guess.doubt == doubt]
        if len(asked) < len(self.missing):
            lines.append(f"# {SPLIT} : à compléter sous `colonnes`, la colonne qui dit si la commune est active")
            lines.append("# (si l’enquête ne le demande pas : ici, avec tout ce qui se demande aux communes actives)")
        return "\n".join(lines) + "\n"


def metadata(
    proposal: Proposal, period: Period, place: tuple[str, Territory], *, dated: bool, unsent: int, population: str
) -> str:
    """Write a first `vague.yml`.

    Parameters
    ----------
    proposal : Proposal
    period : Period
        When the survey was made.
    place : tuple of str and Territory
        Whose communes were asked, by its id.
    dated : bool
        Whether the answers' dates tell so.
    unsent : int
        Answers that were begun and never sent.
    population : str
        The section on the list of communes.
    """
    told = "premier et dernier mois des réponses" if dated else "premier et dernier mois de l’enquête"
    never = count(unsent, "réponse n’a jamais été envoyée", "réponses n’ont jamais été envoyées")
    sent = f"inachevees: ecarter  # à confirmer : {never} ; garder les compte aussi\n" if unsent else ""
    name, territory = place
    where = "" if name == DEFAULT else f"territoire: {name}\n"
    return (
        f"titre: Les communes {territory.its} et les médias sociaux\n"
        "organisateur: à compléter\n"
        f'periode:  # à confirmer : {told}\n  debut: "{period.debut}"\n  fin: "{period.fin}"\n'
        f"fictif: false\n{where}source: reponses\n"
        "doublons: derniere  # si une commune répond deux fois : derniere, premiere ou erreur\n"
        f"{sent}"
        "seuil_diffusion: 5  # plus petit effectif montré dans une ventilation, et plus petite base\n"
        f"{proposal.omitted()}{population}{proposal.to_yaml()}"
    )


def _weighed(weight: Guess) -> Iterator[str]:
    if weight.value is None:
        yield f"# poids: …  # à compléter : {weight.doubt}"
    else:
        yield f"poids: {_quoted(weight.key)}  # à confirmer : {weight.doubt}"


def _shared(lines: Iterable[tuple[str | None, Guess]]) -> dict[str, list[str]]:
    """Return the doubts that several lines have in common, and what these lines are about."""
    about: dict[str, list[str]] = {}
    for name, guess in lines:
        if guess.doubt and guess.value is not None:
            about.setdefault(guess.doubt, []).append(name)
    return {doubt: list(dict.fromkeys(told)) for doubt, told in about.items() if len(told) > 1}


def _told(shared: Mapping[str, Sequence[str]], indent: str) -> Iterator[str]:
    for doubt, about in shared.items():
        text = f"à confirmer pour {', '.join(about)} : {doubt}"
        yield from textwrap.wrap(text, WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   ")


def _held(name: str, guesses: Sequence[Guess], shared: Mapping[str, Sequence[str]], *, tell=True) -> list[str]:
    indent = " " * (len(name) - len(name.lstrip()) + 2)
    empty = all(guess.value is None for guess in guesses)  # comments alone would be no mapping
    told = list(_told(shared, indent)) if tell else []
    return [f"{name}:{' {}' if empty else ''}", *told, *_written(guesses, indent, shared)]


def _listed(titles: Iterable[Guess], shared: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for guess in titles:
        doubt = f"  # à confirmer : {guess.doubt}" if guess.doubt and guess.doubt not in shared else ""
        yield f"      - {_quoted(guess.key)}{doubt}"


def _written(guesses: Iterable[Guess], indent: str, shared: Mapping[str, Sequence[str]] | None = None) -> Iterator[str]:
    for guess in guesses:
        key = guess.key if _PLAIN.fullmatch(guess.key) else _quoted(guess.key)
        if guess.value is None:
            yield f"{indent}# {key}: …  # à compléter"
            continue
        value = guess.value if _PLAIN.fullmatch(guess.value) else _quoted(guess.value)
        doubt = f"  # à confirmer : {guess.doubt}" if guess.doubt and guess.doubt not in (shared or {}) else ""
        # YAML wants a long key announced.
        yield f"{indent}? {key}\n{indent}: {value}{doubt}" if len(key) > 1000 else f"{indent}{key}: {value}{doubt}"


def _quoted(text: str) -> str:
    return yaml.dump(text, default_style='"', allow_unicode=True, width=float("inf")).strip()
