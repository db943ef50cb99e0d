"""How the environment becomes settings: servers, poolers, secrets in files."""

from pathlib import Path

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from stemhulp.configuration import database, environment

TWO = "postgres://user:pw@db1:5432,db2:5433/name?target_session_attrs=read-write"


def named(url: str, pooler: str = "none") -> dict[str, object]:
    return database(environ.Env.db_url_config(url), pooler)


def test_several_servers_reach_the_driver_and_the_one_that_writes_is_meant() -> None:
    found = DatabaseWrapper({**named(TWO), "TIME_ZONE": None}).get_connection_params()
    told = {name: found[name] for name in ("host", "port", "dbname", "target_session_attrs")}
    assert conninfo_to_dict(make_conninfo(**told)) == {
        "host": "db1,db2",
        "port": "5432,5433",
        "dbname": "name",
        "target_session_attrs": "read-write",
    }


def test_socket_may_be_named_with_its_port() -> None:
    found = named("postgres://u:p@/name?host=/run/a&port=5433")
    assert (found["HOST"], str(found["PORT"])) == ("/run/a", "5433")


def test_dead_connection_is_not_handed_out_and_a_silent_server_given_up() -> None:
    found = named(TWO)
    assert found["CONN_HEALTH_CHECKS"] is True
    assert found["OPTIONS"]["tcp_user_timeout"] <= 20_000  # type: ignore[index]


def test_behind_a_pooler_nothing_is_left_in_a_session() -> None:
    assert named(TWO, "transaction")["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert named(TWO)["DISABLE_SERVER_SIDE_CURSORS"] is False
    with pytest.raises(ImproperlyConfigured, match="DATABASE_POOLER is 'statement'"):
        named(TWO, "statement")


def test_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("drawn at random\n")
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))
    assert environment().str("SECRET_KEY") == "drawn at random"
    monkeypatch.setenv("SECRET_KEY", "another")
    with pytest.raises(ImproperlyConfigured, match="not both"):
        environment()


def test_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMAIL_URL")
    monkeypatch.setenv("EMAIL_URL_FILE", "/nergens")
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL_FILE names /nergens"):
        environment()
