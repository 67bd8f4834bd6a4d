"""Check 9: no letter of a paid text, a member's address or a key's hash can be had from the Content API."""

from itertools import product

import pytest
from django.db.models import Q, TextField
from django.db.models.functions import Cast as AsType

from masthead.api.content.filtering.tree import Comparison
from masthead.api.content.public import POST_COLUMNS
from masthead.content.models import Author, Body
from tests.api.content.asking import Program, key_row
from tests.api.content.attacking import LISTS, questions, recovered
from tests.cast import Cast, published

SECRET = "zq7kfx"
LETTERS = "abcfkqxz0127@."


@pytest.fixture(autouse=True)
def _paper(cast: Cast) -> None:
    """A paid post with a secret below its cut, and a byline with a member behind it."""
    Author.objects.filter(pk=cast.writer.pk).update(member=cast.editor)
    published("A ship", f"Above.\n\n<!--more-->\n\nPAID{SECRET} stands below.", cast=cast, visibility="paid")
    published("A tram", "Above.", cast=cast)


def beginnings(cast: Cast) -> dict[str, tuple[str, str]]:
    """What the program is after -> (what it knows already, what follows)."""
    address, hashed = cast.editor.email, str(key_row().key_hash)
    return {"text": ("PAID", SECRET), "address": (address[:2], address[2:]), "hash": (hashed[:2], hashed[2:])}


@pytest.mark.parametrize("step", [pytest.param(37, id="a part"), pytest.param(1, id="whole", marks=pytest.mark.soak)])
def test_nothing_is_recovered_by_any_question(program: Program, cast: Cast, step: int) -> None:
    asked = list(product(questions(), LISTS, beginnings(cast).items()))
    assert len(asked) > 3000
    found = []
    for (name, ask), path, (what, (start, rest)) in asked[::step]:
        letters = rest[0] + "#*"  # one that is right, and two that are not
        got = recovered(program, path, ask, start=start, alphabet=letters, most=1)
        found += [f"{name} at {path}: {got!r} of the {what}"] if got else []
    assert found == []


def test_no_answer_holds_a_secret(program: Program, cast: Cast) -> None:
    secrets = [SECRET, cast.editor.email, str(key_row().key_hash)]
    for path in (*LISTS, "settings/", "search-index/posts/", "search-index/authors/"):
        for query in ({}, {"formats": "html,plaintext,lexical,mobiledoc", "include": "tags,authors,tiers,email,count.posts"},
                      {"fields": "html,plaintext,email,key_hash,lexical,mobiledoc,body,member"}):  # fmt: skip
            body = program.answer(path, **query).content.decode()
            assert [secret for secret in secrets if secret in body] == []


class Sealed:
    """The seeded fault: a column that asks about words below the cut."""

    def condition(self, test: Comparison, at: object) -> Q:
        words = Body.objects.annotate(words=AsType("document", TextField()))
        return Q(pk__in=words.filter(words__contains=str(test.values[0])).values("post"))


def test_the_script_reads_a_paid_text_where_a_filter_may_ask_about_it(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the attack above would prove nothing."""
    monkeypatch.setitem(POST_COLUMNS, "html", Sealed())
    ask = dict(questions())["filter html:~"]
    assert recovered(program, "posts/", ask, start="PAID", alphabet=LETTERS, most=len(SECRET)) == SECRET
