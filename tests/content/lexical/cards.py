"""Hypothesis strategies for the cards that Ghost has too, and for what is for some readers only."""

from typing import Any

from hypothesis import strategies as st

from masthead.content.document import Document, split_at_cut
from tests.content.document.strategies import HREFS, TOKENS, WORDS, documents, lines, texts

Json = dict[str, Any]
URLS = st.sampled_from(["https://x.example/a_b?c=d&e=1", "http://y.example", "https://münchen.example/ü"])
PLAIN = st.one_of(st.just(""), WORDS)
SIZES = st.sampled_from(["regular", "wide", "full"])
TONES = st.sampled_from("grey white blue green yellow red pink purple accent".split())
NO_NOTES = st.lists(st.one_of(texts(), texts(), st.just({"type": "hardBreak"})), max_size=4)
WEB, MAIL = ("anyone", "free", "paid"), ("free", "paid")


def maybe(tokens: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A token or none."""
    return st.one_of(st.just(""), tokens)


def node(kind: str, content: Any = None, /, **attrs: Any) -> st.SearchStrategy[Json]:
    """A node with these attributes, and content if it holds any."""
    fields: Json = {"type": st.just(kind), "attrs": st.fixed_dictionaries(attrs)}
    return st.fixed_dictionaries(fields | ({"content": content} if content is not None else {}))


BUTTON: Json = {"label": PLAIN, "href": HREFS}
FIGURE = node("figure", st.lists(texts(), max_size=2), media=TOKENS, alt=PLAIN, credit=PLAIN, href=HREFS)
INNER = st.lists(
    st.one_of(
        st.builds(lambda content: {"type": "paragraph", "content": content}, lines()),
        st.builds(lambda content: {"type": "heading", "attrs": {"level": 3}, "content": content}, lines()),
        FIGURE,
    ),
    max_size=3,
)


def cards() -> st.SearchStrategy[Json]:
    """A card."""
    return st.one_of(
        node("figure", st.lists(texts(), max_size=2), media=TOKENS, alt=PLAIN, credit=PLAIN, href=HREFS, size=SIZES),
        node("gallery", st.lists(FIGURE, min_size=1, max_size=4), caption=PLAIN),
        node(
            "embed",
            url=URLS,
            title=PLAIN,
            author=PLAIN,
            provider=PLAIN,
            kind=st.sampled_from(["video", "rich", "photo", "link"]),
            media=maybe(TOKENS),
            caption=PLAIN,
        ),
        node(
            "bookmark",
            url=URLS,
            title=PLAIN,
            description=PLAIN,
            author=PLAIN,
            publisher=PLAIN,
            media=maybe(TOKENS),
            caption=PLAIN,
        ),
        node("button", align=st.sampled_from(["left", "center"]), **BUTTON),
        node("callout", NO_NOTES, tone=TONES, emoji=st.sampled_from(["", "⚓", "a"])),
        node("toggle", INNER, heading=PLAIN),
        node("file", file=maybe(TOKENS), title=PLAIN, caption=PLAIN, name=PLAIN, size=st.integers(0, 2**40)),
        node("audio", file=maybe(TOKENS), title=PLAIN, duration=st.integers(0, 9999), media=maybe(TOKENS)),
        node(
            "video",
            st.lists(texts(), max_size=2),
            file=maybe(TOKENS),
            name=PLAIN,
            width=st.integers(0, 4000),
            height=st.integers(0, 4000),
            duration=st.integers(0, 9999),
            media=maybe(TOKENS),
            size=SIZES,
            loops=st.booleans(),
        ),
        calls(),
        node(
            "signUp",
            header=PLAIN,
            text=PLAIN,
            disclaimer=PLAIN,
            success=PLAIN,
            label=PLAIN,
            labels=st.lists(WORDS, max_size=3),
            align=st.sampled_from(["left", "center"]),
            size=SIZES,
        ),
        node("product", INNER, title=PLAIN, media=maybe(TOKENS), rating=st.integers(0, 5), **BUTTON),
        node(
            "headerCard",
            title=PLAIN,
            text=PLAIN,
            media=maybe(TOKENS),
            size=SIZES,
            align=st.sampled_from(["left", "center"]),
            **BUTTON,
        ),
    )


def calls() -> st.SearchStrategy[Json]:
    """A call to action."""
    return node(
        "callToAction",
        INNER,
        layout=st.sampled_from(["minimal", "immersive"]),
        align=st.sampled_from(["left", "center"]),
        media=maybe(TOKENS),
        sponsor=PLAIN,
        tone=TONES,
        has_dividers=st.booleans(),
        **BUTTON,
    )


def for_some() -> st.SearchStrategy[Json]:
    """Blocks for some readers only."""
    chosen = {
        "web": st.lists(st.sampled_from(WEB), unique=True, max_size=3),
        "mail": st.lists(st.sampled_from(MAIL), unique=True, max_size=1),
    }
    paragraph: Json = {"type": "paragraph", "content": [{"type": "text", "text": "Only for some"}]}
    inside = st.one_of(
        calls().map(lambda one: [one | {"content": [paragraph, *one["content"]]}]),
        st.lists(cards(), max_size=2).map(lambda more: [paragraph, *more]),
        st.just([{"type": "htmlCard", "attrs": {"html": "<p>By hand</p>"}}]),
    )
    return node("audience", inside, **chosen)


@st.composite
def papers(draw: st.DrawFn) -> Document:
    """A document as Ghost could hold it: cards among the blocks, and one cut at most, between blocks."""
    document = draw(documents())
    found = draw(st.lists(st.one_of(cards(), cards(), for_some()), max_size=3))
    split = split_at_cut(document)
    cut: list[Json] = [{"type": "cut"}] if split.body else []
    below = split.body.json["content"] if split.body else []
    return Document.of(
        [block for block in [*split.opening.json["content"], *cut, *below, *found] if _says_something(block)]
    )


def _says_something(block: Json) -> bool:
    """Say whether a block for some readers holds anything: Ghost has no card that is for nobody and empty."""
    return block["type"] != "audience" or not Document.of(block["content"]).is_empty
