"""The same behaviour on PostgreSQL: the tests of members, money, access and search once more, on a real one."""

import os
import subprocess
import sys

import pytest

from tests.shape.sources import ROOT

PLACES = (
    os.environ.get("MASTHEAD_POSTGRESQL", ""),
    "postgresql:///postgres",
    "postgresql://postgres@127.0.0.1/postgres",
)
PARTS = (
    "members",
    "billing",
    "access",
    "search",
    "newsletters",
    "importers/ghost/members/test_list.py",
    "importers/ghost/test_paper.py",
    "importers/whole/test_out_and_in.py",
    "api/content/test_filtering.py",
    "content/test_parts.py",
    "site/test_post.py",
    "content/test_publishing.py",
    "pagestore/test_log.py",
)


def place() -> str:
    """Return the address of a PostgreSQL in which this account may make databases; skips where none answers."""
    psycopg = pytest.importorskip("psycopg")
    for url in filter(None, PLACES):
        try:
            with psycopg.connect(url, connect_timeout=3) as connection:
                able = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
                if (able.fetchone() or [False])[0]:
                    return url
        except psycopg.OperationalError:
            continue
    pytest.skip("no PostgreSQL answers in which this account may make a database (MASTHEAD_POSTGRESQL names one)")


def test_members_money_access_and_search_behave_the_same_on_postgresql() -> None:
    parts = [str(ROOT / "tests" / part) for part in PARTS if (ROOT / "tests" / part).exists()]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", "--create-db", *parts]
    environment = os.environ | {"MASTHEAD_TEST_DATABASE_URL": place()}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
