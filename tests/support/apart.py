"""The project's questionnaire with answers that stand apart: no opinion, and options that rule out every other."""

__all__ = ["QUESTIONNAIRE"]

import yaml

from utils.paths import DATA

NSP = {"id": "nsp", "libelle": "ne sait pas"}


def _written() -> str:
    content = yaml.load((DATA / "questionnaire.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    asked = {question["id"]: question for question in content["questions"]}
    for name in ("obstacle_budget", "discussion_residents"):
        asked[name]["modalites"] = [NSP]
    asked["communiquer_davantage"]["sans_avis"] = ["ne_sait_pas"]
    for name in ("demandes", "communicateurs"):
        asked[name]["modalites"].append(NSP)
        asked[name]["sans_avis"] = ["nsp"]
    asked["medias"]["modalites"].append({"id": "aucun", "libelle": "aucun de ces médias", "exclusive": "true"})
    return yaml.safe_dump(content, allow_unicode=True)


QUESTIONNAIRE = _written()
