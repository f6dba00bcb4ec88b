"""What comments may hold: a little Markdown, and nothing that leads out of the book."""

import pytest

from utils.publishing.commented import refused
from utils.survey.about import Comment


def faults(text):
    return [(value, expected) for _, value, expected in refused({"22_presence": (Comment(titre="T", texte=text),)})]


@pytest.mark.parametrize(
    "text",
    [
        "Un *mot*, un **autre**, [une page](27_obstacles.ipynb#l-ordre-des-obstacles), [un registre](94_chiffres.md).",
        "Plus bas, [ici](#ici) {cite:p}`adn2017,futurocite2017`.\n\n- un\n- deux\n\n1. trois",
        "10 $ à 20 $, 5_000, a < b, R&D : {part(medias, facebook)} en tout.",
    ],
)
def test_paragraphs_emphasis_lists_pages_and_references_are_allowed(text):
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("Un.\n\nDeux ![x](fig.png).", "Deux ![x](fig.png).", "et rien d’autre"),
        ("[x](https://exemple.invalid)", "[x](https://exemple.invalid)", "page du livre"),
        ("<https://exemple.invalid>", "<https://exemple.invalid>", "page du livre"),
        ("[x][y]\n\n[y]: //exemple.invalid", "[x][y]", "page du livre"),
        ("Oui.\n\n[y]: //exemple.invalid", "[y]: …", "page du livre"),
        ("[x](99_inconnu.ipynb)", "[x](99_inconnu.ipynb)", "page du livre"),
        ("[x](../recu.json)", "[x](../recu.json)", "page du livre"),
        ("un <b>x</b>", "un <b>x</b>", "et rien d’autre"),
        ("{math}`x`", "{math}`x`", "aucun autre rôle"),
        ("{cite:p}`inconnu`", "{cite:p}`inconnu`", "clé de references.bib"),
        (":::{note}\nx\n:::", ":::{note} x :::", "et rien d’autre"),
        ("```\nx\n```", "``` x ```", "et rien d’autre"),
        ("# Titre", "# Titre", "et rien d’autre"),
        ("`code`", "`code`", "et rien d’autre"),
        ("[x]{.ecran}", "[x]{.ecran}", "et rien d’autre"),
        ("% caché", "% caché", "et rien d’autre"),
        ("(cible)=\n\nx", "(cible)=", "et rien d’autre"),
    ],
)
def test_the_rest_is_refused_where_it_stands(text, line, expected):
    found = faults(text)
    assert any(value == line and expected in told for value, told in found), found


def test_a_problem_tells_which_comment():
    ((place, *_),) = refused({"22_presence": (Comment(titre="T", texte="oui"), Comment(titre="T", texte="# non"))})
    assert place == "22_presence.1.texte"
