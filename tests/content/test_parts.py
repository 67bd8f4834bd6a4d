"""Parts of a post that are for some readers only (check 5)."""

from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest
from django.test import Client

from masthead.access.reader import ANYONE, STAFF, Reader
from masthead.access.rule import audience_of
from masthead.content.document import Document, from_html, to_text
from masthead.content.editing import draft_of, freeze, start_post
from masthead.content.models import Post, SealedBlock
from masthead.content.previewing import preview
from masthead.content.publishing import change_visibility, publish, unpublish
from masthead.content.reading import Through, read_one
from masthead.content.sealing import put_back, take_out
from masthead.ops.worker import work_off
from tests.cast import NOON, Cast, client_of

Json = dict[str, Any]
WEB, MAIL = ("anyone", "free", "paid"), ("free", "paid")


def line(words: str) -> Json:
    return {"type": "paragraph", "content": [{"type": "text", "text": words}]}


def part(words: str, web: Iterable[str], mail: Iterable[str] = ()) -> Json:
    return {"type": "audience", "attrs": {"web": list(web), "mail": list(mail)}, "content": [line(words)]}


def shown(who: str, post: Post, cast: Cast) -> str:
    """Return the page without its head, which tells everybody what anyone may see."""
    return client_of(cast.members.get(who)).get(post.path).content.decode().split("</head>")[1]


def put_out(*blocks: Json, visibility: str = "public", **fields: Any) -> Post:
    draft = start_post(
        by=None, at=NOON, title="Parts", document=Document.of(list(blocks)).json, visibility=visibility, **fields
    )
    return publish(freeze(draft.post, by=None, at=NOON), by=None, at=NOON)


EVERY_WEB = [[word for word, is_in in zip(WEB, bits, strict=True) if is_in] for bits in product((0, 1), repeat=3)]


@pytest.mark.parametrize("visibility", ["public", "members", "paid"])
def test_each_reader_gets_exactly_the_parts_that_are_theirs(cast: Cast, visibility: str) -> None:
    above = [part(f"ABOVE-{'-'.join(web) or 'nobody'}!", web) for web in EVERY_WEB]
    below = [part(f"BELOW-{'-'.join(web) or 'nobody'}!", web) for web in EVERY_WEB]
    post = put_out(line("Open."), *above, {"type": "cut"}, *below, visibility=visibility)
    reads_on = {"public": {"anyone", "free", "paid"}, "members": {"free", "paid"}, "paid": {"paid"}}[visibility]
    for who in ("anyone", "free", "paid"):
        html = shown(who, post, cast)
        for web in EVERY_WEB:
            name = "-".join(web) or "nobody"
            assert (f"ABOVE-{name}!" in html) == (who in web), (who, web)
            assert (f"BELOW-{name}!" in html) == (who in web and who in reads_on), (who, web)


def test_a_part_for_mail_is_in_mail_only_and_for_its_readers_only(cast: Cast) -> None:
    post = put_out(part("LETTER", [], ["free", "paid"]), part("THANKS", ["paid"], ["paid"]), part("SCREEN", ["free"]))
    free, paid = Reader(is_member=True), Reader(is_member=True, tiers=frozenset({1}))
    web = {name: to_text(read_one(post, r).document).split() for name, r in (("free", free), ("paid", paid))}
    mail = {
        name: to_text(read_one(post, r, through=Through.MAIL).document).split()
        for name, r in (("free", free), ("paid", paid), ("anyone", ANYONE))
    }
    assert web == {"free": ["SCREEN"], "paid": ["THANKS"]}
    assert mail == {"free": ["LETTER"], "paid": ["LETTER", "THANKS"], "anyone": []}
    assert "LETTER" not in client_of(cast.owner).get(post.path).content.decode()


def test_no_column_of_the_post_or_its_body_holds_the_words(cast: Cast) -> None:
    post = put_out(part("ABOVE", ["paid"]), {"type": "cut"}, part("BELOW", ["paid"]), visibility="members")
    held = str(Post.objects.filter(pk=post.pk).values().get())
    assert "ABOVE" not in held and "BELOW" not in held
    free = read_one(post, Reader(is_member=True))
    assert free.is_whole and to_text(free.document) == "" and free.word_count == 0


def test_one_inside_another_is_for_those_whom_both_admit(cast: Cast) -> None:
    inner = part("INNER", ["anyone", "paid"])
    outer = {"type": "audience", "attrs": {"web": ["free", "paid"], "mail": []}, "content": [line("OUTER"), inner]}
    post = put_out(outer)
    seen = {
        who: [word for word in ("OUTER", "INNER") if word in shown(who, post, cast)]
        for who in ("anyone", "free", "paid")
    }
    assert seen == {"anyone": [], "free": ["OUTER"], "paid": ["OUTER", "INNER"]}


