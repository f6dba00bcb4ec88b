"""The columns of the contract's rows, beside the questions."""

__all__ = ["COLUMNS"]

COLUMNS = ("id", "date", "commune", "ins", "province", "population")
