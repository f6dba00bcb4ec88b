"""Columns of options, under every form of heading; columns that tools add; rankings."""

import itertools

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from support import forms

from utils.reading.files import LINE
from utils.reading.forms.guesses import guess_label
from utils.reading.forms.headings import splits
from utils.reading.forms.labels import folded
from utils.reading.forms.naming import fieldwork
from utils.reading.forms.opening import open_export
from utils.reading.forms.proposals import propose
from utils.reading.forms.rankings import rankings
from utils.reading.forms.tools import PLAIN, TOOLS
from utils.reading.relations import Relation

CODEBOOK = forms.CODEBOOK.at("2026")
MULTIPLE = [question.id for question in CODEBOOK.questions if question.type == "choix_multiple"]
FORMS = {
    "brackets": "{} [{}]",
    "code in brackets": "{}[{}]",
    "slash": "{}/{}",
    "parentheses": "{} ({})",
    "underscore": "{}_{}",
    "hyphen": "{} - {}",
    "point": "{}.{}",
    "code and text": "G02Q01. {} [{}]",
}
QUESTIONS = {
    "its id": lambda question: question.id,
    "its id without underscores": lambda question: question.id.replace("_", ""),
    "its label": lambda question: question.libelle,
    "its statement": lambda question: question.enonce,
    "other words": lambda question: f"Dites-nous ({question.chapitre[:2]}), pour votre commune",
    "its statement, cut at 20": lambda question: question.enonce[:20],
    "its label, cut at 15": lambda question: question.libelle[:15],
}
OPTIONS = {
    "its id": lambda option: option.id,
    "its id without underscores": lambda option: option.id.replace("_", ""),
    "its label": lambda option: option.libelle,
    "its label, capitalised": lambda option: option.libelle[0].upper() + option.libelle[1:],
    "its id, cut at 20": lambda option: option.id.replace("_", "")[:20],
    "its label, cut at 20": lambda option: option.libelle[:20],
}
TICKS = ("1", "Y", "Oui", "X", "Checked", "Coché", "Selected", "TRUE", "the label")
UNTICKS = {"1": "0", "Oui": "Non", "Checked": "Unchecked", "TRUE": "FALSE"}


def titled(form, asked, named, questions=MULTIPLE):
    """Return the title of every option's column, by question and option; none where two would be the same."""
    found = {
        (name, option.id): FORMS[form].format(QUESTIONS[asked](CODEBOOK[name]), OPTIONS[named](option))
        for name in questions
        for option in CODEBOOK[name].modalites
    }
    titles = list(found.values())
    return {place: title for place, title in found.items() if titles.count(title) == 1}


def guessed(columns, rows=(), codebook=CODEBOOK):
    rows = pd.DataFrame([*rows], columns=[*columns], dtype="str") if rows else pd.DataFrame(columns=[*columns])
    return propose([*columns], rows.assign(**{LINE: range(len(rows))}), codebook, "export.csv")


def placed(proposal):
    return {
        (name, guess.key): guess.value for name, guesses in proposal.options.items() for guess in guesses if guess.value
    }


@pytest.mark.parametrize("named", OPTIONS)
@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize("form", FORMS)
def test_all_four_multiple_choices_are_found(form, asked, named):
    titles = titled(form, asked, named)
    proposal = guessed(titles.values(), [["Oui"] * len(titles), ["Non"] * len(titles)])
    assert set(proposal.options) == set(MULTIPLE)
    assert placed(proposal) == titles


@pytest.mark.parametrize("width", [15, 20])
@pytest.mark.parametrize("form", ["slash", "underscore", "code in brackets"])
def test_a_title_cut_as_a_whole_says_no_more_than_what_is_left_of_it(form, width):
    whole = titled(form, "its id", "its id")
    cut = {place: title[:width] for place, title in whole.items()}
    titles = {place: title for place, title in cut.items() if list(cut.values()).count(title) == 1}
    found = placed(guessed(titles.values()))
    assert found.items() <= titles.items()  # nothing in another option's place
    assert len(found) >= len(titles) - 5  # what is left open is a letter or two


