"""Reading a Lexical document, as Ghost stores it, as a document of ours."""

import json
from typing import Any

from masthead.content.document import DocumentError, Images, Parsed, Problem
from masthead.content.document.node import Json
from masthead.content.lexical.blocks import blocks
from masthead.content.lexical.notebook import Files, Notebook
from masthead.content.lexical.settling import settled

LONGEST = 20_000_000  # characters


def from_lexical(source: str | Json, *, images: Images, files: Files, home: str = "") -> Parsed:
    """Read a Lexical document; whatever is not kept as it was has a line in `problems`.

    `images` and `files` give our token for an address in the source, None if it is not here. `home`, such as
    https://paper.example, is the address of the old site: what led there, or to __GHOST_URL__, leads to the same path
    here, and pictures and files of it are asked for by path. Raises DocumentError, and nothing else, for what is no
    Lexical document and for one that is larger than a document may be.
    """
    root = loaded(source).get("root")
    if not isinstance(root, dict):
        raise refusal("a Lexical document has a root that is an object")
    note = Notebook(images, files, home)
    return finished(blocks(root.get("children"), note), note)


def finished(read: list[Json], note: Notebook) -> Parsed:
    """Make a document of the blocks that were read, with the lines that were noted."""
    document = settled(read, note)
    return Parsed(document, list(note.lines))


def loaded(source: str | Json) -> Json:
    """Return the object that a text of JSON holds; raises DocumentError for any other text."""
    value: Any = source
    if isinstance(source, str):
        if len(source) > LONGEST:
            raise refusal(f"it is longer than {LONGEST} characters; split it into two posts")
        try:
            value = json.loads(source)
        except RecursionError:
            raise refusal("its JSON is nested too deep to be read") from None
        except ValueError as error:
            raise refusal(f"it is no JSON: {str(error)[:120]}") from None
    if not isinstance(value, dict):
        raise refusal("it must be an object of JSON")
    return value


def refusal(message: str) -> DocumentError:
    """Make the error for a source that cannot be read at all."""
    return DocumentError([Problem("", message)])
