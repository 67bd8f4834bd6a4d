"""The search index: open words in one table, gated words in another, each row at its post's id."""

from django.db import connection, transaction

from masthead.access.reader import ANYONE, STAFF
from masthead.content.models import Post
from masthead.content.models.post import Status
from masthead.content.reading import Through, read_one
from masthead.search.dialects import dialect


def index_post(post_id: int) -> None:
    """Write the post's rows as it is published now, or take them out. Running it again changes nothing.

    A row carries the revision it was made from; one of another revision than the live one is never found.
    """
    post = Post.objects.with_bylines().filter(pk=post_id, status=Status.PUBLISHED).first()
    kept = dialect()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_open WHERE rowid = %s", [post_id])
        cursor.execute("DELETE FROM search_sealed WHERE rowid = %s", [post_id])
        if post is None:
            return
        outside, inside = (read_one(post, reader, through=Through.INDEX) for reader in (ANYONE, STAFF))
        names = " ".join(author.name for author in outside.authors)
        words = f"{post.title}\n{post.standfirst}\n{names}\n{outside.text}"
        cursor.execute(
            f"INSERT INTO search_open (rowid, title, words, revision) VALUES (%s, {kept.placeholder}, {kept.placeholder}, %s)",  # noqa: S608
            [post_id, kept.stored(post.title), kept.stored(words), post.revision_number],
        )
        if outside.is_cut:
            cursor.execute(
                f"INSERT INTO search_sealed (rowid, words, revision) VALUES (%s, {kept.placeholder}, %s)",  # noqa: S608
                [post_id, kept.stored(f"{words}\n{inside.text}"), post.revision_number],
            )
