"""The commands: `python -m utils --help`."""

import argparse
import sys

from utils import build, waves
from utils.files import display_path
from utils.problems import DataError


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused or failed."""
    parser = argparse.ArgumentParser(
        prog="python -m utils",
        description="Du dossier d’une vague, data/<vague>/, au site _site/<vague>/.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="commande")
    built = commands.add_parser("build", help="vérifier une vague, exécuter les chapitres, publier le site")
    built.add_argument("wave", help="la vague : un dossier de data/")
    built.add_argument("--previous", default="", metavar="VAGUE", help="la vague à laquelle comparer")
    checked = commands.add_parser("check", help="vérifier les données d’une vague, sans rien construire")
    checked.add_argument("wave", help="la vague : un dossier de data/")
    commands.add_parser("baseline", help="exécuter de nouveau les chapitres du dépôt, sur place")
    given = parser.parse_args(arguments)
    try:
        if given.command == "build":
            _say_where(build.build(given.wave, given.previous))
        elif given.command == "check":
            build.check_wave(given.wave)
            _say_checked(given.wave)
        else:
            build.baseline()
    except (DataError, build.BuildError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _say_where(site) -> None:
    folder = display_path(site.parent)
    print(f"Le livre est dans {display_path(site)}/.")
    print(f"Pour le lire : python3 -m http.server --directory {folder} 8000, puis http://localhost:8000/")


def _say_checked(wave: str) -> None:
    warnings = waves.load(wave).warnings
    print(f"Les données de la vague « {wave} » sont utilisables.")
    for warning in warnings:
        print(f"  à savoir : {warning}")


if __name__ == "__main__":
    sys.exit(main())
