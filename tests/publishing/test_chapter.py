from dataclasses import replace

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from utils.publishing import chapter
from utils.reading import waves
from utils.showing import tables
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


def test_glued_text_keeps_its_spaces():
    (output,) = shown(chapter.glue, part="42\u00a0%")
    assert output.data == {"application/papermill.record/text/plain": "42\u00a0%"}
    assert output.metadata["scrapbook"]["name"] == "part"


def test_a_number_cannot_be_glued():
    with pytest.raises(TypeError, match="format it first"):
        chapter.glue(n=92)


def test_a_question_glues_what_its_block_says(wave):
    names = [output.metadata["scrapbook"]["name"] for output in shown(chapter.question, wave, "medias")]
    assert names == ["medias_question", "medias_base", "medias_titre", "medias_texte"]
    names = [o.metadata["scrapbook"]["name"] for o in shown(chapter.question, wave, "obstacle_budget", "non_actives")]
    assert names[0] == "obstacle_budget_non_question"


def test_a_table_offers_its_file(wave):
    (output,) = shown(chapter.table, tables.options(wave.choice("medias")), "medias")
    assert 'download="medias.csv" href="data:text/csv;charset=utf-8;base64,' in output.data["text/html"]
    assert '<details class="donnees">' in output.data["text/html"]
    (output,) = shown(chapter.table, tables.options(wave.choice("medias")), "medias", opened=True)
    assert "<details" not in output.data["text/html"]


def test_comments_belong_to_their_edition_and_chapter(wave):
    assert "Sans Facebook" in shown(chapter.comments, wave, "22_presence")[0].data["text/markdown"]
    assert shown(chapter.comments, wave, "21_profil") == []
    assert shown(chapter.comments, replace(wave, comments={}), "22_presence") == []


def test_closing_checks_pass_what_the_wave_warns_of(wave):
    chapter.closing_checks(wave, wave.likert("communication_adaptee"), wave.choice("medias"))
    with pytest.raises(ValueError, match="94 answers from a base of 92"):
        chapter.closing_checks(replace(wave, oddities=()), wave.likert("communication_adaptee"))


def test_closing_checks_find_shares_that_do_not_sum_to_one(wave):
    result = wave.choice("active")
    broken = replace(result.answers, shares=pd.Series({"oui": 0.6, "non": 0.3}))
    with pytest.raises(ValueError, match="shares sum to"):
        chapter.closing_checks(wave, replace(result, answers=broken))


def test_an_empty_single_choice_is_no_fault(wave):
    nobody = replace(wave.choice("active"), answers=choices(pd.Series({"oui": 0, "non": 0})))
    chapter.closing_checks(wave, nobody)


def test_a_map_of_who_took_part_is_shown_where_the_wave_says_so(wave):
    (output,) = shown(chapter.participation_map, waves.load("demo"))
    assert output.data["text/plain"].startswith("Carte des communes qui ont répondu, sans leur nom. 54")
    assert shown(chapter.participation_map, wave) == []
