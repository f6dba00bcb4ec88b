"""Waves that leave little or nothing to compute, made from the published one."""

import re

import pandas as pd


def scores(table):
    return table["modalite"].str.fullmatch(r"\d+")


def nobody(counts):
    """Leave nobody who answered."""
    counts["effectif"] = 0


def only_active(counts):
    """Leave no commune outside the social media, so that there is nobody to compare with."""
    counts.loc[(counts["active"] == "non") | (counts["modalite"] == "non"), "effectif"] = 0


def all_equal(counts):
    """Give the same answer everywhere, on every scale and every question."""
    first = ~counts.duplicated(["question", "active", "province", "taille"])
    totals = counts.groupby(["question", "active", "province", "taille"])["effectif"].transform("sum")
    kept = counts["question"] == "active"
    most = counts["question"].map({"medias": 92, "circonstances": 92, "communicateurs": 8, "demandes": 140})
    counts["effectif"] = counts["effectif"].where(kept, (totals.clip(upper=most.fillna(9999)) * first).astype(int))


def one_respondent(counts):
    """Keep a single commune, of one province and one size, that answers the first option everywhere."""
    first = ~counts.duplicated(["question", "active", "province", "taille"])
    there = counts["province"].isin(["toutes", "liege"]) & counts["taille"].isin(["toutes", "moins_5000"])
    counts["effectif"] = (first & there & (counts["active"] != "non")).astype(int)


def rewrite(data, change):
    """Apply a change to the counts and let the rest of the folder follow, so that only the change is odd."""
    folder = data / "2017"
    counts = pd.read_csv(folder / "effectifs.csv", dtype={"modalite": str, "taille": str})
    change(counts)
    counts.to_csv(folder / "effectifs.csv", index=False)
    (folder / "affirmations.yml").unlink()
    (folder / "publie.csv").write_text("question,modalite,active,province,taille,mesure,valeur\n", encoding="utf-8")
    whole = counts[(counts["question"] == "active") & (counts["province"] == "toutes") & (counts["taille"] == "toutes")]
    about = (folder / "vague.yml").read_text(encoding="utf-8")
    about = about.replace("communes: 138", f"communes: {whole['effectif'].sum()}")
    respondents = counts.loc[counts["question"] == "role", "effectif"].sum()
    about = about.replace("repondants: 140", f"repondants: {respondents}")
    (folder / "vague.yml").write_text(about, encoding="utf-8")


def five_points(data):
    """Use a scale of 1 to 5 in place of 1 to 10: answers above 5 are dropped."""
    path = data / "questionnaire.yml"
    text = path.read_text(encoding="utf-8").replace("maximum: 10\n", "maximum: 5\n")
    groups = re.search(r"    groupes:\n(?:      - .*\n)+", text).group(0)
    five = "    groupes:\n" + "".join(
        f"      - {{id: g{score}, libelle: '{score}', scores: [{score}], sens: {sens}}}\n"
        for score, sens in zip("12345", ("desaccord", "desaccord", "neutre", "accord", "accord"), strict=True)
    )
    path.write_text(text.replace(groups, five), encoding="utf-8")
    counts = pd.read_csv(data / "2017" / "effectifs.csv", dtype={"modalite": str, "taille": str})
    counts = counts[~(scores(counts) & (pd.to_numeric(counts["modalite"], errors="coerce") > 5))]
    counts.to_csv(data / "2017" / "effectifs.csv", index=False)


DAMAGES = {
    "nobody": lambda data: rewrite(data, nobody),
    "only_active": lambda data: rewrite(data, only_active),
    "all_equal": lambda data: rewrite(data, all_equal),
    "one_respondent": lambda data: rewrite(data, one_respondent),
    "five_points": lambda data: (rewrite(data, lambda _: None), five_points(data)),
}
