"""What the parts of an address look like; importing this lets `path()` know them."""

from django.urls import register_converter


class ElectionSlug:
    """The kind of election and its year, such as gr2022."""

    regex = "[a-z]{1,8}[0-9]{4}[a-z]?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PaperSize(ElectionSlug):
    """That of a flyer."""

    regex = "a4|a5"


register_converter(ElectionSlug, "election")
register_converter(PaperSize, "paper")
