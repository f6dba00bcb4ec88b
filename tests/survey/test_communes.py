"""Names of communes as people write them, and communes that merge between two waves."""

import pandas as pd
import pytest

from utils.paths import DATA
from utils.reading.mergers import read_mergers
from utils.reading.questionnaires import read_territory
from utils.survey.communes import Directory, members, normalised, present_ins, successors

NAMES = {
    "25014": "Braine-l’Alleud",
    "25015": "Braine-le-Château",
    "25112": "Wavre",
    "25121": "Ottignies-Louvain-la-Neuve",
    "25124": "Walhain",
    "52075": "Les Bons Villers",
    "53070": "Saint-Ghislain",
    "55004": "Braine-le-Comte",
    "55035": "Le Roeulx",
    "56086": "Ham-sur-Heure-Nalinnes",
    "57097": "Comines-Warneton",
    "62063": "Liège",
    "62093": "Saint-Nicolas",
    "63013": "Butgenbach",
    "63040": "Kelmis",
    "63067": "Saint-Vith",
    "64025": "Fexhe-le-Haut-Clocher",
    "82038": "Sainte-Ode",
    "84059": "Saint-Hubert",
    "92094": "Namur",
    "92140": "Jemeppe-sur-Sambre",
}
WALLONIA = read_territory("wallonie", DATA, [])
SPELLINGS = WALLONIA.noms
REGIONS = {"25": "brabant_wallon", "5": "hainaut", "6": "liege", "8": "luxembourg", "92": "namur"}
COMMUNES = Directory(
    NAMES,
    SPELLINGS,
    regions={ins: next(name for start, name in REGIONS.items() if ins.startswith(start)) for ins in NAMES},
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("LIEGE", "liege"),
        ("  Liège  ", "liege"),
        ("Lie\u0300ge", "liege"),  # the accent as a mark of its own
        ("Braine-l'Alleud", "braine l alleud"),
        ("Braine l’Alleud", "braine l alleud"),
        ("Le Rœulx", "le roeulx"),
        ("LE RŒULX", "le roeulx"),
        ("St-Ghislain", "saint ghislain"),
        ("St. Ghislain", "saint ghislain"),
        ("Ste-Ode", "sainte ode"),
        ("Sankt Vith", "saint vith"),
        ("Jemeppe s/Sambre", "jemeppe sur sambre"),
        ("Jemeppe-S/-Sambre", "jemeppe sur sambre"),
        ("Chapelle-lez-Herlaimont", "chapelle les herlaimont"),
        ("Chapelle lès Herlaimont", "chapelle les herlaimont"),
        ("Perwez (Nivelles)", "perwez"),
        ("Perwez (Nivelles", "perwez"),
        ("Commune de Perwez", "perwez"),
        ("Ville de La Louvière", "la louviere"),
        ("La Ville d'Enghien", "enghien"),
        ("Ville du Roeulx", "le roeulx"),
        ("Commune des Bons Villers", "les bons villers"),
        ("Administration communale d’Amay", "amay"),
        ("L'Administration communale de la Ville de Huy", "huy"),
        ("Commune Amay", "amay"),
        ("Gemeinde Raeren", "raeren"),
        ("Stadt Eupen", "eupen"),
        ("Villers-la-Ville", "villers la ville"),
        ("Stavelot", "stavelot"),
        ("Bütgenbach", "butgenbach"),
        ("", ""),
        ("(néant)", ""),
        ("Ville", ""),
    ],
)
def test_what_is_folded_away(written, folded):
    assert normalised(written) == folded


@pytest.mark.parametrize(
    ("written", "ins"),
    [
        ("Wavre", "25112"),
        ("Waver", "25112"),
        ("eigenbrakel", "25014"),
        ("'s-Gravenbrakel", "55004"),
        ("Ville du Rœulx", "55035"),
        ("Comines", "57097"),
        ("Komen-Waasten", "57097"),
        ("Luik", "62063"),
        ("Lüttich", "62063"),
        ("La Calamine", "63040"),  # the list writes Kelmis
        ("Kelmis", "63040"),
        ("St. Vith", "63067"),
        ("Bütgenbach", "63013"),
        ("Ottignies-LLN", "25121"),
        ("FEXHE LE HAUT CLOCHER", "64025"),
        ("Saint-Nicolas (Liège)", "62093"),  # Liège is its province, and a commune
        ("Wavre (Brabant wallon)", "25112"),
        ("Namur (Jambes)", "92094"),  # no commune of the list
        ("Namur (Namen)", "92094"),  # its name in another language
    ],
)
def test_a_commune_is_found_however_it_is_written(written, ins):
    found = COMMUNES.find(written)
    assert (found.ins, found.kind, found.expected) == (ins, "trouvee", "")


