"""Opens an uploaded .xlsx, which comes from anyone: measured first, then unpacked within limits.

No more is unpacked than fits in `MAX_UNPACKED`, whatever the file says of itself; macros are
refused, and so is XML that declares entities or anything else of its own.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree as SafeXML
from defusedxml.common import DefusedXmlException

from parties.uploads.refusals import Refusal

MEGABYTE = 1024 * 1024
MAX_UPLOAD = 2 * MEGABYTE
MAX_UNPACKED = 8 * MEGABYTE
MAX_PARTS = 1_000
MAX_ELEMENTS = 100_000  # in one part; ours has about 1,500
CHUNK = 64 * 1024

# One letter that Excel would take for its own notation: _x000D_ is how it writes a line end.
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), not even escaped.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

SAVE_AS = "Open het in Excel of LibreOffice en kies: Opslaan als, Excel-werkmap (.xlsx)."
NOT_EXCEL = f"Dit is geen Excel-bestand (.xlsx). {SAVE_AS}"
DAMAGED = (
    "We kunnen dit bestand niet lezen. Misschien is het beschadigd. "
    f"{SAVE_AS} Of download de spreadsheet opnieuw."
)
TOO_MUCH = (
    "Er staat veel meer in dit bestand dan in onze spreadsheet past. "
    "Download de spreadsheet opnieuw en vul daarin je antwoorden in."
)
FOREIGN = (
    "In dit bestand staat iets dat niet in een spreadsheet hoort. "
    "Download de spreadsheet opnieuw en vul daarin je antwoorden in."
)
MACROS = (
    "Er zitten macro's in dit bestand. Die nemen we niet aan, want ze kunnen gevaarlijk zijn. "
    "Sla het op als Excel-werkmap zonder macro's (.xlsx)."
)
# What the standard library and the XML parser raise on a file that is not what it says.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ParseError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    ArithmeticError,
    RuntimeError,  # and with it NotImplementedError
)

# The name of an element, what it was given (None where it ends), and the text just before this.
Event = tuple[str, dict[str, str] | None, str]


class UnreadableError(Refusal):
    """A file that cannot be taken as a whole; says in Dutch why, and what to do."""


class MarkupError(UnreadableError):
    """XML that brings its own declarations."""


def refuse_size(size: int) -> None:
    """For whoever knows the size (in bytes) before reading. Raises UnreadableError."""
    if size > MAX_UPLOAD:
        megabytes = f"{max(size / MEGABYTE, 2.1):.1f}".replace(".", ",").removesuffix(",0")
        raise UnreadableError(
            f"Dit bestand is te groot: {megabytes} MB. Het mag hoogstens"
            f" {MAX_UPLOAD // MEGABYTE} MB zijn. Staan er plaatjes in? Haal die er dan uit."
        )


class Package:
    """The parts of an .xlsx by name, in small letters. Raises UnreadableError or one of BROKEN."""

    def __init__(self, data: bytes) -> None:
        refuse_size(len(data))
        _refuse_other_kinds(data)
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.parts = {part.filename.lower().lstrip("/"): part for part in self.archive.infolist()}
        self.left = MAX_UNPACKED
        _refuse_bombs(self.archive.infolist())
        self._refuse_other_packages()
        self._refuse_macros()

    def read(self, name: str) -> bytes:
        """Unpack one part, and no more than is allowed, whatever the directory says of it."""
        with self.archive.open(self.parts[name]) as file:
            data = file.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise UnreadableError(TOO_MUCH)
        return data

    def events(self, name: str) -> Iterator[Event]:
        return events(self.read(name))

    def related(self, part: str) -> Iterator[tuple[str, str, str]]:
        """What a part ("": the package) refers to: an id, the type, and the part it stands in."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self.parts:
            return
        for name, given, _ in self.events(relations):
            if name == "Relationship" and given is not None:
                target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
                yield given.get("Id", ""), given.get("Type", ""), target.lstrip("/").lower()

    def _refuse_other_packages(self) -> None:
        if "mimetype" in self.parts and b"opendocument" in self.read("mimetype"):
            raise UnreadableError(f"Dit is een OpenDocument-bestand (.ods). {SAVE_AS}")
        if "xl/workbook.bin" in self.parts:
            raise UnreadableError(f"Dit is een binair Excel-bestand (.xlsb). {SAVE_AS}")
        if "[content_types].xml" not in self.parts:
            raise UnreadableError(NOT_EXCEL)

    def _refuse_macros(self) -> None:
        types = [given or {} for _, given, _ in self.events("[content_types].xml")]
        named = " ".join(given.get("ContentType", "") for given in types).lower()
        names = " ".join(self.parts)
        if "macro" in named or "vba" in named or "vbaproject" in names or "macrosheets/" in names:
            raise UnreadableError(MACROS)


def events(data: bytes) -> Iterator[Event]:
    """What comes by in XML, in order; no tree of it is kept. Namespaces are left out.

    (Excel has two sets of them, and files mean the same in both.)
    """
    heard = _Heard()
    parser = SafeXML.XMLParser(target=heard, forbid_dtd=True)
    try:
        for start in range(0, len(data), CHUNK):
            parser.feed(data[start : start + CHUNK])
            yield from heard.taken()
        parser.close()
    except DefusedXmlException as error:
        raise MarkupError(FOREIGN) from error
    yield from heard.taken()


class _Heard:
    """Is told by the XML parser what it meets."""

    def __init__(self) -> None:
        self.count = 0
        self.noted: list[Event] = []
        self.text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise UnreadableError(TOO_MUCH)
        self._note(tag, {_local(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._note(tag, None)

    def data(self, text: str) -> None:
        self.text.append(text)

    def close(self) -> None:
        """The parser asks for a result here; there is none."""

    def taken(self) -> list[Event]:
        noted, self.noted = self.noted, []
        return noted

    def _note(self, tag: str, given: dict[str, str] | None) -> None:
        self.noted.append((_local(tag), given, "".join(self.text)))
        self.text.clear()


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse_other_kinds(data: bytes) -> None:
    """Say by its first bytes what it is instead, as far as people are likely to try that."""
    if not data.strip(b"\0 \r\n\t"):
        raise UnreadableError("Dit bestand is leeg. Kies de spreadsheet die je hebt ingevuld.")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):  # OLE, the form of Office until 2003
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableError(
                "Op dit bestand zit een wachtwoord. Haal het wachtwoord eraf en upload het opnieuw."
            )
        raise UnreadableError(f"Dit is een oud soort Excel-bestand (.xls). {SAVE_AS}")
    if b"%PDF-" in data[:1024]:
        raise UnreadableError(
            "Dit is een PDF. Daar kunnen we geen antwoorden uit halen. "
            "Upload de spreadsheet zelf, als Excel-bestand (.xlsx)."
        )
    if not data.startswith(b"PK") and b"\0" not in data[:4096]:
        raise UnreadableError(
            f"Dit is geen Excel-bestand (.xlsx), maar een tekstbestand, zoals CSV. {SAVE_AS}"
        )
    if not data.startswith(b"PK"):
        raise UnreadableError(NOT_EXCEL)


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    """By what the directory declares. (`zipfile` unpacks bzip2 and LZMA without a limit.)"""
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableError(TOO_MUCH)
    for part in parts:
        known = part.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        if part.flag_bits & 1 or not known:
            raise UnreadableError(DAMAGED)
