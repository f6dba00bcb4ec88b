"""The one style sheet: what goes, and what must not."""

import pytest

from utils.publishing.after.styles import for_readers_without_scripts, useful


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (".note{color:red}", ".note{color:red}"),
        (".btn{color:red}", ""),
        ("#menu{color:red}", "#menu{color:red}"),
        ("#other{color:red}", ""),
        (".note .btn, .note:hover{color:red}", ".note:hover{color:red}"),
        # What a page has not is true of every element of it.
        (".note:not(.btn){color:red}", ".note:not(.btn){color:red}"),
        (":is(.btn, .note) p{color:red}", ":is(.btn, .note) p{color:red}"),
        ('a[href$=".btn"]{color:red}', 'a[href$=".btn"]{color:red}'),
        ("p{color:#bada55}", "p{color:#bada55}"),
        ("@media print{.btn{color:red}.note{color:blue}}", "@media print{.note{color:blue}}"),
        ("@media print{.btn{color:red}}", ""),
        ("@supports (gap:1px){.note{gap:1px}}", "@supports (gap:1px){.note{gap:1px}}"),
        ("@page{margin:2cm}", "@page {margin:2cm}"),
        ("@font-face{font-family:'Font Awesome 6';src:url(a.woff2)}", ""),
        ("@import url('theme.css');p{color:red}", "p{color:red}"),
        ("/* a word */p{color:red}", "p{color:red}"),
    ],
)
def test_a_rule_stays_if_a_page_can_use_it(rule, kept):
    assert useful(rule, {"note", "menu"}) == kept


def test_custom_properties_stay_as_long_as_something_reads_them():
    sheet = ":root{--a:var(--b);--b:red;--c:'; } {';--drawn:blue;--d:var(--e);--e:1}p{color:var(--a)}"
    assert useful(sheet, {"--drawn"}) == ":root{--a:var(--b);--b:red;--drawn:blue;}\np{color:var(--a)}"


def test_nothing_is_left_of_a_rule_without_declarations():
    assert useful(":root{--unread:red}\np{color:red}", set()) == "p{color:red}"


def test_dark_rules_follow_the_system_where_no_script_runs():
    sheet = 'html[data-theme="dark"] p,a{color:white}p{color:red}@media screen{html[data-theme=dark]{--ink:white}}'
    dark = for_readers_without_scripts(sheet)
    assert "html[data-theme=light] p{color:white}" in dark
    assert "html[data-theme=light]{--ink:white}" in dark
    assert "red" not in dark
    assert ",a" not in dark, "what is not of the dark theme alone"
