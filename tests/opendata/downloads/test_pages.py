"""The pages that list the files, and the files as they are sent."""

import hashlib
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from stemhulp.editions import store
from stemhulp.opendata.built import built
from stemhulp.opendata.columns import TABLES
from tests.opendata.downloads.files import built_now, region
from tests.quiz.browser import HTMX, text

pytestmark = pytest.mark.django_db
DATA = "/open-data/"
ELECTION = f"{DATA}gr2022/"
UTRECHT = f"{ELECTION}utrecht/"
EXAMPLE = f"{ELECTION}voorbeeldstad/"


def linked(page: str) -> list[str]:
    """The files to which a page leads."""
    return re.findall(r'href="([^"]+)"\s+download', page)


def body(response: Any) -> bytes:
    content = b"".join(response.streaming_content)
    response.close()
    return content


# Pages


def test_first_page_says_what_there_is_and_under_which_licence(client: Client) -> None:
    built_now()
    page = text(client.get(DATA))
    assert 'href="/open-data/gr2022/"' in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page
    assert 'href="/api/v1/"' in page
    assert 'href="/open-data/woordenboek/"' in page
    for table in TABLES:
        assert table.dutch in page
    assert "Tussen de kolommen staan komma’s" in page, "Dutch Excel wants semicolons"
    assert "Mat-O-Wahl is er pas als" in page


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (ELECTION, "gr2022"),
        (UTRECHT, "gr2022-utrecht"),
        (f"{ELECTION}regio/midden/", "gr2022-regio-midden"),
        (f"{ELECTION}provincie/utrecht/", "gr2022-provincie-utrecht"),
    ],
)
def test_page_lists_each_file_with_its_size_and_digest(
    client: Client, page: str, name: str
) -> None:
    region("midden", "utrecht")
    built_now()
    shown = client.get(page).content.decode()
    found = linked(shown)
    assert len(found) >= 13
    for address in found:
        content = body(client.get(address))
        file = address.rpartition("/")[2]
        assert f"{hashlib.sha256(content).hexdigest()}  {name}-{file}" in shown


def test_digests_are_as_sha256sum_reads_them(client: Client, tmp_path: Path) -> None:
    built_now()
    page = client.get(UTRECHT).content.decode()
    [sums] = re.findall(r'class="sums"[^>]*><code>(.*?)</code>', page, re.DOTALL)
    (tmp_path / "SHA256SUMS").write_text(sums + "\n")
    for address in linked(page):
        response: Any = client.get(address)
        saved = re.findall(r'filename="(.*)"', response["Content-Disposition"])[0]
        (tmp_path / saved).write_bytes(body(response))
    subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],  # noqa: S607
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )


def test_page_of_a_contest_leads_to_its_editions_and_other_formats(client: Client) -> None:
    built_now()
    page = text(client.get(EXAMPLE))
    assert 'href="/gr2022/voorbeeldstad/editie/1.json"' in page
    assert 'href="/gr2022/voorbeeldstad/editie/"' in page
    assert f'href="{EXAMPLE}openvaa.json"' in page
    assert f'href="{EXAMPLE}mat-o-wahl.zip"' in page
    assert "survey.json" not in page


def test_invented_municipality_is_told_to_be_so(client: Client) -> None:
    built_now()
    page = text(client.get(EXAMPLE))
    assert "Deze gemeente is verzonnen." in page
    assert "Samen met andere gemeenten" not in page
    assert '<aside class="example"' in page
    assert "verzonnen" not in text(client.get(UTRECHT)).split("<footer")[0]


def test_municipality_leads_to_its_region_and_province(client: Client) -> None:
    region("midden", "utrecht")
    built_now()
    page = text(client.get(UTRECHT))
    for address in (f"{ELECTION}regio/midden/", f"{ELECTION}provincie/utrecht/"):
        assert f'href="{address}"' in page
        assert f'href="{UTRECHT}"' in text(client.get(address))
    assert f"{ELECTION}regio/midden/" in text(client.get(ELECTION))


