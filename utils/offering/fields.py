"""The tables that readers download: their names, their columns, what each of them holds."""

__all__ = ["TABLES", "tables"]

from dataclasses import replace

from utils.offering.layouts import Field, Layout
from utils.survey.codebook import Codebook

ANYTHING = r"^[a-z0-9_]+$"  # an identifier of the codebook


def _code(name: str, title: str, says: str, **more) -> Field:
    return Field(name, "string", title, says, pattern=ANYTHING, **more)


def _count(name: str, title: str, says: str, required: bool = True) -> Field:
    return Field(name, "integer", title, says, required, least=0)


def _share(name: str, title: str, says: str, required: bool = False, least: float = 0) -> Field:
    return Field(name, "number", title, says, required, least=least, most=1, share=True)


def _number(name: str, title: str, says: str) -> Field:
    return Field(name, "number", title, says, required=False)


_EDITION = Field("edition", "string", "Édition", "nom de l’édition de l’enquête", pattern=r"^[\w-]+$")
_FICTIONAL = Field(
    "fictif", "string", "Données fictives", "« oui » si l’édition est inventée, « non » sinon", allowed=("oui", "non")
)
_QUESTION = _code("question", "Question", "identifiant de la question ; il ne change jamais d’une édition à l’autre")
# Which bases there are is the questionnaire's to say.
_BASE = Field("base", "string", "Base", "de qui sont les réponses", pattern=ANYTHING)
_BY = Field(
    *("ventilation", "string", "Ventilation"),
    "« ensemble », ou ce qui partage les réponses : « province » ou « taille »",
    allowed=("ensemble", "province", "taille"),
)
_STRATUM = _code("strate", "Groupe", "identifiant du groupe de communes ; « toutes » pour l’ensemble")
_KIND = Field(
    *("sorte", "string", "Sorte de réponse"),
    "« option » (une réponse proposée), « classe » (des nombres voisins), « rang » (une réponse à un rang), « score » "
    "(un point de l’échelle), « cote » (scores réunis : desaccord, neutre, accord) ou « sans_avis » (ne sait pas, "
    "sans objet : hors de l’échelle et de la base des autres parts) ; les cotes répètent les scores, ne pas "
    "additionner les deux",
    allowed=("option", "classe", "rang", "score", "cote", "sans_avis"),
)
_ANSWER = Field(
    *("reponse", "string", "Réponse"),
    "identifiant de l’option ou de la classe, score, ou côté de l’échelle",
    pattern=r"^(-?[0-9]+|[a-z0-9_]+)$",  # a score may be negative
)
_STATUS = Field(
    *("statut", "string", "Statut"),
    "« publie », ou « [c] » : non publié, pour ne pas dévoiler la réponse de quelques communes",
    allowed=("publie", "[c]"),
)
_ORDER = Field("ordre", "integer", "Ordre", "rang dans le questionnaire", least=1)


def _layout(
    name: str, title: str, says: str, *fields: Field, key: tuple[str, ...], refers: tuple = (), of: str | None = None
) -> Layout:
    return Layout(name, title, says, (_EDITION, *fields, _FICTIONAL), key, refers, of)


