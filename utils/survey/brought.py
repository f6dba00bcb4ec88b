"""The share of active communes, brought to all that were asked by weights of the strata."""

__all__ = ["active_everywhere"]

from typing import Any

import pandas as pd

from utils.statistics.design import Design
from utils.statistics.weighting import Estimate, poststratified, raked
from utils.survey.codebook import ALL, SPLIT

Wave = Any  # a wave uses this module, which therefore cannot import it


def active_everywhere(wave: Wave) -> dict[str, Estimate | None]:
    """Estimate the share of active communes among all that were asked; see `Wave.active_everywhere`."""
    estimates = {}
    if wave.weights is not None:
        return dict.fromkeys(reversed(wave.codebook.kinds))  # the answers carry the weights that they are to have
    for by in reversed(wave.codebook.kinds):
        split = wave.split(by)
        n = split.sum(axis=1)
        asked = pd.Series({stratum: wave.asked(**{by: stratum}) for stratum in n.index})
        asked = asked.clip(lower=n)  # rounded up, more can seem to have answered
        designs = {stratum: Design(int(members)) for stratum, members in asked.items()}
        # A weighted sum of counts that are not published would tell of them.
        secret = bool(wave.activity(by).hidden)
        estimates[by] = None if secret else poststratified(split["oui"], n, designs)
    cells = None if wave.exact else _crossed(wave)
    if cells:
        part = pd.DataFrame({t: split["oui"] for t, split in cells.items()})
        n = pd.DataFrame({t: split.sum(axis=1) for t, split in cells.items()})
        margins = ({s: wave.design(**{by: s}) for s in wave.codebook.strata(by)} for by in ("province", "taille"))
        secret = any(wave.activity(by).hidden for by in ("province", "taille"))
        estimates["calage"] = None if secret else raked(part, n, *margins)
    return estimates


def _crossed(wave: Wave) -> dict[str, pd.DataFrame] | None:
    """Return active and other communes by province, for each size; None where the wave does not count them so."""
    provinces, tailles = wave.codebook.strata("province"), wave.codebook.strata("taille")
    try:
        return tailles and {t: pd.DataFrame({p: wave.cells(SPLIT, ALL, p, t) for p in provinces}).T for t in tailles}
    except KeyError:
        return None