def test_without_regions_there_is_nothing_of_them(client: Client) -> None:
    built_now()
    page = text(client.get(ELECTION))
    assert "Per regio" not in page
    assert "Per provincie" in page
    assert client.get(f"{ELECTION}regio/midden/").status_code == 404


def test_dictionary_tells_every_column(client: Client) -> None:
    page = text(client.get(f"{DATA}woordenboek/"))
    english = text(client.get(f"/en{DATA}woordenboek/"))
    for table in TABLES:
        for column in table.columns:
            assert f"<code>{column.name}</code>" in page
    assert "Van wie dit komt: ‘party’" in page
    assert "Who said so: &#x27;party&#x27;" in english


def test_pages_need_no_database_and_say_when_they_change(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    region("midden", "utrecht")
    built_now()
    store.guide("gr2022")
    pages = [DATA, f"{DATA}woordenboek/", ELECTION, UTRECHT, f"{ELECTION}regio/midden/"]
    for page in [*pages, f"{ELECTION}?plaats=ut", f"{UTRECHT}lists.csv"]:
        with django_assert_num_queries(0):
            response = client.get(page)
        assert response.status_code == 200
        assert "public" in response["Cache-Control"]
        if getattr(response, "streaming", False):
            response.close()
        if "?" not in page:
            again = client.get(page, headers={"If-None-Match": response["ETag"]})
            assert again.status_code == 304


def test_page_follows_what_is_built(client: Client) -> None:
    built_now()
    assert "Regio" not in text(client.get(ELECTION))
    region("midden", "utrecht")
    built_now()
    assert "Midden" in text(client.get(ELECTION))


def test_pages_lead_to_the_open_data(client: Client) -> None:
    built_now()
    assert f'href="{DATA}"' in text(client.get("/gr2022/utrecht/")).split("<footer")[1]
    assert f'href="{UTRECHT}"' in text(client.get("/gr2022/utrecht/editie/"))
    assert DATA not in text(client.get("/embed/gr2022/utrecht/"))


# Finding a municipality


def test_whole_name_leads_to_its_files(client: Client) -> None:
    built_now()
    response = client.get(ELECTION, {"plaats": "den haag"})
    assert response.status_code == 302
    assert response["Location"] == f"{ELECTION}s-gravenhage/"
    other = client.get(f"{ELECTION}den-haag/")
    assert (other.status_code, other["Location"]) == (302, f"{ELECTION}s-gravenhage/")


def test_part_of_a_name_gives_a_choice(client: Client) -> None:
    built_now()
    page = text(client.get(ELECTION, {"plaats": "utr"}))
    assert f'href="{UTRECHT}"' in page
    part = text(client.get(ELECTION, {"plaats": "utr"}, headers=HTMX))
    assert f'href="{UTRECHT}"' in part
    assert "<html" not in part


def test_unpublished_municipality_is_found_without_files(client: Client) -> None:
    built_now()
    response = client.get(ELECTION, {"plaats": "groningen"})
    assert "niet gepubliceerd" in text(response)
    assert f'href="{ELECTION}groningen/"' not in text(response)
    missing = client.get(f"{ELECTION}groningen/")
    assert missing.status_code == 404
    assert "is er nog niet" in text(missing)


def test_municipality_without_an_election_is_known_and_leads_to_why(client: Client) -> None:
    built_now()
    why = 'href="/gr2022/purmerend/"'
    found = text(client.get(ELECTION, {"plaats": "purmerend"}))
    assert why in found
    assert "geen verkiezing op deze dag" in found
    assert "niet gepubliceerd" not in found
    for address in ("purmerend/", "purmerend/lists.csv"):
        missing = client.get(f"{ELECTION}{address}")
        assert missing.status_code == 404
        assert why in text(missing)
        assert "geen verkiezing" in text(missing)
        assert "kennen we niet" not in text(missing)


@pytest.mark.parametrize("question", ["xqzw", "99", "0000", "<script>", "x" * 500, "\x00"])
def test_what_is_no_municipality_is_said(client: Client, question: str) -> None:
    built_now()
    response = client.get(ELECTION, {"plaats": question})
    assert response.status_code in {400, 404}
    assert "We vinden geen gemeente" in text(response)
    assert "<script>" not in text(response).split("<main")[1].split("</main>")[0]


# Files


def test_file_is_sent_with_its_name_type_and_digest(client: Client) -> None:
    file = built_now().contests["utrecht"].files["positions.csv"]
    response: Any = client.get(f"{UTRECHT}positions.csv")
    assert body(response) == file.path.read_bytes()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Length"] == str(file.size)
    assert response["Content-Disposition"] == 'attachment; filename="gr2022-utrecht-positions.csv"'
    assert response["ETag"] == f'"{file.digest}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"].startswith("public, max-age=")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("lists.jsonl", "application/jsonl"),
        ("lists.parquet", "application/vnd.apache.parquet"),
        ("datapackage.json", "application/json"),
        ("openvaa.json", "application/json"),
        ("mat-o-wahl.zip", "application/zip"),
    ],
)
def test_each_kind_of_file_is_what_it_says(client: Client, name: str, media_type: str) -> None:
    built_now()
    response: Any = client.get(f"{EXAMPLE}{name}")
    assert response["Content-Type"] == media_type
    assert body(response)


