"""What is known about a wave beside its counts: who asked, when, of how many; its comments."""

__all__ = [
    "Comment",
    "Comments",
    "CommuneMap",
    "FrameColumns",
    "FrameMapping",
    "ImportMapping",
    "Inhabitants",
    "Metadata",
    "Period",
]

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from utils.french import typeset
from utils.survey.study import Study
from utils.survey.territory import DEFAULT
from utils.survey.typed import GREATEST, Count, FileName, Identifier, Month, Text, Title

Positive = Annotated[int, Field(ge=1, le=GREATEST)]
Format = Literal[
    "limesurvey",
    "google_forms",
    "ms_forms",
    "kobo",
    "odk",
    "nextcloud",
    "framaforms",
    "eusurvey",
    "surveymonkey",
    "qualtrics",
    "spss",
    "stata",
    "csv",
]


def _listed(value: object) -> object:
    """Take one value for a list of it."""
    return [value] if isinstance(value, str | int) else value


Titles = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Lines = Annotated[tuple[Positive, ...], BeforeValidator(_listed)]


class Period(BaseModel):
    """First and last month (or day) of the fieldwork, as AAAA-MM or AAAA-MM-JJ."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    debut: Month
    fin: Month

    @model_validator(mode="after")
    def _ends_fit(self) -> "Period":
        if len(self.debut) != len(self.fin) or self.fin < self.debut:
            raise ValueError("un début et une fin écrits de la même façon (AAAA-MM ou AAAA-MM-JJ), dans l’ordre")
        return self

    def holds(self, moment: str) -> bool:
        """Tell whether a moment in ISO form lies within.

        Examples
        --------
        >>> Period(debut="2026-02", fin="2026-03").holds("2026-03-31T10:00:00")
        True
        """
        return self.debut <= moment[: len(self.debut)] <= self.fin


class CommuneMap(BaseModel):
    """The analyst's word on a map by commune: whether to publish it, and how to read the outlines.

    Attributes
    ----------
    participation : bool
        Whether the book shows of each commune if it took part. Has no default: nobody
        publishes that without having said so.
    fichier : str
        GeoJSON in the wave's folder.
    ins : str
        The property that holds a commune's INS code.
    filtre : dict
        Property -> value: only the features that hold it are read.
    source : str
        Where the outlines come from and under which licence; written under the map.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    participation: bool
    fichier: FileName = "communes.geojson"
    ins: Text = "ins"
    filtre: dict[str, str] = {}
    source: Text


class ImportMapping(BaseModel):
    """`import` in `vague.yml`: what the columns and the answers of an export mean.

    Attributes
    ----------
    format : str
        One of those that `reading.forms.tools` declares. In `csv`, the contract's own columns need no entry.
    fichier : str
        Name in the wave's folder.
    entete : tuple of int
        The lines of titles, where several stand above the answers; else those that the tool is known to write.
    feuille : str, optional
        The sheet of a workbook, where several hold something.
    colonnes : dict
        Title -> question id, or one of the contract's own columns (`exports.COLUMNS`). Of several
        columns of one question, each row fills one.
    modalites : dict
        Question id -> label -> option id (a score for a scale; nothing for « no answer »).
        The questionnaire's own ids and labels need no entry. `province` may stand as a question.
    colonnes_multiples : dict
        Question id -> option id -> title, for tools that write a column per option; no
        title for an option that the form did not offer. A list of titles where the form asks the
        question several times, in the same order for each option. Of a ranking, columns of ranks.
    colonnes_rangs : dict
        Question id -> titles of the columns of a ranking's ranks, for tools that write it so.
    ignorees : tuple of str
        Titles of columns that are not used.
    filtre : dict
        Title -> values: only the rows that hold one of them are answers; the others are tests,
        previews, refusals.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Format
    fichier: FileName
    entete: Lines = ()
    feuille: Text | None = None
    colonnes: dict[str, str] = {}
    modalites: dict[str, dict[str, str]] = {}
    colonnes_multiples: dict[str, dict[str, Titles]] = {}
    colonnes_rangs: dict[str, tuple[str, ...]] = {}
    ignorees: tuple[str, ...] = ()
    filtre: dict[str, tuple[str, ...]] = {}


class FrameColumns(BaseModel):
    """The titles under which a list of communes holds what is needed; `population` is empty where it tells none.

    A list without a column of postal codes tells none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    ins: Text = "ins"
    commune: Text = "commune"
    province: Text = "province"
    population: Text | Literal[""] = "population"
    code_postal: Text = "code_postal"


