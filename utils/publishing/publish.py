"""What is published: editions, each swapped in whole, and the files at the site's root that lead to them.

Each edition says of itself what the others and the root tell of it: a wave that cannot be
read any more, or not yet, hinders none that can.
"""

__all__ = ["FILE", "Edition", "alone", "describe", "lead_to", "of", "publish", "published", "root"]

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import yaml

from utils import paths, whole
from utils.publishing import hosting, locks, policy, receipts
from utils.publishing.after import alike, embeds
from utils.survey.wave import Wave

FILE = "edition.json"
_FRESH, _OLD = "nouvelle", "ancienne"  # what an edition is called while it is swapped: `.2017.nouvelle`


class Edition(NamedTuple):
    """A published edition, as it says itself: its wave's name, its title, what it is in a sentence, of where."""

    name: str
    title: str
    presentation: str
    territory: str
    fictional: bool


def describe(wave: Wave) -> str:
    """Return what an edition says of itself in its `FILE`."""
    return json.dumps(of(wave)._asdict(), ensure_ascii=False, indent=1) + "\n"


def of(wave: Wave) -> Edition:
    """Return what an edition of a wave says of itself."""
    about = wave.about
    return Edition(wave.id, about.titre, hosting.presentation(wave), about.territoire, about.fictif)


def published() -> list[Edition]:
    """Return the editions that are published, oldest first."""
    found = []
    for path in sorted(paths.SITE.glob(f"[!.]*/{FILE}")):
        told = Edition(**json.loads(path.read_text(encoding="utf-8")))
        found.append(told._replace(name=path.parent.name))
    return found


@contextmanager
def alone() -> Iterator[None]:
    """Keep every other command from what is published, and mend what a killed one has left there.

    Raises
    ------
    Failure
        Another command is at work.
    """
    with locks.alone(paths.BUILD / ".publication", "Une autre commande construit ou imprime ce livre"):
        _recover()
        yield


def publish(edition: Path, wave: str) -> None:
    """Put an edition in the place of the one that is published, moved from where it was made.

    Until the new one stands whole beside it, the old one is untouched. A command that is killed between the two
    renames leaves none of the two in its place: the next one puts the old one back, see `alone`.
    """
    paths.SITE.mkdir(exist_ok=True)
    target, fresh, old = paths.SITE / wave, _beside(wave, _FRESH), _beside(wave, _OLD)
    shutil.move(edition, fresh)
    if (listed := target / "_static" / receipts.APART).exists():
        shutil.copy2(listed, fresh / "_static" / receipts.APART)  # which editions there are is as true as before
    for path in (fresh, *fresh.rglob("*")):  # whatever the umask of who builds: a host's own user serves them
        path.chmod(0o755 if path.is_dir() else 0o644)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _beside(wave: str, kind: str) -> Path:
    return paths.SITE / f".{wave}.{kind}"


def _recover() -> None:
    """End what a killed command had begun: an edition that is nowhere else goes back to its place."""
    for old in paths.SITE.glob(f".*.{_OLD}"):
        target = paths.SITE / old.name.removeprefix(".").removesuffix(f".{_OLD}")
        if not target.exists():
            old.rename(target)
    for kind in (_FRESH, _OLD):
        for left in paths.SITE.glob(f".*.{kind}"):
            shutil.rmtree(left)
    for folder in (paths.SITE, *paths.SITE.glob("*/_static")):
        whole.clear(folder)


def lead_to(address: str) -> None:
    """Lead each edition to the others that are published, and the site's front page to the newest real one."""
    editions = published()
    pages = {edition: _pages(edition.name) for edition in editions}
    for edition in editions:
        # Each page finds here which other editions it can lead to, on its territory; the demonstration leads back,
        # never the reverse.
        others = {e for e in editions if not e.fictional and e.territory == edition.territory}
        others = sorted({edition, *others}, reverse=True)
        absent = {other.name: sorted(pages[edition] - pages[other]) for other in others}
        listed = json.dumps([other.name for other in others])
        told = f"window.EDITIONS = {listed};\nwindow.ABSENT = {json.dumps(absent)};\n"
        _written(paths.SITE / edition.name / "_static" / receipts.APART, told)
    for name, text in root(address, [e for e in editions if not e.fictional] or editions).items():
        _written(paths.SITE / name, text)
    every = (path.read_text(encoding="utf-8") for path in sorted(paths.SITE.rglob("*.html")))
    _written(paths.SITE / policy.HEADERS, policy.headers(every))


def _written(path: Path, text: str) -> None:
    """Write a file, whole; one that would be the same is left as it is."""
    content = text.encode("utf-8")
    if not path.exists() or path.read_bytes() != content:
        whole.write(path, content)


def _pages(edition: str) -> set[str]:
    folder = paths.SITE / edition
    found = {path.relative_to(folder).with_suffix("") for path in folder.rglob("*.html")}
    return {path.as_posix() for path in found if path.parts[0] not in (embeds.FOLDER, alike.FOLDER)}


def root(address: str, editions: list[Edition]) -> dict[str, str]:
    """Return the files at the site's root, by name: what leads to the editions, given oldest first."""
    newest = editions[-1]
    start = f"{yaml.safe_load(paths.TOC.read_text(encoding='utf-8'))['root']}.html"
    return {
        "index.html": hosting.doorway(
            newest.title,
            newest.presentation,
            f"{newest.name}/{start}",
            f"{address}{newest.name}/{start}",
            f"{newest.name}/_static/favicon.svg",
            listed=not newest.fictional,
        ),
        "404.html": hosting.not_found(address, [(e.name, e.title) for e in reversed(editions)], start),
        "robots.txt": hosting.robots(address),
        "sitemap.xml": hosting.sitemap_of_editions(
            f"{address}{e.name}/sitemap.xml" for e in editions if not e.fictional
        ),
    }