def test_files_of_a_region_have_its_name(client: Client) -> None:
    region("midden", "utrecht")
    built_now()
    response: Any = client.get(f"{ELECTION}regio/midden/lists.csv")
    assert b"Utrecht" in body(response)
    assert 'filename="gr2022-regio-midden-lists.csv"' in response["Content-Disposition"]


def test_head_says_what_a_file_is_and_sends_nothing(client: Client) -> None:
    file = built_now().together.files["positions.jsonl"]
    response = client.head(f"{ELECTION}positions.jsonl")
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == str(file.size)
    assert response["ETag"] == f'"{file.digest}"'


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("0-9", 0, 10), ("5-5", 5, 6), ("100-", 100, None), ("-7", -7, None), ("9-99999999", 9, None)],
)
def test_download_that_broke_off_can_go_on(
    client: Client, asked: str, start: int, end: int | None
) -> None:
    whole = built_now().contests["utrecht"].files["lists.csv"].path.read_bytes()
    response: Any = client.get(f"{UTRECHT}lists.csv", headers={"Range": f"bytes={asked}"})
    part = body(response)
    first = start % len(whole)
    assert part == whole[start:end]
    assert response.status_code == 206
    assert response["Content-Length"] == str(len(part))
    told = f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
    assert response["Content-Range"] == told
    assert response["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=5-4"},
        {"Range": "bytes=-"},
        {"Range": "bytes=0-1,5-6"},
        {"Range": "lines=0-1"},
        {"Range": f"bytes=0-{'9' * 5000}"},
        {"Range": "bytes=0-9", "If-Range": '"of an earlier edition"'},
    ],
)
def test_what_is_no_part_of_this_file_gets_all_of_it(
    client: Client, headers: dict[str, str]
) -> None:
    whole = built_now().contests["utrecht"].files["lists.csv"].path.read_bytes()
    response: Any = client.get(f"{UTRECHT}lists.csv", headers=headers)
    assert body(response) == whole
    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"


def test_who_has_the_whole_file_is_told_that_nothing_is_left(client: Client) -> None:
    file = built_now().contests["utrecht"].files["lists.csv"]
    for asked in (f"{file.size}-", "-0"):
        response = client.get(f"{UTRECHT}lists.csv", headers={"Range": f"bytes={asked}"})
        assert (response.status_code, response.content) == (416, b"")
        assert response["Content-Range"] == f"bytes */{file.size}"
        assert response["Cache-Control"] == "no-store", "a cache would give it to everyone"
    going_on = {"Range": "bytes=3-4", "If-Range": f'"{file.digest}"'}
    part: Any = client.get(f"{UTRECHT}lists.csv", headers=going_on)
    assert body(part) == file.path.read_bytes()[3:5]


