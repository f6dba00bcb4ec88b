"""How many of the inhabitants live in a commune that took part."""

from dataclasses import replace

import pytest


def test_who_took_part_gives_the_share_itself(demo):
    """Added up by hand: the frame's people whose commune said whether it is active."""
    took_part = set(demo.answers.loc[demo.answers["active"].isin(["oui", "non"]), "ins"])
    people = dict(zip(demo.communes["ins"], demo.communes["population"], strict=True))
    lived = sum(people[ins] for ins in took_part)
    found = demo.coverage()
    assert found.share == found.low == found.high == pytest.approx(lived / sum(people.values()))
    assert found.printed is None


def test_counts_alone_give_bounds_that_hold_the_truth(demo):
    truth = demo.coverage().share
    found = replace(demo, answers=None).coverage()
    assert found.share is None
    assert found.low < truth < found.high


def test_nothing_is_known_without_inhabitants(wave):
    found = replace(wave, communes=None).coverage()
    assert (found.printed, found.low, found.high, found.share) == (0.59, None, None, None)
