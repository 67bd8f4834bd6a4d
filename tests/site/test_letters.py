"""What was a letter and never a page is none, whoever publishes it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from masthead.content.document import from_markdown
from masthead.content.editing import draft_of, start_post
from masthead.content.models import Post
from masthead.ops.worker import work_off
from tests.cast import Cast, client_of
from tests.site.visiting import DOORS

PERSONAS = (None, "free", "gold", "owner")


def a_letter(cast: Cast, **extras: Any) -> Post:
    document = from_markdown("Letterwords for the list.").document.json
    fields: dict[str, Any] = {"tag_ids": [cast.section.pk], "author_ids": [cast.writer.pk], "extras": extras}
    return start_post(by=None, at=timezone.now(), title="Lettertitle", document=document, **fields).post


def publish_at_the_desk(cast: Cast, post: Post) -> None:
    """Publish with the form that an editor has, as it stands there."""
    form = {
        "title": "Lettertitle", "text": "Letterwords for the list.", "tags": "World", "authors": [cast.writer.pk],
        "visibility": "public", "version": draft_of(post).version, "act": "publish",
    }  # fmt: skip
    answer = client_of(cast.editor).post(f"/desk/posts/{post.public_id}/", form)
    assert answer.status_code == 302
    work_off()


@pytest.mark.parametrize("is_letter", [True, False])
def test_a_letter_that_is_published_at_the_desk_stands_behind_no_door(cast: Cast, is_letter: bool) -> None:
    """The same post without the mark is behind every door, so that the refusal is for the right reason."""
    post = a_letter(cast, **({"is_mail_only": True} if is_letter else {}))
    publish_at_the_desk(cast, post)
    post.refresh_from_db()
    assert (post.status, post.path) == ("published", "/lettertitle/")
    doors = [*DOORS, post.path, post.path.rstrip("/"), "/search/?q=list"]
    for name in PERSONAS:
        browser = client_of(cast.members[name] if name else None)
        pages = [browser.get(path, follow=True) for path in doors]
        texts = {page.request["PATH_INFO"]: page.content.decode() for page in pages if page.status_code == 200}
        shows = [path for path, text in texts.items() if "Letterwords" in text or "lettertitle" in text]
        assert bool(shows) is not is_letter, (name, shows)
        assert (browser.get(post.path).status_code == 404) is is_letter, name


def test_no_program_puts_a_letter_out_as_a_page(cast: Cast) -> None:
    from tests.api.admin.asking import Tool, an_admin_key

    tool, post = Tool(an_admin_key(cast)), {"title": "A letter", "html": "<p>Letterwords</p>", "email_only": True}
    for status in ("published", "scheduled"):
        sent = {"posts": [post | {"status": status, "published_at": "2199-01-01T00:00:00Z"}]}
        error = tool.error("POST", "posts/", sent, status=422, source="html")
        assert error["property"] == "email_only"
    assert Post.objects.count() == 0
    kept = tool.ask("POST", "posts/", {"posts": [post]}, status=201, source="html")["posts"][0]
    answer = tool.answer("PUT", f"posts/{kept['id']}/", {"posts": [kept | {"status": "published", "email_only": True}]})
    assert answer.status_code == 422 and Client().get("/a-letter/").status_code == 404