def test_file_may_be_read_by_pages_of_others(client: Client) -> None:
    built_now()
    headers = {"Origin": "https://krant.example"}
    response: Any = client.get(f"{UTRECHT}lists.csv", headers=headers)
    response.close()
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        *("utrecht/files.json", "utrecht/survey.json", "current.json", "scopes.json"),
        *("country.json", "boundaries.json", "utrecht/lists.exe", "utrecht/nothing.csv"),
        *("utrecht/..%2Fcurrent.json", "..%2Fgr2022%2Fcurrent.json", "utrecht/%2e%2e/current.json"),
        *("utrecht/%2Fetc%2Fpasswd", "utrecht/lists.csv%00", "utrecht/.lock", "utrecht/lists.csv/"),
        *("regio.midden.lists.csv", "regio/nergens/lists.csv", "regio/..%2F/lists.csv"),
        *("provincie/nergens/", "nergens/", "nergens/lists.csv", "openvaa.json"),
    ],
)
def test_what_was_not_listed_is_not_there(client: Client, path: str) -> None:
    region("midden", "utrecht")
    built_now()
    assert client.get(f"{ELECTION}{path}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_done_but_reading(client: Client, method: str) -> None:
    built_now()
    for path in (DATA, ELECTION, UTRECHT, f"{UTRECHT}lists.csv"):
        assert getattr(client, method)(path).status_code == 405


# When it is not there


def test_what_is_still_to_be_built_is_said(client: Client) -> None:
    for path in (ELECTION, UTRECHT, f"{UTRECHT}lists.csv", f"{ELECTION}provincie/utrecht/"):
        response = client.get(path)
        assert response.status_code == 503
        assert "Deze bestanden worden nog gemaakt" in text(response)
        assert "no-store" in response["Cache-Control"]
    assert "Er zijn nog geen bestanden" in text(client.get(DATA))


def test_contest_that_was_published_after_building_is_still_to_be_built(client: Client) -> None:
    built_now()
    found = built("gr2022")
    assert found
    found.contests.pop("utrecht")  # type: ignore[attr-defined]
    assert client.get(UTRECHT).status_code == 503
    assert client.get(f"{UTRECHT}lists.csv").status_code == 503
    assert client.get(EXAMPLE).status_code == 200


def test_unknown_election_is_not_there(client: Client) -> None:
    assert client.get(f"{DATA}gr1900/").status_code == 404
    assert client.get(f"{DATA}gr1900/lists.csv").status_code == 404


def test_file_that_is_gone_or_half_there_is_said_and_logged(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    folder = built_now().contests["utrecht"]
    folder.files["lists.csv"].path.unlink()
    with folder.files["positions.csv"].path.open("r+b") as file:
        file.truncate(100)
    for name in ("lists.csv", "positions.csv"):
        for ask in (client.get, client.head):
            caplog.clear()
            response = ask(f"{UTRECHT}{name}")
            assert response.status_code == 503
            assert "damaged" in caplog.text
    assert "even niet te lezen" in text(client.get(f"{UTRECHT}lists.csv"))
    other: Any = client.get(f"{UTRECHT}lists.jsonl")
    assert body(other)


@pytest.mark.parametrize("content", [None, "{", "[{}]", "[1]"])
@pytest.mark.parametrize("name", ["files.json", "scopes.json"])
def test_damaged_list_of_files_is_said_and_logged(
    client: Client, caplog: pytest.LogCaptureFixture, name: str, content: str | None
) -> None:
    path = built_now().together.path / name
    path.unlink() if content is None else path.write_text(content)
    for address in (ELECTION, f"{ELECTION}lists.csv"):
        caplog.clear()
        response = client.get(address)
        assert response.status_code == 503
        assert "damaged" in caplog.text


def test_folder_that_vanished_is_said(client: Client) -> None:
    built_now()
    for each in (Path(settings.OPENDATA_FOLDER) / "gr2022").glob("*/files.json"):
        each.unlink()
    assert client.get(UTRECHT).status_code == 503
    assert client.get(ELECTION).status_code == 503
    assert client.get(reverse("downloads:overview")).status_code == 200
