"""What `deploy/asvs.md` says: every requirement once, by tests that exist; and some of those."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.curation.staff import enter, national
from tests.parties.people import Outbox, anna, ask_code, code_in, enter_code, green, member, who
from tests.parties.test_administration import tess
from tests.watch.capture import lines, logged

ROOT: Path = settings.BASE_DIR
PAGE = (ROOT / "deploy" / "asvs.md").read_text()
PRODUCT = ("parties", "statements", "stemhulp")

# The requirements of OWASP ASVS 5.0.0 (its own list, docs_en/OWASP_…_5.0.0_en.csv): per section the
# numbers of level 1, and those of level 2. Level 3 is left out.
REQUIREMENTS = """
1.1: / 1-2
1.2: 1-5 / 6-9
1.3: 1-2 / 3-11
1.4: / 1-3
1.5: 1 / 2
2.1: 1 / 2-3
2.2: 1-2 / 3
2.3: 1 / 2-4
2.4: / 1
3.2: 1-2 /
3.3: 1 / 2-4
3.4: 1-2 / 3-6
3.5: 1-3 / 4-5
3.7: / 1-2
4.1: 1 / 2-3
4.2: / 1
4.3: / 1-2
4.4: 1 / 2-4
5.1: / 1
5.2: 1-2 / 3
5.3: 1-2 /
5.4: / 1-3
6.1: 1 / 2-3
6.2: 1-8 / 9-12
6.3: 1-2 / 3-4
6.4: 1-2 / 3-4
6.5: / 1-5
6.6: / 1-3
6.8: / 1-4
7.1: / 1-3
7.2: 1-4 /
7.3: / 1-2
7.4: 1-2 / 3-5
7.5: / 1-2
7.6: / 1-2
8.1: 1 / 2
8.2: 1-2 / 3
8.3: 1 /
8.4: / 1
9.1: 1-3 /
9.2: 1 / 2-4
10.1: / 1-2
10.2: / 1-2
10.3: / 1-4
10.4: 1-5 / 6-11
10.5: / 1-5
10.6: / 1-2
10.7: / 1-3
11.1: / 1-2
11.2: / 1-3
11.3: 1-2 / 3
11.4: 1 / 2-4
11.5: / 1
11.6: / 1
12.1: 1 / 2-3
12.2: 1-2 /
12.3: / 1-4
13.1: / 1
13.2: / 1-5
13.3: / 1-2
13.4: 1 / 2-5
14.1: / 1-2
14.2: 1 / 2-4
14.3: 1 / 2-3
15.1: 1 / 2-3
15.2: 1 / 2-3
15.3: 1 / 2-7
16.1: / 1
16.2: / 1-5
16.3: / 1-4
16.4: / 1-3
16.5: / 1-3
17.1: / 1
17.2: / 1-4
17.3: / 1-2
"""
HOW_MANY = {1: 70, 2: 183}  # as the standard's own count has it
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ANSWERS = ("yes", "partly", "no", "n/a")
BY_EYE = {"page", "reading"}


def required() -> dict[str, int]:
    """The level of each requirement, by its number."""
    levels = {}
    for line in REQUIREMENTS.strip().splitlines():
        section, _, numbers = line.partition(":")
        for level, written in enumerate(numbers.split("/"), start=1):
            if written.strip():
                first, _, last = written.strip().partition("-")
                for number in range(int(first), int(last or first) + 1):
                    levels[f"{section}.{number}"] = level
    return levels


def rows() -> list[list[str]]:
    """Number, what it asks, whether it is met, how, where it is tested."""
    found = re.findall(r"^\| (\d+\.\d+\.\d+) \| (.+) \|$", PAGE, flags=re.M)
    return [[number, *(cell.strip() for cell in rest.split(" | "))] for number, rest in found]


ROWS = rows()
LEFT_OUT = set(re.findall(r"^### V(\d+\.\d+) [^\n]*\n\nDoes not apply: \S", PAGE, flags=re.M))


def test_list_is_that_of_the_standard() -> None:
    levels = [*required().values()]
    assert {level: levels.count(level) for level in HOW_MANY} == HOW_MANY


def test_every_requirement_has_its_row_once_or_its_section_does_not_apply() -> None:
    numbers = [row[0] for row in ROWS]
    assert len(numbers) == len(set(numbers))
    left_out = {each for each in required() if each.rpartition(".")[0] in LEFT_OUT}
    assert not left_out & set(numbers)
    assert left_out | set(numbers) == required().keys()


def is_whole(row: list[str]) -> bool:
    """Whether it says what is asked, whether and how it is met, and who or what looked."""
    if len(row) != 5 or not row[1] or not row[3]:
        return False
    _, _, met, _, tested = row
    rest = {each.strip() for each in TEST.sub("", tested).split(",")} - {""}
    allowed = BY_EYE | ({"—"} if met == "n/a" else set())
    return met in ANSWERS and rest <= allowed and bool(rest or TEST.search(tested))


def test_every_row_says_whether_and_how_it_is_met() -> None:
    assert [row for row in ROWS if not is_whole(row)] == []


def test_summary_counts_what_stands_there() -> None:
    told = {word: int(number) for number, word in re.findall(r"\*\*(\d+)\*\* ([\w/]+)", PAGE)}
    met = [row[2] for row in ROWS]
    counted = {word: met.count(word) for word in ANSWERS[:3]}
    counted["n/a"] = len(required()) - sum(counted.values())
    assert told == counted


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("file", sorted({file for file, _ in TEST.findall(PAGE)}))
def test_every_test_that_is_named_exists(file: str) -> None:
    named = {name for in_file, name in TEST.findall(PAGE) if in_file == file}
    assert named <= names_in(ROOT / file)


# What no other test holds


@functools.cache
def modules() -> list[tuple[str, ast.Module]]:
    """The product's own code, but for migrations."""
    found = []
    for room in PRODUCT:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            if ".migrations." not in name:
                found.append((name, ast.parse(path.read_text())))
    return found


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


