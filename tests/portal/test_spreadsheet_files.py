"""Files that cannot be taken: each really made, each refused in its own words and within bounds."""

import io
import re
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from openpyxl import Workbook

from statements.portal.spreadsheet import MAX_UPLOAD, UnreadableError, read, refuse_size, write
from statements.portal.spreadsheet_package import MEGABYTE
from tests.portal.spreadsheets import (
    PARTY,
    SHEET_PART,
    STATEMENTS,
    TYPES,
    a_party,
    as_excel_saves_it,
    blank,
    edited,
    filled_in,
    part,
    put,
    read_again,
    repacked,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@contextmanager
def bounded(seconds: float = 10, megabytes: int = 0) -> Iterator[None]:
    """Fails when it computes long (waiting is not counted) or, where asked, takes much memory."""
    started = time.process_time()
    if megabytes:
        tracemalloc.start()
    try:
        yield
        assert time.process_time() - started < seconds
        assert not megabytes or tracemalloc.get_traced_memory()[1] < megabytes * MEGABYTE
    finally:
        tracemalloc.stop()


def refused(data: bytes, says: str, megabytes: int = 0) -> None:
    with bounded(megabytes=megabytes), pytest.raises(UnreadableError, match=re.escape(says)):
        read_again(data)


def sheet_xml(rows: str) -> bytes:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (a_party(election="gr2018"), "een andere verkiezing (gr2018)"),
        (a_party(municipality="utrecht"), "een andere gemeente (utrecht)"),
        (a_party(slug="samen"), "een andere partij (samen). Hier werk je aan: Groen."),
    ],
)
def test_of_another_election_municipality_or_party(other: object, says: str) -> None:
    assert isinstance(other, type(PARTY))
    refused(write(other, [(STATEMENTS[0], None)]), says)


def test_without_any_mark() -> None:
    def unmark(book: Workbook) -> None:
        del book["Kenmerk"]
        book["Standpunten"]["A2"].value = None

    refused(edited(unmark), "het kenmerk is weg")


def test_what_people_see_counts_more_than_what_is_hidden() -> None:
    def paste(book: Workbook) -> None:
        book["Standpunten"]["A2"].value = "Kenmerk: gr2022 / voorbeeldstad / samen"

    refused(edited(paste), "een andere partij (samen)")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Dit bestand is leeg."),
        (b"\0" * 1000, "Dit bestand is leeg."),
        (b"Stelling;Keuze\r\n1;eens\r\n", "maar een tekstbestand, zoals CSV"),
        ("\ufeffStelling;Keuze".encode(), "maar een tekstbestand, zoals CSV"),
        (b"<html><table></table></html>", "maar een tekstbestand, zoals CSV"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "Dit is een PDF."),
        (OLE + "Workbook".encode("utf-16-le"), "een oud soort Excel-bestand (.xls). Open het"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "Op dit bestand zit een wachtwoord."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "Dit is geen Excel-bestand (.xlsx)."),
        (b"PK\x03\x04" + b"x" * 1000, "We kunnen dit bestand niet lezen."),
        (b"PK\x05\x06" + bytes(18), "Dit is geen Excel-bestand (.xlsx)."),
    ],
)
def test_of_another_kind(data: bytes, says: str) -> None:
    refused(data, says)


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_of_another_kind_that_is_zipped_too() -> None:
    ods = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
    refused(zipped(ods), "OpenDocument-bestand (.ods). Open het in Excel of LibreOffice")
    refused(zipped({"Index/Document.iwa": b"x"}), "Dit is geen Excel-bestand")
    refused(zipped({TYPES: b"<Types/>", "word/document.xml": b"<x/>"}), "Dit is geen Excel-bestand")
    refused(zipped({TYPES: b"<Types/>", "xl/workbook.bin": b"x"}), "(.xlsb)")
    refused(zipped({"mine.xlsx": blank()}), "Dit is geen Excel-bestand")


def test_with_macros() -> None:
    says = "Er zitten macro's in dit bestand."
    refused(repacked(blank(), {"xl/vbaProject.bin": b"x"}), says)
    refused(repacked(blank(), {"xl/VBAPROJECT.BIN": b"x"}), says)
    refused(repacked(blank(), {"xl/macrosheets/sheet1.xml": b"<x/>"}), says)
    types = part(blank(), TYPES).replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"ms-excel.sheet.macroEnabled.main+xml",
    )
    assert b"macroEnabled" in types
    refused(repacked(blank(), {TYPES: types}), says)
    refused(repacked(blank(), {TYPES: types.decode().encode("utf-16")}), says)


def test_larger_than_the_limit() -> None:
    refuse_size(MAX_UPLOAD)
    for size, named in ((MAX_UPLOAD + 1, "2,1 MB"), (100 * MEGABYTE, "100 MB")):
        says = f"te groot: {named}. Het mag hoogstens 2 MB zijn."
        with pytest.raises(UnreadableError, match=re.escape(says)):
            refuse_size(size)


