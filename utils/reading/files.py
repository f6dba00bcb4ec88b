"""Documents as people leave them: YAML, with the line of every fault; and which files are read at all.

Readers collect what is wrong into a list of problems and go on, so that one run
reports everything. They know the shape of a file, not what it means.
"""

__all__ = ["LINE", "display_path", "read_document", "read_text", "readable", "reference"]

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from utils.french import number
from utils.paths import DATA, ROOT
from utils.reading import limits
from utils.reading.problems import Problem

LINE = "ligne"  # the column that remembers where a row stood

Model = TypeVar("Model", bound=BaseModel)


def display_path(path: Path) -> str:
    """Return a path as the analyst knows it: from the project's root where it lies below."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()


def reference(name: str, data: Path) -> Path:
    """Return where a file that waves share stands: below `data` or, where it is not there, below the project's own."""
    own = data / name
    return own if own.exists() or not (DATA / name).exists() else DATA / name


def readable(path: Path, problems: list[Problem], most: int = limits.TABLE) -> bool:
    """Tell whether a file can be read: a regular one in its own folder, of `most` bytes at most; else, why not is told.

    The reader of every file asks before it opens it: a pipe would never end, a device is no table, and a link may
    lead to what has nothing to do with the survey. A folder may be a link: so are respondents' rows kept elsewhere.

    Examples
    --------
    >>> readable(DATA / "questionnaire.yml", []), readable(DATA, [])
    (True, False)
    """
    if expected := _hindrance(path, most):
        problems.append(Problem(display_path(path), expected))
    return not expected


def _hindrance(path: Path, most: int) -> str:
    try:
        found = path.stat()
    except FileNotFoundError:
        return _NOWHERE if path.is_symlink() else "un fichier à cet endroit (il n’existe pas)"
    except (OSError, ValueError):  # links in a circle, a folder that nobody may enter, a name that no disk holds
        return "un fichier qui s’ouvre"
    if stat.S_ISDIR(found.st_mode):
        return "un fichier, non un dossier"
    if not stat.S_ISREG(found.st_mode):
        return "un fichier, non un tube ni un périphérique"
    if path.resolve().parent != path.parent.resolve():
        return _ELSEWHERE
    return f"un fichier d’au plus {limits.size(most)}" if found.st_size > most else ""


_NOWHERE = "un fichier, non un lien qui ne mène nulle part"
_ELSEWHERE = "un fichier de ce dossier, non un lien vers un autre : y copier le fichier lui-même"


def read_text(path: Path, problems: list[Problem], most: int) -> str | None:
    """Return the text of a file in UTF-8, of `most` bytes; None, and the problem noted, if there is none."""
    if not readable(path, problems, most):
        return None
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.append(Problem(display_path(path), "un fichier de texte en UTF-8", line))
    return None


_EXPECTED = {
    "missing": "cette clé, qui manque",
    "extra_forbidden": "aucune clé de ce nom (faute de frappe ?)",
    "string_type": "un texte",
    "string_too_short": "un texte qui n’est pas vide",
    "string_too_long": "un texte d’au plus {max_length} caractères",
    "int_parsing": "un nombre entier",
    "int_type": "un nombre entier",
    "int_parsing_size": "un nombre entier, de moins de chiffres",
    "float_parsing": "un nombre, avec un point décimal",
    "float_type": "un nombre, avec un point décimal",
    "finite_number": "un nombre fini",
    "bool_parsing": "true ou false",
    "bool_type": "true ou false",
    "greater_than_equal": "un nombre d’au moins {ge}",
    "less_than_equal": "un nombre d’au plus {le}",
    "literal_error": "{expected}",
    "model_type": "des clés et leurs valeurs",
    "tuple_type": "une liste",
    "dict_type": "des clés et leurs valeurs",
    "too_short": "une liste qui n’est pas vide",
}


