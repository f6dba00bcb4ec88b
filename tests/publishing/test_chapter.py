"""What a chapter's cells can say and show."""

from dataclasses import replace

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from utils.publishing.chapter import Chapter
from utils.publishing.outputs import TEXT
from utils.reading import waves
from utils.statistics.choices import choices


@pytest.fixture(autouse=True)
def shell():
    """Run in IPython, as a chapter does: elsewhere, display() only prints."""
    yield InteractiveShell.instance(history_manager=None)
    InteractiveShell.clear_instance()


def shown(call, *args, **kwargs):
    with capture_output() as caught:
        call(*args, **kwargs)
    return caught.outputs


def test_prose_holds_the_texts_that_it_names(shell):
    shell.user_ns |= {"page": Chapter("22_presence", "2017"), "part": "42\u00a0%"}
    shell.user_ns |= {"says": shell.user_ns["page"].says, "edition": shell.user_ns["page"].edition}
    cell = "Sur {{ edition.invites }} communes, {{ part }}.\n\n- {{ says.medias.base }}.\n- {{ says.absente.titre }}."
    (output,) = shown(shell.run_cell_magic, "prose", "", cell)
    said = "Sur 262 communes, 42\u00a0%.\n\n- Communes actives, n\u00a0=\u00a092."
    assert output.data["text/markdown"] == said
    names = [(figure["nom"], figure["imprime"]) for figure in output.data[TEXT]["chiffres"]]
    assert names == [("invites", "262"), ("medias_base", "92")]


def test_a_name_that_nobody_gave_stops_the_chapter(shell):
    Chapter("22_presence", "2017")
    with pytest.raises(KeyError, match="inconnu"):
        shell.run_cell_magic("prose", "", "{{ inconnu }}")


def test_a_wave_that_is_given_as_a_number_is_its_name():
    """As papermill's `-p wave 2017` gives it."""
    assert Chapter("26_opinion", 2017).wave.id == "2017"


def test_what_is_said_of_a_question_is_made_once():
    page = Chapter("22_presence", "2017")
    assert page.says.medias is page.says.medias
    assert page.says.medias.titre.startswith("Facebook vient en tête (99\u00a0%)")


def test_what_is_said_of_a_question_leads_to_its_section():
    says = Chapter("00_synthese", "2017").says
    assert says.medias.lieu == "22_presence.ipynb#medias-utilises"
    assert says.demandes.lieu == "28_attentes.ipynb#les-aides-souhaitees"


def test_comments_belong_to_their_edition_and_chapter(wave, monkeypatch):
    assert "Sans Facebook" in shown(Chapter("22_presence", "2017").comments)[0].data["text/markdown"]
    assert shown(Chapter("21_profil", "2017").comments) == []
    monkeypatch.setattr(waves, "load", lambda _: replace(wave, comments={}))
    assert shown(Chapter("22_presence", "2017").comments) == []


def checked(wave, monkeypatch, result):
    monkeypatch.setattr(waves, "load", lambda _: wave)
    Chapter("24_pratiques", "2017")._check(result)


def test_a_result_that_is_known_to_be_odd_passes_and_any_other_stops_the_chapter(wave, monkeypatch):
    checked(wave, monkeypatch, wave.likert("communication_adaptee"))
    with pytest.raises(ValueError, match="94 answers from a base of 92"):
        checked(replace(wave, oddities=()), monkeypatch, wave.likert("communication_adaptee"))
    result = wave.choice("active")
    broken = replace(result.answers, shares=pd.Series({"oui": 0.6, "non": 0.3}))
    with pytest.raises(ValueError, match="shares sum to"):
        checked(wave, monkeypatch, replace(result, answers=broken))
    checked(wave, monkeypatch, replace(result, answers=choices(pd.Series({"oui": 0, "non": 0}))))


def test_a_question_is_told_once():
    page = Chapter("26_opinion", "2017")
    shown(page.block, "utilisation_optimale")
    told = [output.data["text/markdown"] for output in shown(page.blocks) if "text/markdown" in output.data]
    assert [text.split("\n")[0] for text in told if text.startswith("## ")] == ["## Communiquer davantage"]


def test_invented_data_is_marked_on_every_drawing_and_table():
    outputs = shown(Chapter("22_presence", "demo").block, "medias")
    shown_data = [output.data for output in outputs if TEXT not in output.data]
    assert len(shown_data) >= 2
    for data in shown_data:
        assert "Données fictives" in str(data)


def test_a_map_of_who_took_part_is_shown_where_the_wave_says_so():
    (output,) = shown(Chapter("21_profil", "demo").participation_map, "fig-carte", "Carte.")
    assert output.data["text/plain"].startswith(
        "Carte des communes qui ont répondu, sans leur nom, nombre de communes. 54"
    )
    assert shown(Chapter("21_profil", "2017").participation_map, "fig-carte", "Carte.") == []
