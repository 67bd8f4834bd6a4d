"""Redirects: which one counts, what it may do with what a visitor typed, and how long it may take (checks 39, 92)."""

import time

import pytest

from masthead.content.models import Redirect
from masthead.content.redirecting import RedirectError, keep_redirect, redirect_for
from masthead.core.slugs import slug_from
from tests.cast import Cast, published

pytestmark = pytest.mark.django_db


def leads(source: str, target: str, asked: str, *, is_pattern: bool = True) -> str | None:
    """Where `asked` leads with this one redirect."""
    Redirect.objects.all().delete()
    keep_redirect(source, target, is_pattern=is_pattern)
    found = redirect_for(asked)
    return found[0] if found else None


@pytest.mark.parametrize("asked", ["/old/", "/old", "/old/?ref=x", "/old?ref=x"])
def test_an_exact_address_leads_on_with_and_without_its_last_slash_and_with_its_query(asked: str) -> None:
    for source in ("/old/", "/old", "old"):
        found = leads(source, "/new/", asked, is_pattern=False)
        assert found == "/new/" + ("?ref=x" if "?" in asked else "")
    assert leads("/old/", "/new/", "/older/", is_pattern=False) is None


def test_a_source_with_a_query_is_for_that_query_only() -> None:
    assert leads("/?p=12", "/a-ship/", "/?p=12", is_pattern=False) == "/a-ship/"
    assert leads("/?p=12", "/a-ship/", "/?p=123", is_pattern=False) is None
    assert leads("/old/", "/new/?from=old#end", "/old/?a=b", is_pattern=False) == "/new/?from=old#end"
    assert leads("/old/", "/new/#end", "/old/?a=b", is_pattern=False) == "/new/?a=b#end"


@pytest.mark.parametrize(
    ("source", "target", "asked", "found"),
    [
        (r"^/blog/(.*)$", r"/\1", "/blog/a-ship/", "/a-ship/"),
        (r"^/blog/(.*)$", "/$1", "/blog/a-ship/", "/a-ship/"),
        (r"^/(\d{4})/(\d\d)/([a-z-]+)/?$", r"/\3/", "/2020/05/a-ship", "/a-ship/"),
        (r"^/(\d{4})/(\d\d)/([a-z-]+)/?$", r"/\3/", "/2020/05/a-ship?ref=x", "/a-ship/?ref=x"),
        (r"^/index\.php\?id=(\d+)", r"/post-$1/", "/index.php?id=7&x=1", "/post-7/"),
        (r"(?i)^/BLOG/", "/", "/blog/x", "/"),
        (r"^/old/(.*)", r"https://old.example/\1", "/old/a/b/?x=1", "https://old.example/a/b/?x=1"),
        (r"^/old(/.*)", r"https://old.example$1", "/old/a/", "https://old.example/a/"),
        (r"^/(a)?b/", r"/c$1$2/", "/b/", "/c/"),
        (r"^/t/(.*)/", r"/\1/", "/t/über uns/", "/%C3%BCber%20uns/"),
        (r"^/t/(.*)/", r"/\1/", "/t/a?b#c%2F/".replace("?", "%"), "/a%25b%23c%252F/"),
    ],
)
def test_a_pattern_takes_over_what_it_captured(source: str, target: str, asked: str, found: str) -> None:
    assert leads(source, target, asked) == found


EVIL = ("//evil.example", "/\\evil.example", "\\\\evil.example", "@evil.example", ".evil.example", ":80@evil.example",
        "\t//evil.example", "%2f%2fevil.example", "https://evil.example", "javascript:alert(1)", "///evil.example/..")  # fmt: skip


@pytest.mark.parametrize("typed", EVIL)
@pytest.mark.parametrize(
    "target",
    [r"/\1", r"\1", "$1", r"https://new.example\1", r"https://new.example/\1", r"/a\1", r"https://new.example?q=\1"],
)
def test_what_a_visitor_typed_never_decides_host_or_scheme(target: str, typed: str) -> None:
    """Check 39."""
    found = leads("^/go/(.*)$", target, f"/go/{typed}")
    assert found is not None
    if "new.example" in target:
        assert found.startswith(("https://new.example/", "https://new.example?"))
    else:
        assert found.startswith("/") and not found.startswith(("//", "/\\", "/\t"))
    assert "\\" not in found and "\t" not in found


