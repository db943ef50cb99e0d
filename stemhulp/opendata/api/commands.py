"""What stands on the documentation page to be copied, and needs its line breaks."""

from collections.abc import Mapping

from stemhulp.opendata.api.openapi import ROOT

FORMULA = """score = 1 − Σ w·|v − p| ÷ Σ w·4"""
METHODS = """city-block    cost |v − p|                full 4      score 1 − Σ w·cost ÷ Σ w·full
euclidean     cost (v − p)²               full 16     score 1 − √(Σ w·cost ÷ Σ w·full)
directional   cost 4 − v·p                full 8      score 1 − Σ w·cost ÷ Σ w·full
hybrid        cost 2·|v − p| + 4 − v·p    full 16     score 1 − Σ w·cost ÷ Σ w·full"""
STEPS = """curl '{site}{root}/elections'
curl '{site}{root}/elections/{election}/municipalities?postcode=3511'
curl '{site}{root}/elections/{election}/contests/{municipality}/parties'
curl '{site}{root}/elections/{election}/contests/{municipality}/positions?statement={statement}'"""
AGAIN = """curl --silent --head '{site}{root}/elections/{election}' | grep -i etag
curl --header 'If-None-Match: "…"' '{site}{root}/elections/{election}'"""
VERIFY = """curl --silent '{site}{root}/elections/{election}/contests/{municipality}/editions/1' | sha256sum
curl --silent '{site}{root}/elections/{election}/contests/{municipality}/editions' | jq -r '.items[0].digest'"""  # noqa: E501


def texts_of(names: Mapping[str, str], site: str) -> dict[str, str]:
    """The commands, with names that are published here filled in."""
    known = {**names, "site": site, "root": ROOT}
    return {
        "formula": FORMULA,
        "methods": METHODS,
        "steps": STEPS.format_map(known),
        "again": AGAIN.format_map(known),
        "verify": VERIFY.format_map(known),
    }