class FrameMapping(BaseModel):
    """How to read a list of communes as it was downloaded.

    Attributes
    ----------
    fichier : str
        Name in the wave's folder; text or a workbook.
    feuille : str, optional
        The sheet of a workbook, where several hold something.
    colonnes : FrameColumns
    filtre : dict
        Title -> value: only the rows that hold it are read, the others are of no concern.
    somme : tuple of str
        Titles that tell apart the rows of one commune (sex, age …): its inhabitants are
        their sum. Without it, a commune has one row.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fichier: FileName = "cadre.csv"
    feuille: Text | None = None
    colonnes: FrameColumns = FrameColumns()
    filtre: dict[str, str] = {}
    somme: tuple[str, ...] = ()


class Inhabitants(FrameMapping):
    """`habitants` in `vague.yml`: a list of the communes asked, of another source than a study that prints margins.

    Attributes
    ----------
    source : str
        Where the list comes from, of which day and under which licence; written below what stands on it.
    """

    fichier: FileName = "communes.csv"
    source: Text


_MISPLACED = (  # what cannot stand in one `vague.yml`, and why
    ("effectifs", "carte", "aucune `carte`, puisque `source` vaut effectifs : qui a répondu n’y est pas connu"),
    ("reponses", "habitants", "aucun `habitants`, puisque `source` vaut reponses : le cadre donne déjà la population"),
    ("effectifs", "arrondi", "aucun `arrondi`, puisque `source` vaut effectifs : ils sont repris tels quels"),
    ("effectifs", "poids", "aucun `poids`, puisque `source` vaut effectifs : un effectif ne dit pas qui pèse combien"),
)


class Metadata(BaseModel):
    """`vague.yml`: who asked, when, of how many; for respondents' rows, how to read them.

    Attributes
    ----------
    territoire : str
        Id of the territory whose communes are asked: a file of `data/territoires/`.
    invites, repondants, communes : int
        Communes asked, answers, communes among them: stated of counts, counted of rows; held against both.
    fichier : str
        The rows in the contract's form, where no form tool's export is mapped.
    doublons : {"derniere", "premiere", "erreur"}
        Whose answer counts for a commune that several respondents speak for.
    inachevees : {"ecarter", "garder"}, optional
        Whether answers that were never sent count; asked for where an export holds any.
    seuil_diffusion : int
        Smallest count shown in a breakdown of respondents' rows.
    arrondi : int
        To multiples of what the published counts of respondents' rows are rounded; 1 leaves them as they are.
    poids : str, optional
        The column of the rows that tells how much each counts.
    non_posees : tuple of str
        Questions of the questionnaire that this wave left out.
    importation : ImportMapping, optional
        `import` in the file: how to read a form tool's export.
    cadre : FrameMapping
        How to read the list of the communes asked.
    carte : CommuneMap, optional
        Whether a map may tell which communes took part, and where their outlines are.
    habitants : Inhabitants, optional
        How many live in each commune, where the frame itself is margins.
    etude : Study, optional
        The study that counts are taken from.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    titre: Annotated[Title, AfterValidator(typeset)]
    organisateur: Annotated[Title | Literal[""], AfterValidator(typeset)]
    periode: Period
    fictif: bool
    territoire: Identifier = DEFAULT
    source: Literal["effectifs", "reponses"]
    invites: Count | None = None
    repondants: Count | None = None
    communes: Count | None = None
    notes: tuple[Text, ...] = ()
    fichier: FileName = "reponses.csv"
    doublons: Literal["derniere", "premiere", "erreur"] = "derniere"
    inachevees: Literal["ecarter", "garder"] | None = None
    seuil_diffusion: Positive = 5
    arrondi: Positive = 1
    poids: Text | None = None
    non_posees: tuple[str, ...] = ()
    importation: ImportMapping | None = Field(default=None, alias="import")
    cadre: FrameMapping = FrameMapping()
    carte: CommuneMap | None = None
    habitants: Inhabitants | None = None
    etude: Study | None = None

    @model_validator(mode="after")
    def _counts_state_their_totals(self) -> "Metadata":
        absent = [key for key in ("invites", "repondants", "communes") if getattr(self, key) is None]
        if self.source == "effectifs" and absent:
            raise ValueError(f"{', '.join(absent)} : ces nombres, puisque `source` vaut effectifs")
        return self

    @model_validator(mode="after")
    def _keys_fit_the_source(self) -> "Metadata":
        for source, key, why in _MISPLACED:
            if source == self.source and getattr(self, key) not in (None, 1):
                raise ValueError(why)
        if self.poids and self.arrondi > 1:
            raise ValueError("`poids` ou `arrondi`, non les deux : une part pondérée dirait ce que l’arrondi cache")
        return self

    @property
    def answers_file(self) -> str:
        """Name of the file that the wave's numbers come from."""
        if self.source == "effectifs":
            return "effectifs.csv"
        return self.importation.fichier if self.importation else self.fichier

    @property
    def threshold(self) -> int:
        """Smallest count that a breakdown may show: 1 for a study that printed its own."""
        return self.seuil_diffusion if self.source == "reponses" else 1


class Comment(BaseModel):
    """What an author says about one wave alone, shown in one chapter under a title."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titre: Title
    texte: Text


class Comments(BaseModel):
    """`commentaires.yml`: comments by chapter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chapitres: dict[str, tuple[Comment, ...]] = {}
