"""An export of each release that Ghost had, with every card in a post of each visibility: nothing of it is lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from masthead.access.reader import ANYONE, STAFF
from masthead.content.document import Document, walk
from masthead.content.editing import draft_of
from masthead.content.models import Attachment, Media, Post
from masthead.content.reading import read_one
from tests.content.lexical.mobiledoc_sample import MOBILEDOC
from tests.content.lexical.sample import WHOLE
from tests.importers.bringing import picture, write
from tests.importers.ghost.bringing import bring_in, post_of
from tests.importers.ghost.exports import Export

KINDS = {
    "figure", "gallery", "video", "audio", "file", "embed", "bookmark", "callout", "toggle", "button", "callToAction",
    "headerCard", "signUp", "product", "audience", "codeBlock", "horizontalRule", "htmlCard", "cut", "pullQuote",
}  # fmt: skip
FILES = {
    **{
        f"content/images/2024/{name}.jpg": picture((n * 60, 90, 20))
        for n, name in enumerate(("harbour", "crew", "poster"))
    },
    "content/media/film.mp4": b"\0\0\0\x18ftypmp42" + b"\0" * 90,
    "content/media/song.mp3": b"ID3" + b"\0" * 90,
    "content/files/paper.pdf": b"%PDF-1.4\n%%EOF",
}


WORDS = """The harbour at dawn. Two pictures. The film. A song. The whole paper, as printed. Seen from the quay. A story: what it
says. Read it. Mind the gap. What is inside? Go aboard. The first header, and its line. The second header. Join the crew every
Monday. No spam."""  # of the cards, as Ghost's own plain text has them


def text(major: int) -> dict[str, Any]:
    """Return the text as that release kept it."""
    if major >= 5:
        return {"lexical": json.dumps(WHOLE), "mobiledoc": None, "html": None, "plaintext": WORDS}
    return {"mobiledoc": json.dumps(MOBILEDOC), "html": None, "plaintext": WORDS}


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["3.42.5", "4.48.9", "5.82.2", "6.65.0"])
def test_every_card_in_every_visibility_comes_in_from_every_release(tmp_path: Path, version: str) -> None:
    export = Export(version)
    export.settings(title="The Old Paper")
    owner = export.user("ana-owner", role="Owner")
    tiers = [export.tier("gold")] if export.major >= 4 else None
    visibilities = ["public", "members", "paid", *(["tiers"] if tiers else []), "odd"]
    rows = {
        name: export.post(
            f"for-{name}",
            visibility=name,
            authors=[owner],
            tiers=tiers if name == "tiers" else None,
            **text(export.major),
        )
        for name in visibilities
    }
    said = bring_in(export, tmp_path, "--images", write(tmp_path / "site", FILES))
    assert said.code == 0 and f"{len(rows)} posts created" in said.out
    assert (
        f"{len(rows)} of {len(rows)} texts have every word" in said.out
        and "0 pictures and files are missing" in said.out
    )
    assert "transistor" in said.report
    assert (Media.objects.count(), Attachment.objects.count()) == (3, 3)
    documents = {name: Document.stored(draft_of(post_of(row["id"])).document) for name, row in rows.items()}
    kinds = {node["type"] for _, node in walk(documents["paid"])}
    assert kinds >= KINDS and len({document.dump() for document in documents.values()}) == 1
    for name, row in rows.items():
        post: Post = post_of(row["id"])
        assert post.path == f"/for-{name}/" and read_one(post, STAFF).is_whole
        assert read_one(post, ANYONE).is_whole == (name == "public")
        assert post.visibility == ("unknown" if name == "odd" else name)
