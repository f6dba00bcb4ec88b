"""Formulas as MathML, which browsers draw and screen readers read, without a script."""

__all__ = ["connect"]

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

NAME = "mathml"


def connect(app: Sphinx) -> None:
    """Write the `math` directive and role as MathML; one that cannot be read stops the build."""
    app.add_html_math_renderer(NAME, (_inline, None), (_block, None))
    app.connect("config-inited", lambda _, config: setattr(config, "html_math_renderer", NAME))


def _inline(writer: HTML5Translator, node: nodes.math) -> None:
    writer.body.append(tex2mathml(node.astext()))
    raise nodes.SkipNode


def _block(writer: HTML5Translator, node: nodes.math_block) -> None:
    writer.body.append(f'<div class="formule">{tex2mathml(node.astext(), as_block=True)}</div>')
    raise nodes.SkipNode
