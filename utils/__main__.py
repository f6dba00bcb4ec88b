"""The commands: `python -m utils --help`. What each needs is imported once it is known which is run."""

import argparse
import os
import sys

from utils.publishing import receipts

EXECUTING = {"build", "check", "site", "baseline"}  # these run chapters
SHEETS = "fiches"  # this one runs their template
PUBLISHING = {"build", "site"}  # these have nothing to do where nothing has changed
EPILOG = """
Une nouvelle vague, de l'export au site :

  python -m utils new 2026 --from export.csv --cadre communes.csv
  # compléter data/2026/vague.yml : tout ce qui y est marqué « à confirmer »
  python -m utils check 2026
  python -m utils build 2026 --previous 2017

"""
STATUS = """Codes de sortie : 0, fait ; 1, refusé ou impossible (une phrase dit quoi) ; 2, commande mal tapée ;
130, interrompu ; 141, personne ne lit plus ce qui est dit. Quoi qu’il arrive, ce qui était publié l’est encore.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: see `STATUS`, which `--help` shows; 2 is of words that are none."""
    try:
        done = _carried_out(_parser().parse_args(arguments))
        sys.stdout.flush()  # here, and not after all is over, it is seen that nobody reads
        return done
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        from utils.publishing.failures import refused

        print(refused(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        from utils.publishing import processes

        processes.stop()
        print("Interrompu : ce qui était publié l’est encore.", file=sys.stderr)
        return 130


def _carried_out(given: argparse.Namespace) -> int:
    if given.command in PUBLISHING and (said := receipts.done(_asked(given))):
        print(said)
        return 0
    if given.command in EXECUTING | {SHEETS}:
        from utils.publishing import processes

        # Before anything else is imported, so that both import side by side.
        processes.start(*([processes.SHEETS] if given.command == SHEETS else []))
    from utils.publishing import commands
    from utils.publishing.failures import Failure
    from utils.reading.problems import DataError

    try:
        said, editions = given.run(commands, given) or ("", ())
    except (DataError, Failure) as error:
        print(error, file=sys.stderr)
        return 1
    if given.command in PUBLISHING:
        receipts.note(_asked(given), editions, said)
        print(said)
    return 0


def _asked(given: argparse.Namespace) -> tuple[str, ...]:
    """Return what was asked for, whatever the order of the words."""
    return tuple(f"{name}={value}" for name, value in sorted(vars(given).items()) if name != "run")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m utils",
        description="Du dossier d’une vague, data/<vague>/, au site _site/<vague>/.",
        epilog=EPILOG + STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    known = parser.add_subparsers(dest="command", required=True, metavar="commande")

    def command(name: str, run, told: str) -> argparse.ArgumentParser:
        added = known.add_parser(name, help=told, description=f"{told[:1].upper()}{told[1:]}.", allow_abbrev=False)
        added.set_defaults(run=run)
        return added

    new = command(
        "new",
        lambda to, g: to.new(g.wave, g.export, g.cadre, territory=g.territoire, questionnaire=g.questionnaire),
        "préparer le dossier d’une nouvelle vague",
    )
    new.add_argument("wave", help="le nom de la vague, qui se range par ordre de temps : 2026, 2026-03")
    new.add_argument("--from", dest="export", required=True, metavar="EXPORT", help="l’export de l’outil d’enquête")
    new.add_argument("--cadre", default="", metavar="FICHIER", help="la liste des communes interrogées")
    new.add_argument("--territoire", default="", metavar="NOM", help="le territoire : un fichier de data/territoires/")
    new.add_argument("--questionnaire", default="", metavar="FICHIER", help="un questionnaire propre à cette vague")

    check = command(
        "check", lambda to, g: to.check(g.wave, g.previous, g.ecarter), "vérifier une vague, sans rien construire"
    )
    check.add_argument("wave", help="la vague : un dossier de data/")
    check.add_argument("--previous", default="", metavar="VAGUE", help="la vague à laquelle le livre la comparera")
    check.add_argument(
        "--ecarter", action="store_true", help="mettre les lignes inutilisables dans rejets.csv et garder les autres"
    )

    built = command(
        "build",
        lambda to, g: to.build_one(g.wave, g.previous, g.url),
        "vérifier une vague, exécuter les chapitres, publier",
    )
    built.add_argument("wave", help="la vague : un dossier de data/")
    built.add_argument("--previous", default="", metavar="VAGUE", help="la vague à laquelle comparer")

    site = command(
        "site",
        lambda to, g: to.build_site(g.url),
        "publier toutes les éditions réelles, chacune face à la précédente",
    )
    for publishing in (built, site):
        publishing.add_argument("--url", default="", help="l’adresse où le site sera publié")
    printed = command(
        "pdf", lambda to, g: to.print_book(g.wave), "imprimer une édition publiée : le livre entier et un dépliant"
    )
    printed.add_argument("wave", help="la vague : un dossier de _site/")
    sheets = command(
        "fiches",
        lambda to, g: to.make_sheets(
            g.wave, g.ins, g.previous, printed=g.pdf, jobs=g.jobs, url=g.url, scheduler=g.scheduler
        ),
        "faire une fiche pour chaque commune qui a pris part, dans _fiches/ : à lui envoyer, à ne pas publier",
    )
    sheets.add_argument("wave", help="la vague : un dossier de data/ qui contient des réponses individuelles")
    sheets.add_argument("--ins", nargs="+", default=[], metavar="CODE", help="ces communes seulement")
    sheets.add_argument("--previous", default="", metavar="VAGUE", help="la vague à laquelle comparer chaque commune")
    sheets.add_argument("--pdf", action="store_true", help="imprimer aussi chaque fiche (demande Chromium)")
    sheets.add_argument("--jobs", type=_positive, default=0, metavar="N", help="processus à la fois ; un par cœur")
    sheets.add_argument(
        "--scheduler", default="", metavar="ADRESSE", help="une grappe Dask qui fait les fiches : tcp://10.0.0.1:8786"
    )
    sheets.add_argument("--url", default="", help="l’adresse où le livre est publié, pour les liens")
    verified = command(
        "verify",
        lambda to, g: to.verify_edition(g.wave),
        "reconstruire une édition publiée, ailleurs et de rien, et la comparer octet par octet",
    )
    verified.add_argument("wave", help="la vague : un dossier de _site/")
    command("waves", lambda to, _: to.list_waves(), "lister les vagues de data/")
    differ = command(
        "questions", lambda to, g: to.compare_questions(g.before, g.wave), "dire ce qui sépare deux questionnaires"
    )
    differ.add_argument("before", help="la vague la plus ancienne")
    differ.add_argument("wave", help="la vague la plus récente")
    command("baseline", lambda to, _: to.baseline(), "exécuter de nouveau les chapitres du dépôt, sur place")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"attendu un nombre à partir de 1, non « {text} »")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
