"""Where gated words begin: one document becomes what anyone may see and what stands below the cut."""

from masthead.access.visibility import Visibility
from masthead.content.document import Document, first_paragraphs, has_cut, split_at_cut, without_cut


def cut(document: Document, visibility: str, *, uncut_paragraphs: int) -> tuple[Document, Document | None]:
    """Return the opening and the body of a document as its visibility asks.

    A public document has no body. A gated one always has one, even an empty one; without a cut it opens with its
    first `uncut_paragraphs` paragraphs. An unknown visibility is closed whole (CHECKS.md 89).
    """
    if visibility == Visibility.PUBLIC:
        return without_cut(document), None
    if visibility not in Visibility.values:
        return Document.empty(), without_cut(document)
    split = split_at_cut(document) if has_cut(document) else first_paragraphs(document, uncut_paragraphs)
    return split.opening, split.body or Document.empty()
