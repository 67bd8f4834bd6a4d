"""What is wrong with each node is said with its place and with what to do."""

from typing import Any

import pytest

from masthead.content.document import Document, DocumentError
from masthead.content.document.schema import MARKS, NODES, may_hold

Json = dict[str, Any]
TEXT: Json = {"type": "text", "text": "x"}
WRONG: list[Any] = [
    None,
    True,
    -1,
    10**30,
    1.5,
    float("nan"),
    "",
    "x" * 5000,
    "\0",
    "javascript:x",
    [],
    [[]],
    {},
    {"a": 1},
]
WRONG_TEXTS: list[Any] = [None, "", 7, [], {}]
# A parent in which each part stands that may not stand at the top.
AROUND = {"listItem": "bulletList", "tableRow": "table", "tableCell": "tableRow", "tableHeader": "tableRow"}


def placed(node: Json) -> tuple[list[Json], str]:
    """Return blocks that hold the node in a place where its kind may stand, and that place."""
    kind, path = NODES[node["type"]], "content[0]"
    while kind.group == "inline" or kind.name in AROUND:
        outer = AROUND.get(kind.name, "paragraph")
        node, kind, path = {"type": outer, "content": [node]}, NODES[outer], path + ".content[0]"
    return [node], path


def said(node: Json) -> list[str]:
    """Return what is said of a node that stands in its place; nothing for a good one."""
    blocks, _ = placed(node)
    try:
        Document.of(blocks)
    except DocumentError as error:
        return [str(problem) for problem in error.problems]
    return []


def is_clear(message: str, path: str) -> bool:
    """Say whether a message begins with the place and goes on with words."""
    return message.startswith(f"{path}: ") and len(message.removeprefix(path)) > 12


PARTS = [name for name in NODES if name not in ("doc", "text")]
ATTRIBUTES = [(node, name) for node in PARTS for name in NODES[node].attrs]


@pytest.mark.parametrize(("name", "attribute"), ATTRIBUTES, ids=lambda value: value)
def test_a_wrong_attribute_is_named_with_its_place(name: str, attribute: str) -> None:
    _, path = placed({"type": name})
    needed = {"media": "a" * 16} if name == "figure" else {}
    refused = 0
    for value in WRONG:
        found = said({"type": name, "attrs": needed | {attribute: value}})
        is_needed = NODES[name].attrs[attribute].default is None
        is_good = (value is None and not is_needed) or NODES[name].attrs[attribute].check(value) is None
        assert bool(found) is not is_good, value
        assert all(is_clear(message, path) and attribute in message for message in found), found
        refused += len(found)
    assert refused >= 8


@pytest.mark.parametrize("name", PARTS)
def test_an_attribute_that_does_not_exist_is_refused(name: str) -> None:
    _, path = placed({"type": name})
    attrs = {"media": "a" * 16} if name == "figure" else {}
    found = said({"type": name, "attrs": attrs | {"onload": "x"}})
    assert found == [f"{path}: there is no attribute 'onload' here"]
    assert said({"type": name, "attrs": attrs | {"x" * 9999: 1}})[0].count("x") < 50


@pytest.mark.parametrize("name", PARTS)
def test_a_node_in_the_wrong_place_is_refused(name: str) -> None:
    _, path = placed({"type": name})
    attrs = {"attrs": {"media": "a" * 16}} if name == "figure" else {}
    for inner in NODES:
        child: Json = TEXT if inner == "text" else {"type": inner}
        found = [message for message in said({"type": name, "content": [child], **attrs}) if "may hold only" in message]
        assert bool(found) is not may_hold(NODES[name], NODES[inner]), inner
        assert all(message.startswith(f"{path}.content[0]: a {name} may hold only ") for message in found)


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize(
    "content", [None, "x", 7, {"type": "text"}, [None], ["x"], [[TEXT]], [{}], [{"type": 7}], [{"type": None}]]
)
def test_content_of_a_wrong_type_is_refused(name: str, content: Any) -> None:
    _, path = placed({"type": name})
    attrs = {"attrs": {"media": "a" * 16}} if name == "figure" else {}
    found = said({"type": name, "content": content, **attrs})
    assert found and all(message.startswith(path) for message in found)
    assert "must be a list of nodes" in found[0] or "must be an object with a type" in found[0]


@pytest.mark.parametrize("node", [{"type": "text", "text": value} for value in WRONG_TEXTS] + [TEXT | {"marks": 7}])
def test_a_text_of_a_wrong_type_is_refused(node: Json) -> None:
    assert is_clear(said(node)[0], "content[0].content[0]")


@pytest.mark.parametrize(
    "mark", [None, "bold", 7, [], {}, {"type": None}, {"type": "wall"}, {"type": "bold", "attrs": {"x": 1}}]
)
def test_a_mark_that_does_not_exist_is_refused(mark: Any) -> None:
    assert is_clear(said(TEXT | {"marks": [mark]})[0], "content[0].content[0]")


@pytest.mark.parametrize("name", MARKS)
def test_a_good_mark_is_taken_and_a_wrong_attribute_of_it_is_not(name: str) -> None:
    attrs = {"href": "/a/"} if name == "link" else {}
    assert said(TEXT | {"marks": [{"type": name, "attrs": attrs}]}) == []
    wrongs: list[Any] = [{"href": "javascript:x"}, {"href": 7}, {"style": "x"}, [], "x"]
    for wrong in wrongs:
        found = said(TEXT | {"marks": [{"type": name, "attrs": wrong}]})
        assert is_clear(found[0], "content[0].content[0]")


def test_every_wrong_place_is_told_at_once_up_to_fifty() -> None:
    with pytest.raises(DocumentError) as raised:
        Document.of([{"type": "heading", "attrs": {"level": 9}}] * 3)
    assert [problem.path for problem in raised.value.problems] == ["content[0]", "content[1]", "content[2]"]
    with pytest.raises(DocumentError) as raised:
        Document.of([{"type": "heading", "attrs": {"level": 9}}] * 300)
    assert len(raised.value.problems) == 50
