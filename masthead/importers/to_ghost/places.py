"""Addresses as Ghost keeps them: redirects.yaml, and routes.yaml for all that is not its usual address."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import yaml

from masthead.content.models import Address, Author, Post, Redirect, Tag
from masthead.content.models.post import Status
from masthead.content.permalinks import path_for
from masthead.core.models import Publication

END: Final = "/?$"
NAMED: Final = re.compile(r"\(\?P<([A-Za-z_]\w*)>")
GROUP: Final = re.compile(r"\\(\d)")
SPECIAL: Final = re.compile(r"[\^$*+?()\[\]{}|\\]")
USUAL: Final = "/{slug}/"
Note = Callable[[str], None]


def redirects() -> str:
    """Return redirects.yaml: ours, and every former address."""
    found: dict[int, dict[str, str]] = {301: {}, 302: {}}
    for row in Redirect.objects.all():
        source = _js(row.source) if row.is_pattern else _plain(row.source)
        target = GROUP.sub(r"$\1", row.target.replace("$", "$$")).replace("$0", "$&") if row.is_pattern else row.target
        found[301 if row.is_permanent else 302].setdefault(source, target.replace("\\\\", "\\"))
    former = Address.objects.filter(is_current=False).select_related("post", "tag", "author").order_by("pk")
    for address in former:
        now = address.post or address.tag or address.author
        if now is not None and now.path and now.path != address.path:
            found[301].setdefault(_plain(address.path), now.path)
    return _yaml({code: pairs for code, pairs in found.items() if pairs})


def _plain(path: str) -> str:
    return f"^{re.escape(path).rstrip('/')}/?$" if SPECIAL.search(path) else path


def _js(pattern: str) -> str:
    """Return a pattern of RE2 as one of JavaScript; Ghost allows the slash at the end by itself."""
    is_any_case = pattern.startswith("(?i)")
    text = NAMED.sub(r"(?<\1>", pattern.removeprefix("(?i)").removesuffix(END))
    if text.startswith("/") and not SPECIAL.search(text):
        return f"{text}/"  # a path, as it is written
    return f"/{text.replace('/', chr(92) + '/')}/i" if is_any_case else text


def routes(out: Mapping[int, tuple[str, str]], note: Note) -> str:
    """Return routes.yaml; `out` holds slug and id at Ghost of each post that is out, by its id here."""
    paper = Publication.current()
    fixed: dict[str, Any] = {}
    for post in Post.objects.filter(status=Status.PUBLISHED).with_bylines().order_by("pk").iterator(chunk_size=500):
        if post.pk in out and post.path != _usual(post, *out[post.pk], paper):
            fixed[post.path] = {"data": f"{post.kind}.{out[post.pk][0]}", "template": post.kind}
    taxonomies = {"tag": _pattern(Tag, "tag", note), "author": _pattern(Author, "author", note)}
    collection = {"permalink": paper.permalink, "template": "index"}
    return _yaml({"routes": fixed, "collections": {"/": collection}, "taxonomies": taxonomies})


def _usual(post: Post, slug: str, id: str, paper: Publication) -> str:
    """Return the address that Ghost would give it."""
    if post.kind == "page" or post.published_at is None:
        return USUAL.replace("{slug}", slug)
    return path_for(
        paper.permalink,
        slug=slug,
        public_id=id,
        published_at=post.published_at.astimezone(paper.zone),
        primary_tag=post.primary_tag.slug if post.primary_tag else "",
        primary_author=post.bylines[0].slug if post.bylines else "",
    )


def _pattern(model: type[Tag] | type[Author], kind: str, note: Note) -> str:
    """Return the pattern of their addresses, if it is one and the same; else the usual one, and a note for each other."""
    rows = [row for row in model._default_manager.all() if not getattr(row, "is_internal", False)]
    found = {_with_slug(row.path, row.slug) for row in rows}
    if len(found) == 1 and (only := found.pop()):
        return only
    usual = f"/{kind}/{{slug}}/"
    for row in rows:
        if row.path != usual.replace("{slug}", row.slug):
            note(
                f"{row.path}: Ghost has no place for an address of its own; there it is {usual.replace('{slug}', row.slug)}"
            )
    return usual


def _with_slug(path: str, slug: str) -> str:
    return f"{path[: -len(slug) - 1]}{{slug}}/" if path.endswith(f"/{slug}/") else ""


def _yaml(told: Mapping[Any, Any]) -> str:
    return yaml.safe_dump(dict(told), allow_unicode=True, sort_keys=False, width=4000)