def test_a_code_finds_by_itself_and_confirms_a_name():
    assert COMMUNES.find("", "92094").ins == "92094"
    assert COMMUNES.find("Namen", " 92094 ").ins == "92094"


def test_a_misspelt_name_is_not_found_but_its_neighbours_are_told():
    found = COMMUNES.find("Wavres")
    assert (found.ins, found.kind, found.suggestions) == (None, "inconnue", ("Wavre",))
    assert found.expected == "une commune de la liste ; la plus proche : Wavre"


def test_a_part_of_several_names_is_not_found_and_at_most_three_are_told():
    found = COMMUNES.find("Braine")
    assert found.ins is None
    assert found.suggestions == ("Braine-l’Alleud", "Braine-le-Château", "Braine-le-Comte")
    expected = "une commune de la liste ; les plus proches : Braine-l’Alleud, Braine-le-Château et Braine-le-Comte"
    assert found.expected == expected


def test_no_more_than_three_names_are_suggested():
    assert COMMUNES.find("Saint").suggestions == ("Saint-Ghislain", "Saint-Nicolas", "Saint-Vith")


def test_a_part_of_one_name_is_suggested_not_taken():
    found = COMMUNES.find("Ham-sur-Heure")
    assert (found.ins, found.suggestions) == (None, ("Ham-sur-Heure-Nalinnes",))


def test_a_name_with_another_commune_in_brackets_is_told_not_cut():
    found = COMMUNES.find("Namur (Liège)")
    assert (found.ins, found.kind, found.candidates) == (None, "plusieurs", ("92094", "62063"))
    assert found.expected == (
        "une seule commune, ou son code INS ; ce nom en cite deux : Namur (92094) et Liège (62063)"
    )
    assert COMMUNES.find("Namur (Liège)", "92094").ins == "92094"
    assert COMMUNES.find("Jambes (Namur)").suggestions == ("Namur",)


def test_what_stands_in_brackets_tells_two_communes_of_one_name_apart():
    twice = Directory(
        {"62093": "Saint-Nicolas", "46021": "Saint-Nicolas", "1": "Mons (Nord)", "2": "Mons (Var)"},
        regions={"62093": "liege", "46021": "flandre_orientale", "1": "nord", "2": "var"},
    )
    assert twice.find("Saint-Nicolas (Flandre orientale)").ins == "46021"
    assert twice.find("MONS (VAR)").ins == "2"
    assert twice.find("Mons").kind == "plusieurs"


@pytest.mark.parametrize("written", ["Rijsel", "Lille", "???", "", "12345"])
def test_what_looks_like_nothing_has_no_neighbours(written):
    found = COMMUNES.find(written)
    assert (found.ins, found.kind, found.suggestions) == (None, "inconnue", ())
    assert found.expected == "une commune de la liste"


def test_two_communes_of_one_name_are_both_told_and_the_code_decides():
    twice = Directory({"62093": "Saint-Nicolas (Liège)", "46021": "Saint-Nicolas (Waes)"}, SPELLINGS)
    found = twice.find("St-Nicolas")
    assert (found.ins, found.kind, found.candidates) == (None, "plusieurs", ("62093", "46021"))
    assert found.expected == (
        "le code INS, car ce nom est Saint-Nicolas (Liège) (62093) ou Saint-Nicolas (Waes) (46021)"
    )
    assert twice.find("St-Nicolas", "46021").ins == "46021"


def test_a_name_and_a_code_that_disagree_are_told_not_resolved():
    found = COMMUNES.find("Namur", "62063")
    assert (found.ins, found.kind, found.candidates) == (None, "desaccord", ("62063", "92094"))
    assert found.expected == (
        "un nom et un code INS de la même commune : 62063 est Liège (« Namur » est Namur (92094))"
    )


def test_a_code_does_not_vouch_for_a_name_that_is_unknown():
    found = COMMUNES.find("Braine Lalleud", "25014")
    assert (found.ins, found.kind) == (None, "desaccord")
    assert found.suggestions[0] == "Braine-l’Alleud"
    assert found.expected == "un nom et un code INS de la même commune : 25014 est Braine-l’Alleud"


def test_a_code_that_the_list_does_not_have():
    found = COMMUNES.find("Namur", "92000")
    assert (found.ins, found.kind) == (None, "inconnue")
    assert found.expected == "un code INS de la liste des communes (« Namur » y est Namur (92094))"
    assert COMMUNES.find("", "92000").expected == "un code INS de la liste des communes"


