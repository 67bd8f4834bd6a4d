"""Coming back to the same place: only paths of this site (check 40)."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.core.returning import LONGEST, safe_path

GOOD = (
    "/",
    "/harbour/",
    "/harbour/?page=2&q=a b",
    "/harbour/#end",
    "/tag/world/page/2/",
    "/search/?q=https://paper.example/x",
    "/search/?q=//x",
    "/caf\u00e9/",
    "/caf%C3%A9/",
    "/@writer/",
    "/a:b/",
    "/" + "x" * (LONGEST - 1),
)
EVIL = (
    "",
    "harbour/",
    "?next=/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "//evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "/harbour/\\evil",
    "/%2fevil.example",
    "/%2Fevil.example",
    "/%5cevil.example",
    "/%5Cevil.example",
    "/%252fevil.example",
    "%2f%2fevil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n//evil.example",
    "/harbour/\r\nSet-Cookie: a=b",
    "/harbour/%0d%0aSet-Cookie:%20a=b",
    "/harbour/?q=\x00",
    "/%09/evil.example",
    "/ /evil.example",
    " /harbour/",
    "https://evil.example/",
    "https:evil.example",
    "https:/evil.example",
    "HTTPS://evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "user@evil.example",
    "https://paper.example@evil.example/",
    "https://paper.example.evil.example/",
    "\u3002evil.example",
    "//evil\u3002example",
    "/" + "x" * LONGEST,
)


@pytest.mark.parametrize("path", GOOD)
def test_a_path_of_this_site_is_kept_as_it_is(path: str) -> None:
    assert safe_path(path, "/home/") == path


@pytest.mark.parametrize("path", EVIL)
def test_everything_that_leads_elsewhere_leads_home(path: str) -> None:
    assert safe_path(path, "/home/") == "/home/"


@pytest.mark.parametrize("value", [None, 7, b"/harbour/", ["/harbour/"], {"next": "/"}])
def test_what_is_no_text_leads_home(value: object) -> None:
    assert safe_path(value) == "/"


@given(st.text(st.sampled_from("/\\%2f5cC:@.?# \t\r\nevil"), max_size=24))
def test_a_browser_that_follows_any_answer_stays_on_the_site(text: str) -> None:
    """Joined as a browser joins it: backslashes count as slashes, tabs and line ends are dropped."""
    seen = safe_path(text).translate({9: None, 10: None, 13: None}).replace("\\", "/")
    assert urlsplit(urljoin("https://paper.example/sign-in/", seen)).netloc == "paper.example"
