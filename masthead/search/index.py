"""The search index: open words in one table, gated words in another, each row at its post's id (SQLite FTS5)."""

from datetime import datetime

from django.db import connection, transaction

from masthead.access.reader import ANYONE, STAFF
from masthead.content.models import Post
from masthead.content.models.post import Status
from masthead.content.reading import read_one


def has_index() -> bool:
    """Say whether this database has the index; PostgreSQL gets one in a later release."""
    return connection.vendor == "sqlite"


def index_post(post_id: int) -> None:
    """Write the post's rows as it is published now, or take them out. Running it again changes nothing.

    A row carries the revision it was made from; one of another revision than the live one is never found.
    """
    if not has_index():
        return
    post = Post.objects.with_bylines().filter(pk=post_id, status=Status.PUBLISHED).first()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_open WHERE rowid = %s", [post_id])
        cursor.execute("DELETE FROM search_sealed WHERE rowid = %s", [post_id])
        if post is None:
            return
        outside, inside = read_one(post, ANYONE), read_one(post, STAFF)
        names = " ".join(author.name for author in outside.authors)
        cursor.execute(
            "INSERT INTO search_open (rowid, title, words, revision) VALUES (%s, %s, %s, %s)",
            [post_id, post.title, f"{post.standfirst}\n{names}\n{outside.text}", post.revision_number],
        )
        if outside.is_cut:
            cursor.execute(
                "INSERT INTO search_sealed (rowid, words, revision) VALUES (%s, %s, %s)",
                [post_id, inside.text, post.revision_number],
            )


def rebuild(*, at: datetime) -> int:
    """Index every post that is out; return how many."""
    ids = list(Post.objects.live(at).values_list("pk", flat=True))
    for post_id in ids:
        index_post(post_id)
    return len(ids)
