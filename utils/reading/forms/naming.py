"""What the titles of an export name: its tool, columns of the contract, questions; and when it was answered."""

__all__ = ["fieldwork", "named_by", "origin_of", "tool_of"]

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

import pandas as pd

from utils.reading.forms.answers import UnreadError
from utils.reading.forms.dates import Dates
from utils.reading.forms.guesses import Guess, guess_tool, role
from utils.reading.forms.headings import explained, splits, wordings
from utils.reading.forms.labels import folded
from utils.reading.forms.meanings import hour_of
from utils.reading.forms.samples import joined_as
from utils.reading.forms.tools import PLAIN, TOOLS, Tool, own_columns
from utils.reading.relations import Relation
from utils.survey.about import Period
from utils.survey.codebook import Codebook


def fieldwork(header: Sequence[str], rows: Relation, codebook: Codebook, tool: Tool = PLAIN) -> Period | None:
    """Return the months of the first and of the last answer; None where no column tells the dates.

    A date that a tool writes for none (`1980-01-01`) tells nothing, nor does what is no date.
    """
    found, origin = [], origin_of(header, codebook, tool)
    dated = [title for title, guess in named_by(header, codebook, origin).items() if guess.value == "date"]
    never = tuple(tool.undated for tool in TOOLS.values() if tool.undated)
    for title in dated[:1]:
        texts = list(rows.texts(hour_of(rows.columns[title])))
        read = Dates(texts, origin.id).read
        for text in texts:
            with suppress(UnreadError):
                if (moment := read(text)) and not moment.startswith(never):
                    found.append(moment[:7])
    return Period(debut=min(found), fin=max(found)) if found else None


def origin_of(header: Sequence[str], codebook: Codebook, tool: Tool) -> Tool:
    """Return the tool whose columns an export holds: a statistical file comes from one, too."""
    return tool if tool.titles else TOOLS[guess_tool(header, codebook).value]


def tool_of(header: Sequence[str], rows: pd.DataFrame, codebook: Codebook) -> Guess:
    """Tell the form tool by its titles; without any that tell, by how it joins several options in a cell."""
    told = guess_tool(header, codebook)
    for title in header if told.doubt else ():
        named = role(title, codebook)
        if named and named.value in codebook and codebook[named.value].type == "choix_multiple":
            values = [value for value in rows[title].unique() if value]
            if (tool := joined_as(values, codebook[named.value])) and tool != PLAIN.id:
                return Guess("format", tool, f"d’après les réponses à « {title} »")
    return told


def named_by(header: Sequence[str], codebook: Codebook, tool: Tool) -> dict[str, Guess]:
    """Return what titles name; what a tool writes of its own is named by it alone."""
    own = own_columns({title: wordings(title) for title in header}, tool)
    common = Counter(folded(stem) for title in header for stem, _ in splits(title))
    named = {}
    for title in header:
        guess = role(title, codebook)
        # « Question (option) », among others of its kind, is no question that is explained.
        if guess and guess.value not in own.values() and not any(common[text] > 1 for text in explained(title)):
            named[title] = guess
    return named | {title: Guess(title, target) for title, target in own.items()}