FETCHING = re.compile(
    r"(urllib\.request|http\.client|requests|httpx|aiohttp|urllib3|ftplib|socket|telnetlib"
    r"|smtplib\.SMTP(_SSL)?|sentry_sdk)(\.|$)"
)


def test_nothing_of_the_product_fetches_an_address() -> None:
    """But for reports to Sentry, and the runner on a developer's own machine (1.3.6)."""
    found = {name for name, tree in modules() if any(map(FETCHING.match, imported(tree)))}
    assert found == {"stemhulp.watch.reports", "stemhulp.local.__main__"}


CRYPTOGRAPHY = re.compile(
    r"(hashlib|hmac|secrets|random|cryptography|django\.core\.signing|django\.utils\.crypto)(\.|$)"
)


def test_every_use_of_cryptography_is_in_the_inventory() -> None:
    inventory = PAGE.partition("## Keys and algorithms")[2].partition("\n## ")[0]
    told = set(re.findall(r"`((?:parties|statements|stemhulp)\.[\w.]+)`", inventory))
    used = {name for name, tree in modules() if any(map(CRYPTOGRAPHY.match, imported(tree)))}
    assert told == used


def test_no_weak_digest_is_used() -> None:
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute | ast.Name | ast.alias):
                word = {ast.Attribute: "attr", ast.Name: "id", ast.alias: "name"}[type(node)]
                assert getattr(node, word) not in {"md5", "sha1", "MD5", "SHA1"}, name


def test_our_scripts_make_no_html() -> None:
    """And ask for no name of outside in an object that has more than its own."""
    scripts = [*(ROOT / "static").rglob("*.js")]
    assert len(scripts) > 4
    for script in scripts:
        made = re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
            r"|__proto__|\bdataset\.\w+ in ",
            script.read_text(),
        )
        assert made == [], script.name


@pytest.mark.django_db
def test_session_has_another_key_after_signing_in(client: Client, mailoutbox: Outbox) -> None:
    user = anna()
    ask_code(client, user.email)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    enter_code(client, code_in(mailoutbox[-1]))
    assert who(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    planted = Client()
    planted.cookies[settings.SESSION_COOKIE_NAME] = before
    assert planted.get("/partij/").status_code == 302


@pytest.mark.django_db
def test_key_of_a_session_that_ended_opens_nothing(client: Client) -> None:
    client.force_login(anna())
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/partij/").status_code == 200
    client.post(reverse("account_logout"))
    kept = Client()
    kept.cookies[settings.SESSION_COOKIE_NAME] = key
    assert kept.get("/partij/").status_code == 302


@pytest.mark.django_db
def test_every_room_has_a_way_out(client: Client) -> None:
    out = reverse("account_logout").encode()
    user = anna()
    member(user, green())
    client.force_login(user)
    rooms = ["/partij/", "/partij/gr2022/voorbeeldstad/groen-voorbeeldstad/", "/account/apparaten/"]
    assert [path for path in rooms if out not in client.get(path).content] == []
    enter(client, national())
    rooms = ["/redactie/", "/redactie/lijsten/", "/redactie/logboek/"]
    assert [path for path in rooms if out not in client.get(path, follow=True).content] == []
    enter(client, tess())
    assert reverse("admin:logout").encode() in client.get("/beheer/").content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        *(
            "/.git/config",
            "/.git/HEAD",
            "/pyproject.toml",
            "/manage.py",
            "/static/",
            "/static/css/",
        ),
        *("/static/../manage.py", "/static/%2e%2e/manage.py", "/deploy/", "/.env", "/stemhulp/"),
    ],
)
def test_nothing_but_static_files_is_served_from_the_folder(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    assert response.status_code == 404
    assert "rm -rf .git" in (ROOT / "deploy" / "debian.md").read_text()


@pytest.mark.django_db
def test_times_of_the_log_are_in_utc(client: Client) -> None:
    with logged() as said:
        client.get("/health/live")
    assert settings.TIME_ZONE == "Europe/Amsterdam"
    assert {each["time"][-6:] for each in lines(said)} == {"+00:00"}


def test_door_speaks_tls_of_today_with_good_ciphers() -> None:
    door = (ROOT / "deploy" / "nginx" / "site.conf").read_text()
    assert re.findall(r"ssl_protocols (.+);", door) == ["TLSv1.2 TLSv1.3"]
    [ciphers] = re.findall(r"ssl_ciphers (.+);", door)
    for cipher in ciphers.split(":"):
        assert re.fullmatch(r"ECDHE-(ECDSA|RSA)-(AES\d+-GCM-SHA\d+|CHACHA20-POLY1305)", cipher)
