"""Under which licence what was published may be used, and how its maker is named."""

LICENCE = "CC BY 4.0"
LICENCE_NAME = "CC-BY-4.0"  # by its SPDX identifier
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
CREDIT = "Stemhulp vluchtelingen, VluchtelingenWerk Nederland (CC BY 4.0)"
ATTRIBUTION = f"Licence: {LICENCE}. Name the source as: {CREDIT}."
