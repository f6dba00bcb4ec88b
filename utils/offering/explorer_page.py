"""The explorer's first state as HTML: it stands without a script, which then takes it over."""

__all__ = ["every_table", "shell"]

from html import escape

from utils.offering import explorer
from utils.showing import results, tables
from utils.showing.drawing import as_svg
from utils.showing.tables import Table
from utils.survey.wave import Wave


def shell(wave: Wave) -> str:
    """Return the controls, and chart and table of the question that is shown first.

    The controls hold what they show at first only: the script fills them.
    """
    result, mark = explorer.first_result(wave), explorer.FICTIONAL if wave.about.fictif else ""
    question, table = result.question, results.table(result)
    drawing = as_svg(results.chart(result), mark=mark)
    table = table.marked(mark) if mark else table
    first = {"question": ("Question", question.id, question.libelle), "selon": ("Selon", "ensemble", "Aucun critère")}
    first["groupe"] = ("Groupe", "", "Tous")
    fields = "".join(
        f'<div><label for="explorer-{name}">{label}</label><select id="explorer-{name}" autocomplete="off">'
        f'<option value="{value}">{escape(text)}</option></select></div>'
        for name, (label, value, text) in first.items()
    )
    # The page shows the same table once more for whoever has no script: the two bear different names.
    shown = tables.as_html(table, "explorer-tableau")
    shown = shown.replace('aria-labelledby="explorer-tableau-titre"', 'aria-label="Résultat affiché"')
    without = (
        "<noscript><p>Choisir une question demande JavaScript. Sans lui, toutes les réponses se lisent "
        '<a href="#toutes-les-reponses">question par question</a>, et les résultats par groupe dans les chapitres.</p>'
        "</noscript>"
    )
    return (
        f'{without}<div class="explorateur" id="explorateur">'
        f'<form aria-label="Ce que montre l’explorateur">{fields}</form>'
        f'<p class="etat" role="status"></p><div class="graphique">{drawing}</div>'
        f'<p class="note"></p><div class="resultat">{shown}</div>'
        f'<p class="liens"><a class="chapitre" href="{question.chapitre}.html">Lire le chapitre</a>'
        '<button type="button" class="csv" hidden>Télécharger ce tableau (CSV)</button></p></div>'
    )


def every_table(wave: Wave) -> list[tuple[Table, str]]:
    """Return the table of every question, each with a name for it, in the order of the questionnaire.

    A rated item that two kinds of communes answer apart has two.
    """
    chapters = dict.fromkeys(question.chapitre for question in wave.codebook.questions)
    found = [result for chapter in chapters for result in wave.results(chapter)]
    order = [question.id for question in wave.codebook.questions]
    found.sort(key=lambda result: order.index(result.question.id))
    return [
        (
            results.table(result),
            f"tous-{result.question.id}{'-non' if result.place == 1 else ''}",
        )
        for result in found
    ]