@pytest.mark.parametrize("tick", TICKS)
def test_a_tick_however_it_is_written(tick):
    titles = titled("brackets", "other words", "its label", ["medias"])
    labels = CODEBOOK["medias"].options
    row = [labels[option] if tick == "the label" else tick for _, option in titles]
    proposal = guessed(titles.values(), [row, [UNTICKS.get(tick, "")] * len(row)])
    assert placed(proposal) == titles
    assert not proposal.labels


def test_what_stands_in_every_column_is_no_option():
    titles = titled("brackets", "other words", "its label", ["medias"])
    rows = [["Pas choisi"] * len(titles), ["Oui", *["Pas choisi"] * (len(titles) - 1)]]
    labels = guessed(titles.values(), rows).labels["medias"]
    assert [(guess.key, guess.value) for guess in labels] == [("Pas choisi", "")]
    assert labels[0].doubt
    # Two words of which neither is known: one ticks and one does not, and nothing says which.
    rows = [["Mentionné"] * len(titles), ["Non mentionné"] * len(titles)]
    assert {guess.value for guess in guessed(titles.values(), rows).labels["medias"]} == {None}


@pytest.mark.parametrize("answers", [("1", "4", "5"), ("souvent", "parfois", "jamais")])
def test_a_table_of_scores_is_no_multiple_choice(answers):
    titles = titled("brackets", "other words", "its label", ["medias"])
    rows = [list(itertools.islice(itertools.cycle(answers), shift, shift + len(titles))) for shift in range(3)]
    assert not guessed(titles.values(), rows).options


def test_two_sets_of_columns_that_could_be_one_question_are_left_open():
    labels = list(CODEBOOK["medias"].options.values())
    titles = [f"{year} [{label}]" for year in ("Aujourd’hui", "L’an prochain") for label in labels]
    assert not guessed(titles).options
    # One that is called so comes before one that merely offers the same.
    titles = [f"{stem} [{label}]" for stem in ("Médias sociaux utilisés", "L’an prochain") for label in labels]
    assert set(placed(guessed(titles)).values()) == set(titles[: len(labels)])


def test_a_column_called_like_the_question_comes_before_others_of_its_options():
    titles = [f"L’an prochain [{label}]" for label in CODEBOOK["medias"].options.values()]
    row = ["Facebook;YouTube", *["Oui"] * len(titles)]
    proposal = guessed(["Médias sociaux utilisés", *titles], [row])
    assert [(guess.key, guess.value) for guess in proposal.columns if guess.value] == [
        ("Médias sociaux utilisés", "medias")
    ]


