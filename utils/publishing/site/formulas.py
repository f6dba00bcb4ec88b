"""Formulas as MathML, which browsers draw and screen readers read, without a script; each is told in words as well."""

__all__ = ["connect", "spoken"]

from xml.etree import ElementTree as ET

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

NAME = "mathml"
_NAMES = {"=": "égale", "+": "plus", "−": "moins", "±": "plus ou moins", "×": "fois", "÷": "divisé par"}
_NAMES |= {"∑": "somme de", "(": "parenthèse", ")": "fin de parenthèse", "/": "sur", "χ": "khi", "δ": "delta"}
_MATHML = "{http://www.w3.org/1998/Math/MathML}"


def spoken(mathml: str) -> str:
    r"""Tell a formula in words, for who cannot be shown it.

    Examples
    --------
    >>> spoken(tex2mathml(r"V = \sqrt{\frac{\chi^2}{n}}"))
    'V égale racine carrée de fraction khi au carré sur n, fin de fraction, fin de racine'
    """
    return _told(ET.fromstring(mathml)).replace(" ,", ",")


def _told(element: ET.Element) -> str:
    kind, parts = element.tag.removeprefix(_MATHML), [_told(child) for child in element]
    if kind == "mfrac":
        return f"fraction {parts[0]} sur {parts[1]}, fin de fraction"
    if kind == "msqrt":
        return f"racine carrée de {' '.join(parts)}, fin de racine"
    if kind == "msup":
        return f"{parts[0]} {'au carré' if parts[1] == '2' else f'puissance {parts[1]}'}"
    text = " ".join((element.text or "").split())
    return " ".join(part for part in (_NAMES.get(text, text), *parts) if part)


def connect(app: Sphinx) -> None:
    """Write the `math` directive and role as MathML; one that cannot be read stops the build."""
    app.add_html_math_renderer(NAME, (_inline, None), (_block, None))
    app.connect("config-inited", lambda _, config: setattr(config, "html_math_renderer", NAME))


def _inline(writer: HTML5Translator, node: nodes.math) -> None:
    writer.body.append(_written(writer, node))
    raise nodes.SkipNode


def _block(writer: HTML5Translator, node: nodes.math_block) -> None:
    writer.body.append(f'<div class="formule">{_written(writer, node, as_block=True)}</div>')
    raise nodes.SkipNode


def _written(writer: HTML5Translator, node: nodes.Element, *, as_block: bool = False) -> str:
    drawn = tex2mathml(node.astext(), as_block=as_block)
    return drawn.replace("<math ", f'<math alttext="{writer.attval(spoken(drawn))}" ', 1)
