"""What other surveys say of inhabitants, as a drawing and as a table; see `utils.reading.context`."""

__all__ = ["chart", "table"]

import pandas as pd

from utils.french import typeset
from utils.showing.canvas import Chart, describe
from utils.showing.charts import bar_figure
from utils.showing.origins import Origin
from utils.showing.style import WHOLE
from utils.showing.tables import Table
from utils.telling.figures import NOTHING, percent


def chart(facts: pd.DataFrame, title: str) -> Chart:
    """Draw each fact as a bar, in grey: none of it comes from the edition's own answers."""
    rows = pd.DataFrame(
        {
            "label": [typeset(label) for label in facts["libelle"]],
            "share": facts["part"].to_numpy(),
            "value": [percent(part) for part in facts["part"]],
            "colour": WHOLE,
            "interval": None,
        }
    )
    alt = describe(
        "Diagramme en barres", "part en %", title, [f"{row.label} : {row.value}" for row in rows.itertuples()]
    )
    return Chart(lambda width: bar_figure(width, title, _whose(facts), rows), alt)


def _whose(facts: pd.DataFrame) -> str:
    """Tell of whom the shares are, and of when: « citoyens wallons (2016) ; usagers des communes (sans date) »."""
    known = facts[["public", "annee"]].drop_duplicates().itertuples(index=False)
    told = " ; ".join(f"{public} ({year or 'sans date'})" for public, year in known)
    return typeset(f"Part, en % : {told}.")


def table(facts: pd.DataFrame) -> Table:
    """Return each fact with its share, of whom it is and its year."""
    return Table(
        typeset("Ce que d’autres enquêtes disent des citoyens"),
        ("Habitude", "Part", "De qui", "Quand"),
        tuple(
            (typeset(row.libelle), percent(row.part), row.public, f"en {row.annee}" if row.annee else "–")
            for row in facts.itertuples()
        ),
        source=NOTHING,
        files=(Origin.CONTEXT,),
        method="aucune : les chiffres des enquêtes citées, repris",
    )