def test_a_spelling_that_two_communes_share_chooses_neither():
    shared = Directory({"1": "Mons", "2": "Huy"}, {"Mons": ("Le Mont",), "Huy": ("le mont",)})
    assert (shared.find("Le Mont").kind, shared.find("Le Mont").candidates) == ("plusieurs", ("1", "2"))


def test_a_name_of_the_list_is_never_another_communes_other_name():
    both = Directory({"57097": "Comines-Warneton", "1": "Comines"}, SPELLINGS)
    assert both.find("Comines").ins == "1"
    assert both.find("Komen").candidates == ("57097", "1")


def test_a_spelling_of_a_commune_that_is_not_asked_finds_nothing():
    assert Directory({"92094": "Namur"}, SPELLINGS).find("Luik").kind == "inconnue"


def test_no_spelling_belongs_to_two_communes():
    folded = [normalised(name) for names in SPELLINGS.items() for name in (names[0], *names[1])]
    assert sorted(set(folded)) == sorted(folded)


def test_a_directory_comes_from_a_table():
    table = pd.DataFrame({"ins": ["62063"], "commune": ["Liège"], "province": ["liege"], "population": [1]})
    assert Directory.of(table, WALLONIA).find("luik").ins == "62063"


def table(*rows):
    return pd.DataFrame(rows, columns=["ins_ancien", "ins_nouveau", "date"])


CHAIN = table(("A", "B", "2010-01-01"), ("B", "C", "2020-06-30"), ("D", "C", "2020-06-30"))


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2009-12-31", {}),
        ("2010-01-01", {"A": "B"}),
        ("2020-05", {"A": "B"}),
        ("2020-06", {"A": "C", "B": "C", "D": "C"}),
        ("2026", {"A": "C", "B": "C", "D": "C"}),
    ],
)
def test_chains_are_followed_up_to_the_date(date, expected):
    assert successors(CHAIN, date) == expected


def test_a_commune_that_never_merged_keeps_its_code():
    assert present_ins("E", CHAIN, "2026") == "E"
    assert members("E", CHAIN, "2009") == ("E",)


def test_the_other_way_gives_the_communes_of_that_time():
    assert members("C", CHAIN, "2009") == ("A", "D")
    assert members("C", CHAIN, "2015") == ("B", "D")
    assert members("C", CHAIN, "2020-06-30") == ("C",)
    assert members("A", CHAIN, "2009") == ()  # no longer there: C stands in its place


def test_a_commune_that_absorbs_another_keeps_its_code():
    absorbed = table(("A", "A", "2025-01-01"), ("B", "A", "2025-01-01"))
    assert successors(absorbed) == {"B": "A"}
    assert members("A", absorbed, "2024") == ("B", "A")


def test_a_code_that_becomes_two_is_refused():
    with pytest.raises(ValueError, match="en double : A"):
        successors(table(("A", "B", "2010-01-01"), ("A", "C", "2011-01-01")))


@pytest.mark.parametrize("ring", [[("A", "B"), ("B", "A")], [("X", "A"), ("A", "B"), ("B", "A")]])
def test_a_ring_is_refused(ring):
    with pytest.raises(ValueError, match="sans retour à un code ancien"):
        successors(table(*((old, new, "2010-01-01") for old, new in ring)))


def test_bastogne_and_bertogne_are_one_since_december_2024():
    problems = []
    mergers = read_mergers(DATA, WALLONIA, problems)
    assert problems == []
    for former in ("82003", "82005"):
        assert present_ins(former, mergers, "2024-12-01") == former
        assert present_ins(former, mergers, "2024-12-02") == "82039"
    assert members("82039", mergers, "2017-02") == ("82003", "82005")


def test_the_codes_of_eleven_communes_of_hainaut_changed_in_2019():
    mergers = read_mergers(DATA, WALLONIA, [])
    changed = {old: new for old, new in successors(mergers).items() if not old.startswith("82")}
    assert len(changed) == len(set(changed.values())) == 11
    assert changed["55022"] == "58001"  # La Louvière
    assert changed["55039"] == "51068"  # Silly, and not Lessines
    assert changed["55023"] == "51069"


def test_the_other_names_of_a_commune_are_those_of_its_group():
    towns = Directory({"62063": "Luik", "92094": "Namur"}, {"Liège": ("Lüttich", "Luik"), "Ath": ("Aat",)})
    assert towns.also("62063") == ("Liège", "Lüttich")
    assert towns.also("92094") == ()