def read_document(path: Path, model: type[Model], problems: list[Problem]) -> Model | None:
    """Read a YAML file into a pydantic model; None, and the problems noted, if it does not fit.

    Every scalar is read as text and converted by the model, so that `5000_20000`
    or `2017-02` keeps the form that was typed.
    """
    text = read_text(path, problems, limits.DOCUMENT)
    if text is None:
        return None
    name = display_path(path)
    try:
        if expected := _entangled(text):
            problems.append(Problem(name, *expected))
            return None
        tree, content = _parse(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problems.append(Problem(name, "un document YAML valide", mark.line + 1 if mark else None))
        return None
    for key, line, first in dict.fromkeys(_repeated_keys(tree)):  # an alias repeats what it stands for
        problems.append(Problem(name, f"une clé « {key} » écrite une seule fois (déjà à la ligne {first})", line, key))
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = error.errors()
        problems.extend(_in_french(detail, name, tree) for detail in faults[: limits.TOLD])
        if len(faults) > limits.TOLD:
            problems.append(Problem(name, f"un document sans fautes (il y en a {number(len(faults))})"))
        return None


# Builds text, lists and dicts only; libyaml's is ten times as fast where PyYAML was built with it.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _entangled(text: str) -> tuple[str, int] | None:
    """Return what was expected, and the line, where a document is too deep or too long to be built.

    Told before anything is built of it: what an alias repeats counts each time, so that a few lines stand for much.
    """
    sizes: dict[str, tuple[int, int]] = {}  # by anchor: how many values, how deep
    around: list[list] = [[None, 0, 0]]  # what is open: its anchor, how many values it holds so far, how deep they are
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.CollectionStartEvent):
            around.append([event.anchor, 1, 0])
        elif isinstance(event, yaml.AliasEvent) and event.anchor in [anchor for anchor, *_ in around]:
            return f"aucun renvoi (`*{event.anchor}`) à ce qui le contient", line
        elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            anchor, size, deep = None, 1, 0
            if isinstance(event, yaml.AliasEvent):
                size, deep = sizes.get(event.anchor, (1, 0))
            elif isinstance(event, yaml.CollectionEndEvent):
                anchor, size, deep = around.pop()
            else:
                anchor = event.anchor
            if anchor:
                sizes[anchor] = (size, deep)
            outer = around[-1]
            outer[1], outer[2] = outer[1] + size, max(outer[2], deep + 1)
        if len(around) + around[-1][2] - 1 > limits.DEPTH:
            return f"au plus {limits.DEPTH} listes ou clés l’une dans l’autre", line
        if around[-1][1] > limits.VALUES:
            return (
                f"au plus {number(limits.VALUES)} valeurs, ce que des renvois (`*…`) répètent compté chaque fois",
                line,
            )
    return None


def _parse(text: str) -> tuple[yaml.Node | None, object]:
    loader = _Loader(text)
    try:
        tree = loader.get_single_node()
        return tree, loader.construct_document(tree) if tree else None
    finally:
        loader.dispose()


def _in_french(detail: ErrorDetails, name: str, tree: yaml.Node | None) -> Problem:
    context = detail.get("ctx", {})
    if detail["type"] == "value_error":
        expected = str(context["error"])
    elif detail["type"] == "string_pattern_mismatch":
        expected = f"un texte de la forme {context['pattern']}"
    else:
        expected = _EXPECTED.get(detail["type"], detail["msg"]).format(**context).replace(" or ", " ou ")
    where = detail["loc"]
    value = str(detail["input"]) if isinstance(detail["input"], str | int) else None
    return Problem(name, expected, _line(tree, where), ".".join(map(str, where)) or None, value)


def _line(node: yaml.Node | None, where: Sequence[str | int]) -> int | None:
    """Find the line of the entry at `where`, or of the deepest of its parents that exists."""
    if node is None:
        return None
    line = node.start_mark.line + 1
    for step in where:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        else:
            break
    return line


def _repeated_keys(node: yaml.Node | None) -> list[tuple[str, int, int]]:
    # YAML keeps the last of two equal keys and says nothing.
    if isinstance(node, yaml.SequenceNode):
        return [hit for child in node.value for hit in _repeated_keys(child)]
    if not isinstance(node, yaml.MappingNode):
        return []
    first: dict[str, int] = {}
    own = []
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if key.value in first:
            own.append((key.value, line, first[key.value]))
        first.setdefault(key.value, line)
    return own + [hit for _, child in node.value for hit in _repeated_keys(child)]
