"""What other surveys say of inhabitants, as a drawing and as a table; see `utils.reading.context`."""

__all__ = ["chart", "table"]

import pandas as pd

from utils.french import typeset
from utils.showing.canvas import WHOLE, Chart, describe
from utils.showing.charts import bar_figure
from utils.showing.origins import Origin
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
    return Chart(lambda width: bar_figure(width, title, "Part des citoyens wallons, en %.", rows), alt)


def table(facts: pd.DataFrame) -> Table:
    """Return each fact with its share and its year."""
    return Table(
        typeset("Ce que d’autres enquêtes disent des citoyens"),
        ("Les citoyens", "Part", "Quand"),
        tuple(
            (typeset(row.libelle), percent(row.part), f"en {row.annee}" if row.annee else "–")
            for row in facts.itertuples()
        ),
        source=NOTHING,
        files=(Origin.CONTEXT,),
        method="aucune : les chiffres des enquêtes citées, repris",
    )
