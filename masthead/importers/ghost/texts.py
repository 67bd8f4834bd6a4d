"""The text of a row of Ghost, in whichever of its forms it is kept, as a document of ours."""

from collections.abc import Callable
from dataclasses import dataclass, field

from masthead.content.document import Document, DocumentError, Parsed, Problem
from masthead.content.lexical import from_ghost_html, from_lexical, from_mobiledoc
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row

Reader = Callable[..., Parsed]
# The source counts before what was derived from it; `html` is all that some tools write.
FORMS: tuple[tuple[str, Reader], ...] = (
    ("lexical", from_lexical),
    ("mobiledoc", from_mobiledoc),
    ("html", from_ghost_html),
)


@dataclass
class Text:
    """A document, what of the source it does not hold, and the pictures and files that the source names."""

    document: Document
    problems: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def read_text(run: Run, row: Row) -> Text:
    """Read the row's text and keep its pictures and files; call it outside of a transaction.

    A form that cannot be read gives way to the next one; without any the document is empty.
    """
    failed: list[str] = []
    for column, reader in FORMS:
        source = row.get(column)
        if not source:
            continue
        text = Text(Document.empty(), list(failed))
        try:
            parsed = _read(run, row, text, reader, source)
        except DocumentError as error:
            failed.append(f"its {column} cannot be read: {error}")
            continue
        text.document = parsed.document
        text.problems += parsed.problems
        return text
    return Text(Document.empty(), failed)


def _read(run: Run, row: Row, text: Text, reader: Reader, source: object) -> Parsed:
    def image(address: str) -> str | None:
        text.pictures.append(address)
        return run.images.fetch(address, row.where)

    def file(address: str) -> str | None:
        text.files.append(address)
        return run.images.fetch_file(address, row.where)

    if not isinstance(source, str | dict):
        raise DocumentError([Problem("", "it is no text")])
    if reader is from_ghost_html:
        source = str(source)
    return reader(source, images=image, files=file, home=run.home)
