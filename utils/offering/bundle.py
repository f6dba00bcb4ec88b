"""Every file that an edition offers to keep, and what its page says of them."""

__all__ = ["Offered", "columns", "loading", "offered", "said"]

from dataclasses import dataclass

from utils.french import capitalise, typeset
from utils.offering.archive import packed
from utils.offering.datapackage import datapackage, file_name
from utils.offering.ddi import ddi
from utils.offering.publication import LICENCE, Publication, publication
from utils.offering.references import bibtex, dated, reference, ris
from utils.offering.tidy import as_csv, held, tidy
from utils.offering.workbook import MISSING, workbook
from utils.showing.origins import Origin
from utils.showing.tables import Table
from utils.survey.results import HIDDEN
from utils.survey.wave import Wave
from utils.telling.figures import NOTHING, count

_RIS = "application/x-research-info-systems"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Offered:
    """One file: its name, its media type, what it is called and what it holds (in French), its bytes."""

    name: str
    media_type: str
    title: str
    says: str
    content: bytes


def offered(wave: Wave) -> tuple[Offered, ...]:
    """Return the files of an edition, the most wanted first; the same data always gives the same bytes."""
    about, tables = publication(wave), tidy(wave)
    csv = {name: as_csv(table).encode("utf-8") for name, table in tables.items()}
    package = datapackage(csv, about, wave.codebook).encode("utf-8")
    codebook = ddi(wave, tables, about).encode("utf-8")
    folder = {"LISEZMOI.txt": _readme(wave, about).encode("utf-8"), "datapackage.json": package}
    folder |= {file_name(name, about): content for name, content in csv.items()}
    folder[f"{about.name}.xml"] = codebook
    sheets = [
        Offered(file_name(name, about), "text/csv", f"{layout.title} (CSV)", f"une ligne : {layout.says}", csv[name])
        for name, layout in held(wave).items()
    ]
    whole = "tous les tableaux en CSV, leur description et le dictionnaire des données"
    book = "pour lire et trier : un tableau par feuille, un sommaire, des notes"
    columns = "chaque colonne, son type et ses valeurs, pour les outils Frictionless"
    cite, cited = "pour citer le livre, dans un logiciel de références", reference(wave)
    asked = "les questions, les réponses et leurs effectifs d’ensemble, selon la norme DDI"
    return (
        Offered(f"{about.name}.zip", "application/zip", "Dossier complet (ZIP)", whole, packed(folder, about.date)),
        Offered(f"{about.name}.xlsx", _XLSX, "Classeur (XLSX)", book, workbook(tables, about, wave.codebook)),
        *sheets,
        Offered(f"{about.name}.json", "application/json", "Description des tableaux (JSON)", columns, package),
        Offered(f"{about.name}.xml", "application/xml", "Dictionnaire des données (XML)", asked, codebook),
        Offered(f"{about.name}.bib", "application/x-bibtex", "Référence (BibTeX)", cite, bibtex(cited).encode("utf-8")),
        Offered(f"{about.name}.ris", _RIS, "Référence (RIS)", cite, ris(cited).encode("utf-8")),
    )


def loading(wave: Wave) -> dict[str, str]:
    """Return the lines that load an edition's results with their labels and show one question, by language.

    Examples
    --------
    >>> from utils.reading import waves
    >>> [len(lines.splitlines()) for lines in loading(waves.load("2017")).values()]
    [4, 4]
    """
    name = publication(wave).name
    questions = sorted(wave.codebook.questions, key=lambda question: question.type != "choix_multiple")
    question = questions[0].id
    return {
        "python": "import pandas as pd\n"
        f'nom = "{name}"\n'
        'resultats = pd.read_csv(f"{nom}.csv").merge(pd.read_csv(f"{nom}-modalites.csv"))\n'
        f"print(resultats.query(\"question == '{question}' and ventilation == 'ensemble'\")"
        '[["libelle", "effectif", "part"]])',
        "r": f'nom <- "{name}"\n'
        'resultats <- merge(read.csv(paste0(nom, ".csv")), read.csv(paste0(nom, "-modalites.csv")))\n'
        f'lignes <- subset(resultats, question == "{question}" & ventilation == "ensemble")\n'
        'print(lignes[order(lignes$ordre), c("libelle", "effectif", "part")])',
    }


def said(wave: Wave) -> dict[str, str]:
    """Return what the page says of the files: `lignes`, `caches`, `citation`, `licence`."""
    about, results = publication(wave), tidy(wave)["resultats"]
    hidden = int((results["statut"] == HIDDEN).sum())
    if hidden:
        counted = count(
            hidden, "effectif n’est pas publié", "effectifs ne sont pas publiés", of="effectifs non publiés"
        )
        untold = (
            f"{counted}, dans les fichiers comme dans les pages, parce qu’ils dévoileraient la "
            "réponse de quelques communes"
        )
    else:
        untold = "Aucun effectif n’est caché"
    return {
        "lignes": count(len(results), "ligne", "lignes", of="lignes de résultats"),
        "caches": typeset(untold),
        "citation": about.citation,
        "licence": LICENCE[0].replace("CC-BY-", "CC BY "),
    }


def columns(wave: Wave) -> Table:
    """Return the columns of the tables that readers of an edition download: what each holds, where it stands."""
    types = {"string": "texte", "integer": "nombre entier", "number": "nombre"}
    layouts = held(wave).values()
    found = {field: [] for layout in layouts for field in layout.fields}
    for layout in layouts:
        for field in layout.fields:
            found[field].append(layout.name)
    rows = [
        (
            field.name,
            typeset(capitalise(field.says)),
            "tous" if len(names) == len(layouts) else ", ".join(names),
            types[field.type],
        )
        for field, names in found.items()
    ]
    header = ("Colonne", "Contenu", "Tableau", "Type")
    return Table(
        "Les colonnes des tableaux",
        header,
        tuple(rows),
        numeric=False,
        sortable=True,
        source=NOTHING,
        files=(Origin.COLUMNS,),
        method="aucune : la description des fichiers",
    )


def _readme(wave: Wave, about: Publication) -> str:
    tables = [f"{file_name(name, about)}\n  {layout.title} : {layout.says}." for name, layout in held(wave).items()]
    # A study that printed its own counts hides none.
    hidden = (
        f"« statut » vaut {HIDDEN} là où un effectif n’est pas publié, pour ne pas dévoiler la réponse de quelques\n"
        f"communes ; le classeur écrit {HIDDEN} à la place du nombre.\n"
    )
    hidden = hidden if wave.about.threshold > 1 else ""
    parts = [
        about.title,
        *([about.warning] if about.warning else []),
        f"Source : {about.source}\nMise en forme : {about.authors}, {dated(reference(wave))}.",
        f"Licence : {LICENCE[1]}, {LICENCE[2]}\nPour citer : {about.citation}",
        "Les tableaux sont en CSV : UTF-8, virgule entre les colonnes, point décimal, une ligne d’en-têtes.\n"
        f"{file_name('colonnes', about)} dit ce que chaque colonne contient.\n"
        f"{hidden}Le classeur écrit {MISSING} là où rien n’a pu être calculé.\n"
        "Un texte qu’un tableur exécuterait comme une formule est précédé d’une apostrophe.",
        "\n".join(tables),
        f"datapackage.json\n  La description des tableaux (Frictionless Data Package).\n{about.name}.xml\n"
        "  Le dictionnaire des données et les effectifs d’ensemble (DDI-Codebook 2.5).",
    ]
    return "\n\n".join(typeset(part) for part in parts) + "\n"