def test_the_cut_inside_a_part_closes_what_stands_below_it(cast: Cast) -> None:
    split = {
        "type": "audience", "attrs": {"web": ["free", "paid"], "mail": []},
        "content": [line("UPPER"), {"type": "cut"}, line("LOWER")],
    }  # fmt: skip
    post = put_out(split, line("REST"), visibility="paid")
    seen = {
        who: [w for w in ("UPPER", "LOWER", "REST") if w in shown(who, post, cast)]
        for who in ("anyone", "free", "paid")
    }
    assert seen == {"anyone": [], "free": ["UPPER"], "paid": ["UPPER", "LOWER", "REST"]}


def test_who_opens_a_single_post_reads_it_as_a_paying_member(cast: Cast) -> None:
    post, other = (put_out(part("THANKS", ["paid"]), part("JOIN", ["anyone"]), slug=slug) for slug in ("one", "two"))
    guest = Reader(unlocked=frozenset({post.pk}))
    assert to_text(read_one(post, guest).document) == "THANKS"
    assert to_text(read_one(other, guest).document) == "JOIN"


def test_the_search_finds_no_part_that_is_for_some_only(cast: Cast) -> None:
    put_out(line("Harbour"), part("LIGHTHOUSE", ["paid"]), part("BREAKWATER", ["free"]), visibility="members")
    work_off()
    for who in ("anyone", "free", "paid"):
        client = client_of(cast.members.get(who))
        assert [
            word
            for word in ("LIGHTHOUSE", "BREAKWATER")
            if "1 post" in client.get(f"/search/?q={word}").content.decode()
        ] == []
    assert "1 post" in client_of(cast.free).get("/search/?q=harbour").content.decode()


def test_a_change_of_visibility_and_taking_down_leave_no_part_open(cast: Cast, client: Client) -> None:
    post = put_out(line("Open."), part("JOIN", ["anyone"]), part("THANKS", ["paid"]))
    assert "JOIN" in client.get(post.path).content.decode()
    change_visibility(post, "paid", by=None, at=NOON)
    assert "JOIN" not in client.get(post.path).content.decode()
    unpublish(post, by=None, at=NOON)
    assert not SealedBlock.objects.filter(post=post).exists()


def test_a_preview_shows_each_reader_what_the_page_would(cast: Cast) -> None:
    blocks = [part(f"ABOVE{i}", web) for i, web in enumerate(EVERY_WEB)]
    post = put_out(line("Open."), *blocks, {"type": "cut"}, *blocks, visibility="members")
    gold = frozenset({cast.tiers["gold"].pk})
    for reader in (ANYONE, Reader(is_member=True), Reader(is_member=True, tiers=gold), STAFF):
        assert preview(post, draft_of(post), reader).text == read_one(post, reader).text


def test_taking_out_and_putting_back_everything_is_the_document() -> None:
    document = Document.of([line("a"), part("b", ["paid"]), {"type": "blockquote", "content": [part("c", [])]}])
    emptied, blocks = take_out(document)
    assert [to_text(block.document) for block in blocks] == ["b", "c"] and to_text(emptied).split() == ["a"]
    whole = put_back(emptied, {block.number: block.document for block in blocks})
    assert to_text(whole) == to_text(document)


def test_each_reader_is_one_audience() -> None:
    assert audience_of(ANYONE) == "anyone" and audience_of(Reader(is_member=True)) == "free"
    assert audience_of(Reader(is_member=True, tiers=frozenset({1}))) == "paid"


@pytest.mark.parametrize("seeded", ["may_see_block"])
def test_a_rule_that_lets_everybody_in_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch, seeded: str) -> None:
    from django.db.models import Q

    post = put_out(part("THANKS", ["paid"]))
    monkeypatch.setattr(f"masthead.content.reading.{seeded}", lambda *_, **__: Q())
    assert "THANKS" in Client().get(post.path).content.decode()


@pytest.mark.parametrize("around", ["<blockquote>", "<ul><li>", "<table><tr><td>"])
@pytest.mark.parametrize("depth", [0, 15, 16, 17, 60, 70])
def test_a_part_that_stands_too_deep_does_not_open(around: str, depth: int) -> None:
    html = around * depth + '<p>Open.</p><div class="audience" data-web="paid">SECRET</div>'
    assert "SECRET" not in to_text(take_out(from_html(html).document)[0])


def test_a_part_inside_a_card_stays_a_part() -> None:
    part = '<div class="audience" data-web="paid"><p>SECRET</p></div>'
    for html in (
        f'<details class="toggle"><summary>More</summary>{part}</details>',
        f'<div class="callout">{part}</div>',
    ):
        emptied, _ = take_out(from_html(html).document)
        assert "SECRET" not in to_text(emptied)
