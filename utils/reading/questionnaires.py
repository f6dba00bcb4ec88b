"""What a wave asks, and of the communes of which territory: its questionnaire put within its territory."""

__all__ = ["OWN", "claimed", "questionnaire_path", "read_questionnaire", "read_territory", "territory_names"]

from pathlib import Path

from utils.french import listing
from utils.paths import DATA
from utils.reading.files import display_path, read_document, reference
from utils.reading.problems import DataError, Problem
from utils.survey.codebook import Codebook
from utils.survey.territory import DEFAULT, Territory

OWN = "questionnaire.yml"
TERRITORIES = "territoires"


def questionnaire_path(wave: str, data: Path = DATA) -> Path:
    """Return the questionnaire of a wave: that of its folder or, where it has none, the one that waves share."""
    own = data / wave / OWN
    return own if wave and own.exists() else data / OWN


def territory_names(data: Path = DATA) -> list[str]:
    """Return the ids of the territories that a wave can name."""
    return sorted({path.stem for root in (data, DATA) for path in (root / TERRITORIES).glob("*.yml")})


def read_territory(name: str, data: Path, problems: list[Problem], *, named_in: Path | None = None) -> Territory | None:
    """Read a territory; None, and the problems noted, if there is none of that name or it is damaged.

    Parameters
    ----------
    name : str
    data : Path
        What is not in its `territoires/` is looked up in the project's own.
    problems : list of Problem
    named_in : Path, optional
        The `vague.yml` that names it, for the message.
    """
    known = territory_names(data)
    if name not in known:
        expected = f"un territoire qui existe dans {display_path(data)}/{TERRITORIES}/ : {listing(known) or 'aucun'}"
        file = display_path(named_in) if named_in else f"{display_path(data)}/{TERRITORIES}/"
        problems.append(Problem(file, expected, column="territoire", value=name))
        return None
    return read_document(reference(f"{TERRITORIES}/{name}.yml", data), Territory, problems)


def claimed(data: Path = DATA) -> frozenset[str]:
    """Return the chapters that speak of one territory alone, whichever it is.

    Raises
    ------
    DataError
        A territory is damaged.
    """
    problems: list[Problem] = []
    found = [read_territory(name, data, problems) for name in territory_names(data)]
    if problems:
        raise DataError(problems)
    return frozenset(slug for territory in found for slug in territory.chapitres)


def read_questionnaire(
    problems: list[Problem],
    data: Path = DATA,
    wave: str = "",
    territory: str = DEFAULT,
    path: Path | None = None,
) -> Codebook | None:
    """Read the questionnaire of a wave, put within a territory; None, and the problems noted, if either is damaged.

    Parameters
    ----------
    problems : list of Problem
    data : Path
    wave : str
        The wave's folder; without it, the questionnaire that waves share.
    territory : str
        Its id.
    path : Path, optional
        Where the questionnaire stands, if it is neither.

    Examples
    --------
    >>> list(read_questionnaire([]).strata("province"))
    ['brabant_wallon', 'hainaut', 'liege', 'luxembourg', 'namur']
    """
    path = path or questionnaire_path(wave, data)
    asked = read_document(path, Codebook, problems)
    place = read_territory(territory, data, problems, named_in=data / wave / "vague.yml" if wave else None)
    if asked is None or place is None:
        return None
    stated, known = ({stratum.id for stratum in one.provinces} for one in (asked, place))
    if not stated | known:
        expected = f"des `provinces` : celles du territoire, ici ou dans {TERRITORIES}/{territory}.yml"
        problems.append(Problem(display_path(path), expected, column="provinces"))
        return None
    if stated and known and not stated <= known:
        expected = (
            f"les provinces du territoire « {territory} » ({', '.join(s.id for s in place.provinces)}), ou rien ; "
            "pour une enquête sur un autre territoire, `territoire` le nomme dans vague.yml"
        )
        found = ", ".join(sorted(stated - known))
        problems.append(Problem(display_path(path), expected, column="provinces", value=found))
        return None
    return asked.within(place)