_UNTOLD = " ; vide si trop peu de réponses se trouvent d’un côté, ou si seules les classes sont connues"
RESULTS = _layout(
    "resultats",
    "Résultats",
    "une réponse à une question, parmi une base, dans l’ensemble ou dans un groupe",
    *(_QUESTION, _BASE, _BY, _STRATUM, _KIND, _ANSWER),
    _count(
        *("effectif", "Effectif"),
        "nombre de réponses, jamais pondéré ; vide si « statut » vaut [c], ou si la part est pondérée et que "
        "l’effectif, à côté d’elle, dirait de qui elle est",
        required=False,
    ),
    _count(
        *("n", "n"),
        "réponses dont la part est prise, celles sans avis comprises pour « sans_avis » seulement ; vide si même ce "
        "nombre en dirait trop",
        required=False,
    ),
    _share(
        *("part", "Part"),
        "effectif divisé par n, de 0 à 1 ; vide sans réponse, sans n ou si « statut » vaut [c]. Si l’édition est "
        "pondérée, part de leurs poids, au centième",
    ),
    _share("part_basse", "Part, borne basse", "borne basse de l’intervalle à 95 % de la part"),
    _share("part_haute", "Part, borne haute", "borne haute de l’intervalle à 95 % de la part"),
    _STATUS,
    key=("question", "base", "ventilation", "strate", "sorte", "reponse"),
    refers=(
        (("question",), "questions"),
        (("ventilation", "strate"), "strates"),
        (("question", "sorte", "reponse"), "modalites"),
    ),
)
_NPS = "score net de recommandation, de −100 à 100 : promoteurs (9 et 10) moins détracteurs (0 à 6), en points"
SUMMARIES = _layout(
    "resumes",
    "Échelles résumées",
    "une affirmation notée, parmi une base : accord et centre des réponses",
    _QUESTION,
    _BASE,
    _count("n", "n", "réponses ; vide si « statut » vaut [c]", required=False),
    _count(
        *("attendues", "Attendues"),
        "taille de la base ; diffère de n si des réponses manquent ou se contredisent ; vide si « statut » vaut [c]",
        required=False,
    ),
    _share("desaccord", "Désaccord", "part des réponses du côté du désaccord, de 0 à 1"),
    _share("milieu", "Milieu", "part des réponses au milieu de l’échelle, de 0 à 1"),
    _share("accord", "Accord", "part des réponses du côté de l’accord, de 0 à 1"),
    _share("accord_bas", "Accord, borne basse", "borne basse de l’intervalle à 95 % de l’accord"),
    _share("accord_haut", "Accord, borne haute", "borne haute de l’intervalle à 95 % de l’accord"),
    _share("solde", "Solde", "accord moins désaccord, de −1 à 1", least=-1),
    _number("mediane", "Médiane", "score médian"),
    _number("mediane_basse", "Médiane, borne basse", "borne basse de l’intervalle à 95 % de la médiane"),
    _number("mediane_haute", "Médiane, borne haute", "borne haute de l’intervalle à 95 % de la médiane"),
    _number("q1", "Premier quartile", "score qui sépare des autres le quart des réponses le plus bas"),
    _number("q3", "Troisième quartile", "score qui sépare des autres le quart des réponses le plus haut"),
    _number("moyenne", "Moyenne", "score moyen"),
    _number("moyenne_basse", "Moyenne, borne basse", "borne basse de l’intervalle à 95 % de la moyenne"),
    _number("moyenne_haute", "Moyenne, borne haute", "borne haute de l’intervalle à 95 % de la moyenne"),
    _number("ecart_type", "Écart type", "écart type des scores"),
    _number("nps", "NPS", f"{_NPS} ; vide si l’échelle n’en fait pas"),
    _number("nps_bas", "NPS, borne basse", "borne basse de l’intervalle à 95 % du NPS"),
    _number("nps_haut", "NPS, borne haute", "borne haute de l’intervalle à 95 % du NPS"),
    _STATUS,
    key=("question", "base"),
    refers=((("question",), "questions"),),
)
NUMBERS = _layout(
    "nombres",
    "Nombres résumés",
    "une question qui demande un nombre, parmi une base : milieu des réponses",
    _QUESTION,
    _BASE,
    Field("unite", "string", "Unité", "ce que le nombre compte"),
    _count("n", "n", "réponses ; vide si « statut » vaut [c]", required=False),
    _number("mediane", "Médiane", "nombre qui sépare les réponses en deux moitiés, arrondi à deux chiffres" + _UNTOLD),
    _number("mediane_basse", "Médiane, borne basse", "borne basse de l’intervalle à 95 % de la médiane" + _UNTOLD),
    _number("mediane_haute", "Médiane, borne haute", "borne haute de l’intervalle à 95 % de la médiane" + _UNTOLD),
    _number("q1", "Premier quartile", "nombre qui sépare des autres le quart des réponses le plus bas" + _UNTOLD),
    _number("q3", "Troisième quartile", "nombre qui sépare des autres le quart des réponses le plus haut" + _UNTOLD),
    _code("classe_mediane", "Classe de la médiane", "classe où tombe la médiane ; vide sans réponse", required=False),
    _STATUS,
    key=("question", "base"),
    refers=((("question",), "questions"),),
    of="nombre",
)
RANKINGS = _layout(
    "classements",
    "Classements résumés",
    "une réponse à classer, parmi une base : où elle se place",
    *(_QUESTION, _BASE),
    _code("reponse", "Réponse", "identifiant de la réponse à classer"),
    _count("n", "n", "classements ; vide si « statut » vaut [c]", required=False),
    _count("premieres", "Premières places", "classements où la réponse est première", required=False),
    _number(
        "rang_moyen", "Rang moyen", "rang moyen ; une réponse non classée compte pour la moyenne des rangs restants"
    ),
    _number("rang_moyen_bas", "Rang moyen, borne basse", "borne basse de l’intervalle à 95 % du rang moyen"),
    _number("rang_moyen_haut", "Rang moyen, borne haute", "borne haute de l’intervalle à 95 % du rang moyen"),
    _share("borda", "Borda", "part des autres réponses placées derrière, en moyenne, de 0 à 1"),
    _STATUS,
    key=("question", "base", "reponse"),
    refers=((("question",), "questions"),),
    of="classement",
)
BASES = _layout(
    "bases",
    "Réponses reçues",
    "une question, parmi une base : combien y ont répondu",
    _QUESTION,
    _BASE,
    _count("attendues", "Attendues", "taille de la base"),
    _count("n", "n", "réponses ; à une question à plusieurs réponses, celles qui en choisissent au moins une"),
    _count(
        *("sans_avis", "Sans avis"),
        "réponses sans avis (ne sait pas, sans objet), que n ne compte pas ; vide si la question n’en propose pas",
        required=False,
    ),
    _count(
        *("sans_reponse", "Sans réponse"),
        "attendues moins n, moins sans_avis ; vide si l’édition ne donne que des effectifs, qui ne disent pas qui n’a "
        "rien répondu",
        required=False,
    ),
    key=("question", "base"),
    refers=((("question",), "questions"),),
)
FRAME = _layout(
    "participation",
    "Participation",
    "les communes interrogées et les participantes, dans l’ensemble ou dans un groupe",
    _BY,
    _STRATUM,
    _count("interrogees", "Communes interrogées", "communes à qui l’enquête a été adressée"),
    _count("participantes", "Communes participantes", "communes qui ont répondu"),
    _count("non_participantes", "Communes absentes", "communes qui n’ont pas répondu"),
    _share("part", "Participation", "participantes divisées par interrogées, de 0 à 1"),
    key=("ventilation", "strate"),
    refers=((("ventilation", "strate"), "strates"),),
)
QUESTIONS = _layout(
    "questions",
    "Questions",
    "une question du questionnaire",
    _QUESTION,
    _ORDER,
    _code("chapitre", "Chapitre", "chapitre du livre qui en donne les résultats"),
    Field(
        *("type", "string", "Type"),
        "« likert » (un score), « choix_unique », « choix_multiple », « nombre » (compté par classes), "
        "« classement » ou « texte » (réponses jamais publiées)",
        allowed=("likert", "choix_unique", "choix_multiple", "nombre", "classement", "texte"),
    ),
    Field("libelle", "string", "Intitulé", "nom court de la question"),
    Field("enonce", "string", "Énoncé", "ce qui est demandé ; une paraphrase, non le texte soumis aux communes"),
    _BASE,
    _code("echelle", "Échelle", "échelle des scores ; vide hors des questions notées", required=False),
    Field(
        *("polarite", "string", "Polarité"),
        "ce qu’un accord signifie pour la commune : « favorable », « defavorable » (un obstacle) ou « neutre » ; vide "
        "hors des questions notées",
        required=False,
        allowed=("favorable", "defavorable", "neutre"),
    ),
    key=("question",),
)
ANSWERS = _layout(
    "modalites",
    "Réponses possibles",
    "une réponse que l’on pouvait donner à une question",
    *(_QUESTION, _KIND, _ANSWER, _ORDER),
    Field("libelle", "string", "Intitulé", "texte de la réponse"),
    key=("question", "sorte", "reponse"),
    refers=((("question",), "questions"),),
)
SCALES = _layout(
    "echelles",
    "Échelles",
    "un score d’une échelle",
    _code("echelle", "Échelle", "identifiant de l’échelle"),
    Field("score", "integer", "Score", "le score"),
    Field("libelle", "string", "Intitulé", "texte du score, aux deux bouts de l’échelle", required=False),
    _code("groupe", "Groupe de scores", "identifiant des scores que les graphiques réunissent"),
    Field(
        *("cote", "string", "Côté"),
        "côté de l’échelle où le score se range",
        allowed=("desaccord", "neutre", "accord"),
    ),
    key=("echelle", "score"),
)
STRATA = _layout(
    "strates",
    "Groupes de communes",
    "un groupe de communes",
    *(_BY, _STRATUM),
    Field("libelle", "string", "Intitulé", "nom du groupe"),
    _count("minimum", "Habitants, au moins", "habitants d’une commune du groupe : borne comprise", required=False),
    _count("maximum", "Habitants, moins de", "habitants d’une commune du groupe : borne exclue", required=False),
    key=("ventilation", "strate"),
)
COLUMNS = _layout(
    "colonnes",
    "Colonnes",
    "une colonne d’un des tableaux",
    _code("tableau", "Tableau", "nom du tableau"),
    _code("colonne", "Colonne", "nom de la colonne dans les fichiers CSV"),
    Field("intitule", "string", "Intitulé", "nom de la colonne dans le classeur"),
    Field(
        *("type", "string", "Type"),
        "« string » (texte), « integer » (nombre entier) ou « number » (nombre)",
        allowed=("string", "integer", "number"),
    ),
    Field("contenu", "string", "Contenu", "ce que la colonne contient"),
    key=("tableau", "colonne"),
)

TABLES = {
    layout.name: layout
    for layout in (RESULTS, SUMMARIES, NUMBERS, RANKINGS, BASES, FRAME, QUESTIONS, ANSWERS, SCALES, STRATA, COLUMNS)
}


def tables(codebook: Codebook) -> dict[str, Layout]:
    """Return every table as an edition's questionnaire fills it: the bases that it knows are named."""
    kinds = [pair.side(base).pluriel for base in codebook.bases if (pair := codebook.split(base))]
    named = f", communes {', '.join(kinds[:-1])} ou {kinds[-1]}" if kinds else ""
    said = f"répondants, communes participantes{named}"
    base = replace(_BASE, says=f"{_BASE.says} : {said}", pattern="", allowed=codebook.bases)
    return {
        name: replace(layout, fields=tuple(base if field is _BASE else field for field in layout.fields))
        for name, layout in TABLES.items()
    }
