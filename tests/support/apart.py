"""The project's questionnaire with answers and types of questions that it does not have.

`QUESTIONNAIRE` has answers that stand apart: no opinion, and options that rule out every other.
`TYPES` has numbers, rankings and a net promoter score.
"""

__all__ = ["QUESTIONNAIRE", "TYPES", "some"]

from pathlib import Path

import yaml

from utils.paths import DATA

NSP = {"id": "nsp", "libelle": "ne sait pas"}


def _read(path: Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def _apart() -> str:
    content = _read(DATA / "questionnaire.yml")
    asked = {question["id"]: question for question in content["questions"]}
    for name in ("obstacle_budget", "discussion_residents"):
        asked[name]["modalites"] = [NSP]
    asked["communiquer_davantage"]["sans_avis"] = ["ne_sait_pas"]
    for name in ("demandes", "communicateurs"):
        asked[name]["modalites"].append(NSP)
        asked[name]["sans_avis"] = ["nsp"]
    asked["medias"]["modalites"].append({"id": "aucun", "libelle": "aucun de ces médias", "exclusive": "true"})
    return yaml.safe_dump(content, allow_unicode=True)


def _types() -> str:
    content, more = _read(DATA / "questionnaire.yml"), _read(Path(__file__).with_name("types.yml"))
    content["echelles"] |= more["echelles"]
    content["questions"] += more["questions"]
    return yaml.safe_dump(content, allow_unicode=True)


def some(questionnaire: str, *names: str) -> str:
    """Return a questionnaire with some of its questions alone."""
    content = yaml.load(questionnaire, Loader=yaml.BaseLoader)
    content.pop("message", None)  # it stands on questions that may be gone
    content["questions"] = [question for question in content["questions"] if question["id"] in names]
    return yaml.safe_dump(content, allow_unicode=True)


QUESTIONNAIRE, TYPES = _apart(), _types()