@pytest.mark.parametrize(
    "target",
    ["", "javascript:alert(1)", "data:text/html,x", "//evil.example/", "/\\evil.example", "https://", "https:///x", "http://\\1/",
     "https://$1.example/", "https://user@host/", "https://host:x/", "mailto:a@b.example", "/a b", "/a\nb", "/" + "x" * 2000],
)  # fmt: skip
def test_a_target_that_leads_nowhere_or_anywhere_is_refused(target: str) -> None:
    with pytest.raises(RedirectError):
        keep_redirect("/old/", target)
    Redirect.objects.create(source="/old/", target=target)  # as if it had been written past the check
    assert redirect_for("/old/") is None


@pytest.mark.parametrize("source", ["(", "[a", r"(a)\1", "(?=x)y", "(?!x)y", "x{2000}", "((x{300}){300})", "a\ud800"])
def test_a_pattern_that_has_no_linear_time_is_refused(source: str) -> None:
    with pytest.raises(RedirectError, match="no pattern that RE2 can read"):
        keep_redirect(source, "/", is_pattern=True)
    assert leads("(x){3}", "/", "/xxx") == "/"


@pytest.mark.parametrize(
    "source",
    ["(a+)+$", "(.*)*x$", "^(a|aa)+$", "(a|a?)+$", "(.*a){12}b", "(?:a?){60}a{60}b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y"],
)  # fmt: skip
def test_no_pattern_takes_long_on_any_address(source: str) -> None:
    """Check 92: each of these takes Python's own engine for ever."""
    keep_redirect(source, "/", is_pattern=True)
    redirect_for("/warm/")
    for typed in ("a" * 1990, "a" * 1989 + "!", "x" * 1989, "ab" * 990, "a/" * 990):
        began = time.process_time()
        redirect_for(f"/{typed}")
        assert time.process_time() - began < 0.5


def test_an_address_beyond_measure_is_not_looked_up() -> None:
    assert leads("^/x", "/", "/x") == "/"
    assert leads("^/x", "/", "/x" + "x" * 2000) is None
    assert leads("^/(.*)$", r"/\1\1", "/" + "x" * 1500) is None


def test_the_first_that_matches_counts() -> None:
    keep_redirect("^/blog/", "/second/", is_pattern=True, position=2)
    keep_redirect("/blog/a/", "/third/", position=3)
    assert redirect_for("/blog/a/") == ("/second/", True)
    keep_redirect("^/blog/a", "/first/", is_pattern=True, is_permanent=False, position=1)
    assert redirect_for("/blog/a/") == ("/first/", False)
    keep_redirect("/blog/a/", "/exact/", position=0)
    assert redirect_for("/blog/a/") == ("/exact/", True)


def test_a_changed_redirect_counts_at_once() -> None:
    row = keep_redirect("^/old/(.*)", r"/a/\1", is_pattern=True)
    assert redirect_for("/old/x") == ("/a/x", True)
    Redirect.objects.filter(pk=row.pk).update(source="^/older/(.*)", target=r"/b/\1")
    assert (redirect_for("/old/x"), redirect_for("/older/x")) == (None, ("/b/x", True))
    row.delete()
    assert redirect_for("/older/x") is None


@pytest.mark.parametrize(
    "rows",
    [
        [("/a/", "/a/")],
        [("/a/", "/a")],
        [("/a/", "/b/"), ("/b/", "/a/")],
        [("/a/", "/b/"), ("/b/", "/c/"), ("/c", "https://paper.example/a")],
        [(f"/{n}/" if n else "/a/", f"/{n + 1}/") for n in range(20)],
        [("^/(.*)$", r"/x/\1")],
    ],
)
def test_what_leads_in_a_circle_leads_nowhere(rows: list[tuple[str, str]]) -> None:
    for source, target in rows:
        keep_redirect(source, target, is_pattern=source.startswith("^"))
    assert redirect_for("/a/") is None


def test_a_circle_that_ends_where_something_stands_is_none(cast: Cast) -> None:
    keep_redirect("/b/", "/a/")
    keep_redirect("/a/", "/b/")
    assert redirect_for("/a/") is None
    published("B", "W.", cast=cast, slug="b")
    assert redirect_for("/a/") == ("/b/", True)
    assert slug_from("B") == "b"
