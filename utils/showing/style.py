"""What drawings look like, whoever draws them: colours and sizes. Lengths are points (1/72 inch)."""

__all__ = [
    "FORMS",
    "GROUPS",
    "INK",
    "LEADING",
    "NARROW",
    "NEUTRAL",
    "NO",
    "QUIET",
    "RAMP",
    "SMALL",
    "TEXT",
    "TITLE",
    "VARIABLES",
    "WHOLE",
    "WIDE",
    "YES",
]

WIDE, NARROW = 520, 250  # widths of the two drawings
FORMS = {"large": WIDE, "etroit": NARROW}  # for screens, and for phones

# ColorBrewer's BrBG steps: brown is "no", teal is "yes", grey is the middle or everyone.
INK, QUIET, NEUTRAL, WHOLE = "#222222", "#555555", "#d6d6d6", "#8f8f8f"
NO = ("#8c510a", "#bf812d", "#dfc27d")
YES = ("#01665e", "#35978f", "#80cdc1")
RAMP = ("#e3f2ef", "#b5dfd8", "#7cc8bc", "#3c9d94")  # from little to much; ink is read on each of them

GROUPS = {None: YES[1], 0: YES[1], 1: NO[1]}  # bars of all who answered, and of the two kinds that are compared

TITLE, TEXT, SMALL = 13.0, 10.5, 9.5
LEADING = 1.3

# Colours that the style sheet changes in dark mode; the value stands where it does not reach.
VARIABLES = {
    INK: "--encre",
    QUIET: "--encre-discrete",
    NEUTRAL: "--neutre",
    WHOLE: "--ensemble",
    "white": "--fond",
    "#ffffff": "--fond",
    **{colour: f"--non-{i}" for i, colour in enumerate(NO, 1)},
    **{colour: f"--oui-{i}" for i, colour in enumerate(YES, 1)},
    **{colour: f"--teinte-{i}" for i, colour in enumerate(RAMP, 1)},
}
