"""Cells that a spreadsheet would run as a formula, and cells that it must be given as they are."""

__all__ = ["HOSTILE", "PLAIN"]

# Payloads as the guides on formula injection list them, and their full-width forms.
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://127.0.0.1/?"&A1,"cliquez")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "-1(A1)",
    "+1:A9",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "＝1+1",
    "＋1+cmd",
    "－1+cmd",
    "＠SUM(A1)",
    "  =1+1",
    "\u00a0=1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\tabc",
    "Facebook;=1+1",
    "Facebook ; @SUM(A1)",
    "Facebook\t=1+1",
    "Facebook\n=1+1",
]
PLAIN = [
    "-5",
    "+5",
    "-5,5",
    "-1 234.5",
    "+2\u00a0points",
    "−12\u00a0%",
    "Liège - Namur",
    "a=b",
    "moi@exemple.be",
    "Google+",
    "– rien",
    "[c]",
    "",
    "62 à 72 %",
    "l’étude ; la suite",
]
