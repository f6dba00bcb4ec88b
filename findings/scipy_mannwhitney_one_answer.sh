#!/usr/bin/env bash
# scipy 1.17.1 (numpy 2.4.6): no test of order for one answer beside several when answers are tied.
#
# One commune of a kind beside seven of another is ordinary in a survey, and so are tied scores. Of eight
# answers, the single one is the highest in one case of eight: p is 1/8, as coin::wilcox_test(distribution =
# "exact") in R gives. One would expect `method=PermutationMethod()`, which the documentation offers for samples
# with ties, to count these eight cases. It refuses a sample of one answer. "auto" does not refuse: it takes the
# normal approximation as soon as there is a tie, whatever the size, and says p = 0.023, with which a report
# tells a difference that is not there; "exact" ignores ties and says 0.25.
# Seen: ValueError "each sample in `data` must contain two or more observations"; 0.0233; 0.25.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import scipy
from scipy.stats import PermutationMethod, mannwhitneyu

alone, others = [9], [1] * 7
print("scipy", scipy.__version__)
try:
    counted = mannwhitneyu(alone, others, method=PermutationMethod()).pvalue
except ValueError as error:
    counted = str(error)
auto, exact = (mannwhitneyu(alone, others, method=method).pvalue for method in ("auto", "exact"))
print("permutation:", counted)
print("auto:", auto, "exact:", exact, "expected:", 1 / 8)
assert isinstance(counted, str), "samples of one are counted now"
assert "two or more" in counted
assert round(auto, 3) == 0.023, auto
assert exact == 0.25, exact
PYTHON
