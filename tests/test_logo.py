"""A logo is configuration: without one our own mark stands there, and a wrong one is refused."""

import struct
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django.fixtures import Settings

from stemhulp.logo import LARGEST, PNG_HEADER, logo_in

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30"><path d="M0 0h60v30z"/></svg>'
TOWN = "/gr2022/voorbeeldstad/"
PAGES = ["/", "/gr2022/voorbeeldstad/", "/account/", "/bestaat-niet/"]


def png(width: int, height: int, colour: bytes = b"\xd0\x20\x30") -> bytes:
    """An image of one colour (PNG, 11.2)."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    dots = zlib.compress((b"\0" + colour * width) * height)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


PNG = png(90, 30)


def written(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


@pytest.mark.django_db
def test_own_mark_stands_where_no_logo_is_configured(client: Client) -> None:
    for page in PAGES:
        shown = client.get(page, follow=True).content.decode()
        assert '<use href="#voice"' in shown
        assert 'class="logo"' not in shown
    assert client.get("/logo").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "kind"), [(SVG, "image/svg+xml"), (PNG, "image/png")])
def test_logo_stands_on_every_side_with_its_size(
    client: Client, settings: Settings, tmp_path: Path, content: bytes, kind: str
) -> None:
    settings.LOGO = logo_in(written(tmp_path / "logo", content))
    width = 64 if content is SVG else 96
    for page in PAGES:
        shown = " ".join(client.get(page, follow=True).content.decode().split())
        assert f'src="/logo" alt="" height="32" width="{width}"' in shown
        assert 'class="brand"' in shown.partition('<use href="#voice"')[0]
    image = client.get("/logo")
    assert (image.content, image["Content-Type"]) == (content, kind)
    assert "max-age" in image["Cache-Control"]


def test_no_file_is_no_logo() -> None:
    assert logo_in("") is None


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"GIF89a", "no PNG, and no SVG"),
        (b"", "no PNG, and no SVG"),
        (b'<svg viewBox="0 0 60 30"/>', "no PNG, and no SVG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "no PNG, and no SVG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 30"/>', "of 0 by 30"),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 100"/>',
            "at most 6 times",
        ),
        (PNG_HEADER, "of 0 by 0"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + SVG, "no PNG, and no SVG"),
        (SVG.ljust(LARGEST + 1), "it can have"),
        (PNG[:60], "which handouts cannot show"),
        (
            SVG.replace(b"<path", b'<image href="/etc/hostname"/><path'),
            "which handouts cannot show",
        ),
    ],
)
def test_what_is_no_logo_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, fault: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^LOGO_FILE names .*{fault}"):
        logo_in(written(tmp_path / "logo", content))


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        logo_in(str(tmp_path / "logo.svg"))
