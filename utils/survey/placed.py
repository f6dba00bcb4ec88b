"""Where a questionnaire is put: the territory, its provinces and its sizes of communes."""

__all__ = ["Placed"]

from collections.abc import Collection
from typing import Literal, Self

from utils.survey.scales import Entry
from utils.survey.territory import Stratum, Territory


class Placed(Entry):
    """What is put to the communes of a territory, and told apart by its provinces and its sizes.

    Which these are is known once it is put `within` the territory; it may state its own.
    """

    provinces: tuple[Stratum, ...] = ()
    tailles: tuple[Stratum, ...] = ()
    _territory: Territory | None = None

    def _split_by(self, provinces: tuple[Stratum, ...], tailles: tuple[Stratum, ...]) -> Self:
        """Return the same with other strata."""
        raise NotImplementedError

    @property
    def territory(self) -> Territory:
        """The territory whose communes are asked.

        Raises
        ------
        ValueError
            The questionnaire is not put `within` any.
        """
        if self._territory is None:
            raise ValueError("a questionnaire that is put within no territory")
        return self._territory

    def within(self, territory: Territory) -> Self:
        """Return the questionnaire as it is put to the communes of a territory.

        Its own provinces and sizes go before the territory's. A hypothesis on a size that the
        territory does not have is not put to the test.
        """
        strata = {key: getattr(self, key) or getattr(territory, key) for key in ("provinces", "tailles")}
        placed = self._split_by(**strata)
        placed._territory = territory.model_copy(update={"provinces": territory.provinces or self.provinces})
        return placed

    def asked_in(self, provinces: Collection[str], tailles: Collection[str]) -> Self:
        """Return the questionnaire without the provinces and the sizes of which no commune is asked."""
        kept = {"provinces": provinces, "tailles": tailles}
        strata = {key: tuple(s for s in getattr(self, key) if s.id in ids) for key, ids in kept.items()}
        return self if all(getattr(self, key) == some for key, some in strata.items()) else self._split_by(**strata)

    @property
    def unasked(self) -> tuple[Stratum, ...]:
        """The territory's provinces of which no commune is asked."""
        return tuple(stratum for stratum in self.territory.provinces if stratum.id not in self.strata("province"))

    @property
    def kinds(self) -> tuple[Literal["province", "taille"], ...]:
        """By what communes are told apart: by province and, where their inhabitants are known, by size."""
        return ("province", "taille") if self.tailles else ("province",)

    def strata(self, by: Literal["province", "taille"]) -> dict[str, str]:
        """Label by stratum id, in the order of the codebook."""
        return {s.id: s.libelle for s in (self.provinces if by == "province" else self.tailles)}
