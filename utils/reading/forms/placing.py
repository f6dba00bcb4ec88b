"""What the columns of an export are read for, as the wave's `import` section says: each for one use."""

__all__ = ["Places"]

from collections.abc import Callable, Mapping, Sequence

from utils.reading.forms import ranked
from utils.reading.forms.columns import COLUMNS
from utils.reading.forms.declared import misdeclared
from utils.reading.forms.faults import SHOWN
from utils.reading.forms.labels import folded, near
from utils.survey.about import ImportMapping
from utils.survey.codebook import Codebook

_SPREAD = ("choix_multiple", "classement")  # types of which a tool may write a column an option
_MANY = 5  # titles that are cited: where none of so many is found, the file has none


class Places:
    """Where an export has what.

    Parameters
    ----------
    header : sequence of str
        The titles, in the order of the file.
    mapping : ImportMapping
    codebook : Codebook
    fault : callable
        Notes what was expected, the column and the value.
    weight : str, optional
        The column of the weights, or its title.

    Attributes
    ----------
    single : dict of list
        Titles by target: a form that branches asks twice.
    several : dict of list
        Title by option, each time that a question is asked.
    ranked : dict of list
        Titles of a ranking that has a column a rank, the first rank first.
    """

    def __init__(
        self,
        header: Sequence[str],
        mapping: ImportMapping,
        codebook: Codebook,
        fault: Callable[..., None],
        weight: str | None = None,
    ) -> None:
        self.header, self.mapping, self.codebook, self._fault, self.weight = header, mapping, codebook, fault, weight
        self.columns = (*COLUMNS, weight) if weight else COLUMNS  # beside the questions
        self.single: dict[str, list[str]] = {}
        self.several: dict[str, list[dict[str, str]]] = {}
        self._spelt: dict[str, list[str]] = {}
        for title in header:
            self._spelt.setdefault(folded(title), []).append(title)
        self._used: dict[str, str] = {}
        self.ranked: dict[str, list[str]] = {}
        if len(cited := self._titles()) >= _MANY and not any(map(self.find, cited)):
            # Without titles, the first row is what somebody answered: none of it is shown.
            fault(
                f"la ligne des titres, que cite vague.yml ({', '.join(cited[:SHOWN])}…) ; aucun n’est dans ce fichier"
            )
            return
        # What each title is read for.
        self._used = {found: "`ignorees`" for title in mapping.ignorees if (found := self.find(title))}
        self._place_columns()
        self._place_options()
        self.ranked = ranked.place(mapping, codebook, self._claim, fault)
        self._place_rest()
        for expected, question, value in misdeclared(mapping, codebook):
            fault(expected, next(iter(self.single.get(question, [])), None), value)

    def titles(self) -> set[str]:
        """Return the titles of the columns that an answer is read from."""
        single = [title for titles in (*self.single.values(), *self.ranked.values()) for title in titles]
        several = [title for times in self.several.values() for titles in times for title in titles.values()]
        return {*single, *several}

    def find(self, title: str) -> str | None:
        """Return the title of the file that is meant: the same, or the only one that differs by its spelling."""
        if title.strip() in self.header:
            return title.strip()
        alike = self._spelt.get(folded(title), [])
        return alike[0] if len(alike) == 1 and folded(title) else None

    def _cited(self) -> set[str | None]:
        return set(map(self.find, self._titles()))

    def _titles(self) -> list[str]:
        """Return the titles that the mapping cites, as it writes them."""
        several = self.mapping.colonnes_multiples.values()
        options = [title for options in several for titles in options.values() for title in titles]
        ranks = [title for titles in self.mapping.colonnes_rangs.values() for title in titles]
        return [*self.mapping.colonnes, *filter(None, options), *ranks, *self.mapping.ignorees]

    def _claim(self, title: str, role: str) -> str | None:
        """Take a column for one role; note that it is absent or taken."""
        if (found := self.find(title)) is None:
            spare = [name for name in self.header if name not in self._cited()]
            listed = [f"« {name} »" for name in near(title, spare) or spare[:SHOWN]]
            self._fault(f"une colonne de ce titre, pour {role} ; sans usage : {', '.join(listed) or 'aucune'}", title)
        elif found in self._used:
            self._fault(f"un seul usage de cette colonne : déjà citée pour {self._used[found]}", title, role)
            return None
        else:
            self._used[found] = role
        return found

    def _place_columns(self) -> None:
        for title, target in self.mapping.colonnes.items():
            found = self._claim(title, f"`{target}`")
            if target not in self.columns and target not in self.codebook:
                close = near(target, [*self.columns, *(question.id for question in self.codebook.questions)])
                hint = f" (proche : {', '.join(close)})" if close else ""
                self._fault(
                    f"sous `colonnes`, une question de cette vague ou {', '.join(self.columns)}{hint}", title, target
                )
            elif target in self.mapping.colonnes_multiples:
                self._fault("une question citée sous `colonnes` ou `colonnes_multiples`, non les deux", title, target)
            elif found:
                self.single.setdefault(target, []).append(found)
        if self.weight and self.weight not in self.single and (found := self._claim(self.weight, "`poids`")):
            self.single[self.weight] = [found]

    def _place_options(self) -> None:
        for question, titles in self.mapping.colonnes_multiples.items():
            if question not in self.codebook or self.codebook[question].type not in _SPREAD:
                expected = "sous `colonnes_multiples`, une question à plusieurs choix, ou un classement, de cette vague"
                self._fault(expected, value=question)
                continue
            options = self.codebook[question].options
            for option in titles:
                if option not in options:
                    expected = f"sous `colonnes_multiples`, une modalité de `{question}` : {', '.join(options)}"
                    self._fault(expected, next(filter(None, titles[option]), None), option)
            for option in options:
                if option not in titles:
                    expected = f'le titre de sa colonne sous `{question}`, ou "" si le formulaire ne la proposait pas'
                    self._fault(expected, value=option)
            times = [
                {o: self._claim(title, f"`{question}`, `{o}`") for o, title in once.items() if title}
                for once in _by_time(titles)
            ]
            held = [{option: once[option] for option in options if once.get(option)} for once in times]
            self.several[question] = [once for once in held if once]

    def _place_rest(self) -> None:
        """Take the columns that bear the contract's names, in its own format; note those left over."""
        filtering = {self.find(title) for title in self.mapping.filtre}
        for title in self.header:
            known = title in COLUMNS or title in self.codebook
            if title in self._used or title in filtering:
                continue
            if self.mapping.format == "csv" and known and title not in {*self.single, *self.several, *self.ranked}:
                self.single[title] = [title]
            else:
                self._fault("une colonne citée sous `colonnes` ou `colonnes_multiples`, sinon sous `ignorees`", title)


def _by_time(titles: Mapping[str, tuple[str, ...]]) -> list[dict[str, str]]:
    """Part the titles of options by the time that the question is asked: the first of each, the second, and so on."""
    times = max(map(len, titles.values()), default=0)
    return [{option: of[time] for option, of in titles.items() if time < len(of)} for time in range(times)]