class Endless(io.RawIOBase):
    """An upload of which nobody knows the end."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0
        self.taken += size
        return b"PK" + bytes(size - 2)


def test_no_more_is_read_than_the_limit() -> None:
    endless = Endless()
    with pytest.raises(UnreadableError, match="te groot"):
        read(endless, PARTY, STATEMENTS)  # type: ignore[arg-type]
    assert endless.taken == MAX_UPLOAD + 1


TOO_MUCH = "Er staat veel meer in dit bestand dan in onze spreadsheet past."


@pytest.mark.parametrize("part_name", [SHEET_PART, "xl/sharedStrings.xml", "xl/media/image1.png"])
def test_bomb_of_1000_to_1(part_name: str) -> None:
    bomb = repacked(blank(), {part_name: bytes(40 * MEGABYTE)})
    assert len(bomb) < 80_000
    refused(bomb, TOO_MUCH, megabytes=20)


def test_bomb_of_100_to_1() -> None:
    row = "".join(
        f"<row r='{number}'><c r='A{number}'><v>1</v></c></row>" for number in range(400_000)
    )
    bomb = repacked(blank(), {SHEET_PART: sheet_xml(row)})
    assert len(bomb) < MAX_UPLOAD
    refused(bomb, TOO_MUCH, megabytes=20)


def test_bomb_in_a_bomb() -> None:
    inner = zipped({"a": bytes(40 * MEGABYTE)})
    nested = zipped({f"{number}.zip": zipped({"x.zip": inner}) for number in range(20)})
    refused(nested, "Dit is geen Excel-bestand")
    assert len(read_again(repacked(blank(), {"xl/embeddings/x.zip": nested}))) == 4  # left alone


def test_bomb_of_many_parts() -> None:
    refused(zipped({TYPES: b"<x/>"} | {f"xl/{n}.xml": b"" for n in range(2_000)}), TOO_MUCH)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("bomb_part", [SHEET_PART, TYPES])
def test_bomb_that_lies_about_its_size(method: int, bomb_part: str) -> None:
    size = 40 * MEGABYTE + 1
    bomb = repacked(blank(), {bomb_part: b"<a>" + b" " * (size - 3)}, method)
    real, told = struct.pack("<L", size), struct.pack("<L", 1000)
    assert bomb.count(real) == 2  # in the directory and before the part
    refused(bomb.replace(real, told), "We kunnen dit bestand niet lezen.", megabytes=20)


def billion_laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>'


@pytest.mark.parametrize(
    "doctype",
    [
        billion_laughs(),
        f'<!DOCTYPE x [<!ENTITY l9 "{"x" * 100_000}">]>',  # quadratic
        '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://voorbeeld.example/x.dtd">',
        '<!DOCTYPE x [<!ENTITY % l9 SYSTEM "http://voorbeeld.example/x"> %l9;]>',
    ],
)
@pytest.mark.parametrize(
    "name",
    [SHEET_PART, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", TYPES, "_rels/.rels"],
)
def test_xml_that_declares_entities(name: str, doctype: str) -> None:
    xml = part(as_excel_saves_it(blank()), name).decode()
    xml = re.sub(r"<\?xml.*?\?>", "", xml).strip()
    inside = re.sub(r"^(<[^>]*>)", r"\1<t>&l9;</t>", xml, count=1)
    bomb = repacked(as_excel_saves_it(blank()), {name: (doctype + inside).encode()})
    says = "In dit bestand staat iets dat niet in een spreadsheet hoort."
    refused(bomb, says, megabytes=20)


def test_a_million_rows_that_are_only_declared() -> None:
    xml = part(blank()).replace(b'ref="A1:H7"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in xml
    with bounded():
        assert len(read_again(repacked(blank(), {SHEET_PART: xml}))) == 4


def test_a_million_real_rows() -> None:
    refused(repacked(blank(), {SHEET_PART: sheet_xml("<row/>" * 1_000_000)}), TOO_MUCH)
    cell = "<row><c t='inlineStr'><is><t>x</t></is></c></row>"
    refused(repacked(blank(), {SHEET_PART: sheet_xml(cell * 2_000)}), TOO_MUCH)


def test_a_row_at_the_very_end_is_no_million_rows() -> None:
    xml = part(blank()).replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"/></row></sheetData>'
    )
    with bounded():
        assert len(read_again(repacked(blank(), {SHEET_PART: xml}))) == 4


def test_shared_formulas_are_not_worked_out() -> None:
    """openpyxl took 26 seconds for this one."""
    long = "+".join(["A1"] * 4000)
    cells = (
        f'<c r="A1"><f t="shared" si="0">{long}</f></c>' + '<c><f t="shared" si="0"/></c>' * 2000
    )
    file = repacked(blank(), {SHEET_PART: sheet_xml(f"<row r='1'>{cells}</row>")})
    refused(file, "missen we de kolommen")


@pytest.mark.parametrize("cell", ["<c t='s'><v>0</v></c>", "<c><f t='shared' si='0'/></c>"])
def test_one_large_text_in_every_cell(cell: str) -> None:
    """A file of 30 kB in which each cell shows the same 2 MB: 66 GB in all."""
    large = "x " * MEGABYTE
    first = f"<c r='A1'><f t='shared' si='0'>{large}</f></c>" if "<f" in cell else ""
    rows = sheet_xml(f"<row>{first}</row>" + f"<row>{cell * 33}</row>" * 999)
    texts = f"<sst><si><t>{large if not first else ''}</t></si></sst>".encode()
    bomb = repacked(as_excel_saves_it(blank()), {SHEET_PART: rows, "xl/sharedStrings.xml": texts})
    assert len(bomb) < 30_000
    refused(bomb, TOO_MUCH, megabytes=60)


def test_deep_and_wide_xml() -> None:
    for xml in (
        b"<a>" * 400_000,
        sheet_xml("<row " + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>"),
    ):
        with bounded(), pytest.raises(UnreadableError):
            read_again(repacked(blank(), {SHEET_PART: xml}))


def test_one_huge_cell_is_a_problem_of_its_row() -> None:
    cell = b"<t>" + b"e\xcc\x81\xcc\xa3" * 300_000 + b"</t>"
    xml = part(filled_in((1, "Keuze", 1), (1, "Toelichting", "hier"))).replace(b"<t>hier</t>", cell)
    with bounded():
        problems = read_again(repacked(blank(), {SHEET_PART: xml}))[0].problems
    assert problems[0].startswith("Rij 4: de toelichting is ")


def test_without_the_sheet_or_its_columns() -> None:
    def rename(book: Workbook) -> None:
        book["Standpunten"].title = "Blad1"

    refused(edited(rename), "geen blad met de naam Standpunten")
    refused(edited(lambda book: book["Standpunten"].delete_cols(8)), "missen we de kolom Sleutel.")
    refused(
        edited(lambda book: book["Standpunten"].delete_rows(3)),
        "missen we de kolommen Stelling, Keuze, Toelichting, Bron, Sleutel.",
    )


def test_answers_that_belong_to_no_known_statement() -> None:
    def answer_in(key: str | None) -> bytes:
        return filled_in((2, "Sleutel", key), (2, "Keuze", 1))

    refused(answer_in("iets-anders"), "Bij rij 5 weten we niet bij welke stelling")
    refused(answer_in("iets-anders"), "we kennen de sleutel niet")
    refused(answer_in(None), "de sleutel is weg")


def test_an_empty_row_of_an_unknown_statement_is_passed_over() -> None:
    rows = read_again(filled_in((2, "Sleutel", "niet-meer-gevraagd")))
    assert [row.statement.key for row in rows] == ["stelling-1", "stelling-3", "stelling-4"]


def test_a_damaged_file() -> None:
    data = blank()
    for damaged in (
        data[: len(data) // 2],
        repacked(data, {SHEET_PART: b"<worksheet>"}),
        repacked(data, {SHEET_PART: b"\xff\xfe\x00"}),
        repacked(data, {SHEET_PART: b'<?xml version="1.0" encoding="klingon"?><x/>'}),
        repacked(data, {SHEET_PART: sheet_xml("<row><c t='s'><v>9</v></c></row>")}),
    ):
        refused(damaged, "We kunnen dit bestand niet lezen. Misschien is het beschadigd.")


def test_dates_that_do_not_exist_are_numbers() -> None:
    def date_it(book: Workbook) -> None:
        put(book["Standpunten"], 1, "Keuze", 1)
        put(book["Standpunten"], 1, "Bron", 9_999_999_999)
        book["Standpunten"]["G4"].number_format = "dd-mm-yyyy"

    answer = read_again(edited(date_it))[0].answer
    assert answer
    assert answer.source == "9999999999"


def test_sounds_beside_a_text_are_not_part_of_it() -> None:
    text = b"<t>hi</t><r><t>er</t></r><rPh sb='0' eb='1'><t>IJ</t></rPh>"
    xml = part(filled_in((1, "Keuze", 1), (1, "Toelichting", "hier"))).replace(b"<t>hier</t>", text)
    answer = read_again(repacked(blank(), {SHEET_PART: xml}))[0].answer
    assert answer
    assert answer.motivation == "hier"


def test_the_strict_variant_of_the_format_is_read() -> None:
    data = as_excel_saves_it(filled_in((1, "Keuze", 1)))
    changes: dict[str, bytes | None] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            xml = archive.read(name)
            xml = xml.replace(
                b"schemas.openxmlformats.org/officeDocument/2006",
                b"purl.oclc.org/ooxml/officeDocument",
            )
            xml = xml.replace(
                b"schemas.openxmlformats.org/spreadsheetml/2006",
                b"purl.oclc.org/ooxml/spreadsheetml",
            )
            changes[name] = xml
    answer = read_again(repacked(data, changes))[0].answer
    assert answer
    assert answer.stance == 1
