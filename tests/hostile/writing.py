"""Writing at the desk as the form in the browser does."""

from typing import Any

from django.test import Client

from masthead.content.editing import draft_of
from masthead.content.models import Post

FORM: dict[str, Any] = {"title": "A headline", "text": "Words.", "visibility": "public", "act": "publish"}


def write_post(client: Client, **fields: Any) -> tuple[Any, Post | None]:
    """Fill the form of a new post, press the button, and return the answer and the post, if one was made."""
    before = set(Post.objects.values_list("pk", flat=True))
    client.raise_request_exception = False  # a crash is an answer too: a 500
    answer = client.post("/desk/posts/new/", FORM | fields)
    return answer, Post.objects.exclude(pk__in=before).first()


def save_again(client: Client, post: Post, **fields: Any) -> Any:
    """Open the post's form, leave everything as it stands there, change `fields`, and press the button."""
    form = client.get(f"/desk/posts/{post.public_id}/").context["form"]
    shown = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}
    shown.pop("picture", None)
    return client.post(
        f"/desk/posts/{post.public_id}/", shown | {"version": draft_of(post).version, "act": "publish"} | fields
    )
