"""Reading Mobiledoc, in which Ghost stored posts before Lexical: it is turned into Lexical and read as that."""

from typing import Any

from masthead.content.document import Images, Parsed
from masthead.content.document.node import Json
from masthead.content.lexical.blocks import blocks
from masthead.content.lexical.fields import as_number, as_text, shown
from masthead.content.lexical.notebook import Files, Notebook
from masthead.content.lexical.reading import finished, loaded, refusal

BITS = {
    "strong": 1,
    "b": 1,
    "em": 2,
    "i": 2,
    "s": 4,
    "del": 4,
    "strike": 4,
    "u": 8,
    "code": 16,
    "sub": 32,
    "sup": 64,
    "mark": 128,
}
CARDS = {"code": "codeblock", "hr": "horizontalrule", "card-markdown": "markdown"}
MARKUP, IMAGE, LIST, CARD = 1, 2, 3, 10
MOST_OPEN = 20  # markups that are open at once


class Mobiledoc:
    """One Mobiledoc: its tables of markups, atoms and cards, and its sections as Lexical nodes."""

    def __init__(self, source: Json, note: Notebook) -> None:
        self.note = note
        self.markups, self.atoms, self.cards, self.sections = (
            _list(source.get(name)) for name in ("markups", "atoms", "cards", "sections")
        )

    def nodes(self) -> list[Json]:
        """Return the sections as Lexical nodes."""
        return [node for section in self.sections for node in self._section(_list(section))]

    def _section(self, section: list[Any]) -> list[Json]:
        kind = section[0] if section else None
        if kind == MARKUP:
            return [self._marked(as_text(_at(section, 1), "p"), _at(section, 2))]
        if kind == IMAGE:
            return [{"type": "image", "src": _at(section, 1)}]
        if kind == LIST:
            items = [{"type": "listitem", "children": self._line(item)} for item in _list(_at(section, 2))]
            is_number = _at(section, 1) == "ol"
            return [{"type": "list", "listType": "number" if is_number else "bullet", "children": items}]
        if kind == CARD:
            return self._card(_at(section, 1))
        self.note.problem(f"a section that is not known was left out: {shown(kind)}")
        return []

    def _marked(self, tag: str, markers: Any) -> Json:
        children = self._line(markers)
        if tag in ("blockquote", "aside"):
            return {"type": "quote" if tag == "blockquote" else "aside", "children": children}
        if len(tag) == 2 and tag[0] == "h":
            return {"type": "heading", "tag": tag, "children": children}
        if tag not in ("p", "pull-quote"):
            self.note.problem(f"a section <{tag[:20]}> became a paragraph")
        return {"type": "aside" if tag == "pull-quote" else "paragraph", "children": children}

    def _card(self, place: Any) -> list[Json]:
        card = _list(_at(self.cards, place))
        name, payload = as_text(_at(card, 0)), _at(card, 1)
        if not name:
            self.note.problem("a card that the list of cards does not have was left out")
            return []
        fields = payload if isinstance(payload, dict) else {}
        changed: Json = {"type": CARDS.get(name, name)}
        if name == "embed" and "embedType" not in fields:
            changed["embedType"] = fields.get("type")
        if "imageStyle" in fields:
            changed |= {"cardWidth": fields.get("cardWidth") or fields["imageStyle"] or "regular", "imageStyle": ""}
        return [fields | changed]

    def _line(self, markers: Any) -> list[Json]:
        """Read markers as a line; markups stay open until a later marker closes them."""
        out: list[Json] = []
        open_markups: list[list[Any]] = []
        for marker in map(_list, _list(markers)):
            open_markups += [_list(_at(self.markups, place)) for place in _list(_at(marker, 1))]
            del open_markups[MOST_OPEN:]
            out += self._within(self._inline(marker), open_markups)
            closed = as_number(_at(marker, 2))
            open_markups = open_markups[: max(len(open_markups) - closed, 0)]
        return out

    def _inline(self, marker: list[Any]) -> list[Json]:
        if _at(marker, 0) == 0:
            return [{"type": "text", "text": as_text(_at(marker, 3))}]
        atom = _list(_at(self.atoms, _at(marker, 3)))
        name, text = as_text(_at(atom, 0)), as_text(_at(atom, 1))
        if name == "soft-return":
            return [{"type": "linebreak"}]
        self.note.problem(f"there is no “{name[:40]}” here; its text was kept: “{text[:80]}”")
        return [{"type": "text", "text": text}]

    def _within(self, parts: list[Json], markups: list[list[Any]]) -> list[Json]:
        bits = 0
        link: Json | None = None
        for markup in markups:
            name = as_text(_at(markup, 0)).lower()
            if name == "a":
                link = {"type": "link", "url": _attribute(_at(markup, 1), "href")}
            elif name in BITS:
                bits |= BITS[name]
            else:
                self.note.problem(f"the formatting “{name[:40]}” was left out; its words were kept")
        parts = [part | {"format": bits} for part in parts]
        return [link | {"children": parts}] if link else parts


def from_mobiledoc(source: str | Json, *, images: Images, files: Files, home: str = "") -> Parsed:
    """Read a Mobiledoc of the versions 0.3.x; it promises and refuses what `from_lexical` does."""
    value = loaded(source)
    version = value.get("version", "0.3.1")
    if not isinstance(version, str) or not version.startswith("0.3."):
        raise refusal(f"a Mobiledoc of the version “{shown(version)[:20]}” cannot be read; 0.3 can")
    if not isinstance(value.get("sections"), list):
        raise refusal("a Mobiledoc has a list of sections")
    note = Notebook(images, files, home)
    return finished(blocks(Mobiledoc(value, note).nodes(), note), note)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _at(values: list[Any], place: Any) -> Any:
    is_place = isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(values)
    return values[place] if is_place else None


def _attribute(attributes: Any, name: str) -> Any:
    flat = _list(attributes)
    return next((flat[place + 1] for place in range(0, len(flat) - 1, 2) if flat[place] == name), None)