def test_an_option_that_the_questionnaire_does_not_know_is_left_open():
    titles = [f"Lesquels ? [{label}]" for label in (*CODEBOOK["medias"].options.values(), "Threads")]
    proposal = guessed(titles, [["Oui"] * len(titles)])
    assert len(placed(proposal)) == len(titles) - 1
    assert [guess.key for guess in proposal.columns if guess.value is None] == ["Lesquels ? [Threads]"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_column_stands_for_its_option_or_for_none(data):
    form = data.draw(st.sampled_from(list(FORMS)))
    asked, named = data.draw(st.sampled_from(list(QUESTIONS))), data.draw(st.sampled_from(list(OPTIONS)))
    whole = titled(form, asked, named, data.draw(st.lists(st.sampled_from(MULTIPLE), unique=True, min_size=1)))
    offered = data.draw(st.lists(st.sampled_from(sorted(whole)), unique=True, min_size=1))
    width = data.draw(st.sampled_from([15, 20, 500]))
    titles = {place: whole[place][:width].strip() for place in offered}
    # A title of which nothing of the option is left is that of a question in one column.
    option = {place: FORMS[form].format(QUESTIONS[asked](CODEBOOK[place[0]]), "{}").index("{}") for place in titles}
    titles = {place: title for place, title in titles.items() if len(title) > option[place]}
    titles = {place: title for place, title in titles.items() if list(titles.values()).count(title) == 1}
    tick = data.draw(st.sampled_from(["1", "Y", "Oui", "Coché"]))
    rows = data.draw(st.lists(st.lists(st.sampled_from([tick, ""]), min_size=len(titles), max_size=len(titles))))
    proposal = guessed(titles.values(), rows)
    assert placed(proposal).items() <= titles.items()
    assert not any(guess.value for guess in proposal.columns if not guess.doubt)


# Several options in one cell.


def test_what_stands_behind_the_first_rows_is_seen(tmp_path, monkeypatch):
    """Of few different answers, each is looked at, wherever it stands; the dates are those of all rows."""
    monkeypatch.setattr("utils.reading.forms.opening.FIRST", 5)
    rows = [f"2026-03-{1 + day:02d};Namur;Facebook" for day in range(20)] + ["2026-06-02;Liège;Mastodonte"]
    path = tmp_path / "export.csv"
    path.write_text("\n".join(["date;commune;medias", *rows, *rows]), encoding="utf-8")
    opened = open_export(path, [])
    assert opened.sample["medias"].unique().tolist() == ["Facebook", "Mastodonte"]
    assert (len(opened.sample), opened.rows.count()) == (21, 42)  # each day is another date
    labels = propose(opened.header, opened.sample, CODEBOOK, "export.csv", opened.tool).labels
    assert [guess.key for guess in labels["medias"]] == ["Mastodonte"]
    assert fieldwork(opened.header, opened.rows, CODEBOOK, opened.tool).fin == "2026-06"


def test_options_joined_by_a_space_are_both_read_or_none():
    opened = open_export(forms.EXPORTS / "kobo-two-options.csv", [])
    proposal = propose(opened.header, opened.sample, CODEBOOK, "export.csv", opened.tool)
    assert (proposal.tool.value, bool(proposal.tool.doubt)) == ("kobo", True)
    assert not proposal.labels  # both are read as they stand
    assert TOOLS["kobo"].separators == " "


SEVERAL = {
    "labels": "Facebook application mobile",
    "misspelt": "Facebok aplication mobile",
    "one known, one not": "Facebook Mastodon",
    "joined by a word": "Facebook et YouTube",
    "ids": "facebook application_mobile",
    "with a known one and more": "YouTube, et parfois le bulletin",
}


@pytest.mark.parametrize("kind", SEVERAL)
def test_a_cell_of_several_options_is_none_of_them(kind):
    assert guess_label(SEVERAL[kind], CODEBOOK["medias"].options, several=True).value is None


def test_an_unknown_one_among_them_leaves_all_open():
    rows = [["Facebook application mobile"], ["Facebook Mastodon"]]
    proposal = guessed(["Médias sociaux utilisés"], rows)
    assert proposal.tool.value == "csv"
    assert {guess.value for guess in proposal.labels["medias"]} == {None}
    assert '# "Facebook application mobile": …  # à compléter' in proposal.to_yaml()


def test_the_only_option_of_a_cell_may_be_misspelt():
    options = CODEBOOK["circonstances"].options
    assert guess_label("Situation de crises", options, several=True).value == "crise"
    assert guess_label("Anonces d’évenements", options, several=True).value == "evenements"
    assert guess_label("le Facebook", CODEBOOK["medias"].options, several=True).value == "facebook"


# What tools add.

SINGLE = "Fonction du répondant"
ADDED = (
    f"{SINGLE} [Autre]", f"{SINGLE} [Other]", f"{SINGLE} (Autre)", f"{SINGLE} - Autre (précisez)", "role[other]",
    "role_autre", "role[-oth-]", "Autre", "Other (please specify)", "Autre, veuillez préciser",
    f"{SINGLE} [Commentaire]",
    "role[comment]", "roleTime", "interviewtime", "groupTime12", "Temps total :", "Temps total",
    "Durée pour le groupe : Votre commune", "Durée pour la question: G01Q01", "Total time", "Total time:",
    "Group time: Your town", "Question time: G01Q03", "role[filecount]", f"filecount - {SINGLE}",
    '{if(role=="Y",1,0)}', "Points - role", "Total points", "Total score",
)  # fmt: skip


@pytest.mark.parametrize("title", ADDED)
def test_what_a_tool_adds_hides_no_question_and_attracts_no_guess(title):
    for header in ([title, "role", SINGLE], ["role", SINGLE, title]):
        proposal = guessed(header, [["échevin"] * 3, ["gestionnaire du site web"] * 3])
        assert title in proposal.ignored
        assert [guess.value for guess in proposal.columns] == ["role", None]  # asked twice: the second is left open


QUESTIONS_LIKE_THEM = (
    "Points forts de votre communication", "Feedback des citoyens", "Autres remarques", "Commentaires des citoyens",
    "Temps consacré aux médias sociaux", "Combien de messages recevez-vous par e-mail ?", "Nom de la page Facebook",
    "Une adresse e-mail générique existe-t-elle ?", "Par quels canaux ? [E-mail]", "Qui décide ? [Commune]",
    "Nommez un obstacle", "Mail, téléphone ou guichet : que préfèrent vos citoyens ?", "Name the three best channels",
)  # fmt: skip


@pytest.mark.parametrize("title", QUESTIONS_LIKE_THEM)
def test_questions_that_read_like_them_are_kept(title):
    proposal = guessed([title], [["Oui"], ["Non"]])
    assert [(guess.key, guess.value) for guess in proposal.columns] == [(title, None)]


WHO = (
    "Votre adresse e-mail", "Adresse e-mail", "Email address", "E-mail", "Username", "Nom", "Prénom", "Nom et prénom",
    "Vos nom et prénom", "Votre nom et votre prénom", "Quel est votre nom ?", "Nom d’utilisateur",
    "Adresse électronique", "Votre adresse de courriel, si vous voulez recevoir les résultats", "First name",
    "Numéro de téléphone (facultatif)",
    "Nom de la personne de contact", "Nom du répondant", "GSM", "Adresse IP", "courriel. Votre e-mail",
)  # fmt: skip


@pytest.mark.parametrize("title", WHO)
def test_who_answered_is_set_aside(title):
    assert title in guessed([title], [["a@b.example"], ["x"]]).ignored


def test_addresses_are_set_aside_whatever_their_title():
    assert "G01Q02" in guessed(["G01Q02", "G01Q03"], [["a@b.example", "x"], ["c.d@e.example", "a@b.example"]]).ignored
    assert "G01Q03" not in guessed(["G01Q03"], [["x"], ["a@b.example"]]).ignored


def test_the_option_of_a_channel_is_no_address():
    titles = [f"Qui ? [{label}]" for label in CODEBOOK["communicateurs"].options.values()]
    proposal = guessed([*titles, "Qui ? [E-mail]"], [["Oui"] * (len(titles) + 1)])
    assert "Qui ? [E-mail]" not in proposal.ignored


def test_the_other_of_several_options_is_one_of_them_if_the_questionnaire_says_so():
    titles = titled("brackets", "its statement", "its label")
    free = [f"{CODEBOOK['medias'].enonce} [Autre]"]
    proposal = guessed([*titles.values(), *free], [["Oui"] * len(titles) + ["Mastodon"]])
    assert placed(proposal) == titles
    assert titles["communicateurs", "autre"].endswith("[autre]")
    assert free[0] in proposal.ignored


def test_a_column_that_nobody_answered_attracts_no_guess():
    title = "Médias sociaux que vous utilisez"
    assert guessed([title, "active"], [["", "oui"]]).ignored == {title: "sans aucune réponse"}
    assert not guessed([title]).ignored  # without any row, nothing tells


# The question by which communes are active.


@pytest.mark.parametrize("title", ["Recommanderiez-vous cette enquête ?", "Avez-vous un site web ?", "Q12"])
def test_a_yes_or_no_alone_does_not_tell_who_is_active(title):
    proposal = guessed(["Commune", title], [["Namur", "Oui"], ["Mons", "Non"]])
    assert "active" not in {guess.value for guess in proposal.columns}
    assert "# active : à compléter" in proposal.omitted()


def test_answers_that_many_questions_have_tell_none():
    rows = [["Oui"], ["Non"], ["Ne sait pas"]]
    assert [guess.value for guess in guessed(["Recommandez-vous ce livre ?"], rows).columns] == [None]


def test_its_own_wording_tells_who_is_active():
    title = "Votre commune est-elle active sur au moins un média social ?"
    columns = guessed([title, "Recommandez-vous ?"], [["Oui", "Non"], ["Non", "Oui"]]).columns
    assert [guess.value for guess in columns] == ["active", None]


# Rankings.

RANKED = {
    "by rank": ([f"Classez [Classement {n}]" for n in (1, 2, 3)], [["Facebook", "YouTube", "Instagram"]] * 2),
    "by rank, in English": ([f"Rank these [Rank {n}]" for n in (1, 2)], [["Facebook", "YouTube"]]),
    "by number": ([f"classement[{n}]" for n in (1, 2, 3)], [["R1", "R3", "R2"], ["R2", "R1", ""]]),
    "by thing": ([f"Utilité [{m}]" for m in ("Facebook", "YouTube", "Twitter")], [["1", "3", "2"], ["2", "1", ""]]),
    "by thing, as ordinals": ([f"Utilité [{m}]" for m in ("Facebook", "YouTube")], [["1er", "2e"], ["2e", "1er"]]),
    "after a hyphen": ([f"{m} - Rang" for m in ("Facebook", "YouTube", "Twitter")], [["1", "3", "2"]]),
    "in one cell": (["Classez"], [["Facebook;YouTube;Twitter;"], ["YouTube;Facebook;Twitter;"]]),
}  # fmt: skip


@pytest.mark.parametrize("kind", RANKED)
def test_a_ranking_is_no_multiple_choice(kind):
    titles, rows = RANKED[kind]
    proposal = guessed([*titles, "active"], [[*row, "oui"] for row in rows])
    assert proposal.ignored == dict.fromkeys(titles, "classements")
    assert [guess.value for guess in proposal.columns] == ["active"]
    assert not proposal.options


def test_ticks_are_no_ranking():
    titles = [f"medias[{n}]" for n in (1, 2)]
    for rows in ([["Y", ""], ["", "Y"], ["Y", "Y"]], [["1", "0"], ["1", "1"]], [["1", ""], ["", "1"]]):
        assert not rankings(titles, pd.DataFrame(rows, columns=titles))
    assert not rankings(["Lesquels"], pd.DataFrame({"Lesquels": ["a;b;c;", "c;b;", "b;a;c"]}))


# The period.


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        (["2026-03-28 10:00:00", "", "2026-02-02 09:00:00", "1980-01-01 00:00:00"], ("2026-02", "2026-03")),
        (["1980-01-01 00:00:00", ""], None),
        (["", ""], None),
        (["hier", "2026-02-02"], ("2026-02", "2026-02")),
    ],
)
def test_the_period_is_of_the_first_and_the_last_answer(dates, period):
    rows = pd.DataFrame({"submitdate": dates, "lastpage": "1"}, dtype="str")
    held = Relation.of(rows.assign(**{LINE: range(2, len(rows) + 2)}))
    found = fieldwork(list(rows.columns), held, CODEBOOK, TOOLS["limesurvey"])
    assert (found and (found.debut, found.fin)) == period
    assert fieldwork(["lastpage"], held, CODEBOOK, PLAIN) is None
    plain = held.renamed({"date": held.columns["submitdate"]})  # nobody answers on that day, whatever the tool
    found = fieldwork(["date"], plain, CODEBOOK, PLAIN)
    assert (found and (found.debut, found.fin)) == period


# What has no column.


def test_questions_without_a_column_were_not_asked_unless_a_column_may_be_theirs():
    everything = [question.id for question in CODEBOOK.questions if question.id not in ("obstacle_budget", "role")]
    proposal = guessed(everything, [["1"] * len(everything)])
    assert [(guess.key, guess.doubt) for guess in proposal.missing] == [("role", ""), ("obstacle_budget", "")]
    assert yaml.safe_load(proposal.omitted()) == {"non_posees": ["role", "obstacle_budget"]}
    proposal = guessed([*everything, "L’argent ?"], [["1"] * len(everything) + ["7"]])
    assert [bool(guess.doubt) for guess in proposal.missing] == [False, True]
    assert proposal.omitted().splitlines()[1:] == [
        "  - role",
        "  # à confirmer : une colonne à compléter y répond peut-être",
        "  - obstacle_budget",
    ]


def test_titles_are_parted_where_a_question_ends():
    assert dict(splits("Q [informations pratiques (routes, déchets…)]")) == {
        "Q": "informations pratiques (routes, déchets…)"
    }
    assert not list(splits("Une question entière ?"))
    assert folded(dict(splits("medias.tiktok"))["medias"]) == "tiktok"
