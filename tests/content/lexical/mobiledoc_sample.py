"""The sample as Mobiledoc, with what only Mobiledoc has."""

from typing import Any

from tests.content.lexical import sample

Json = dict[str, Any]
NAMES = {"codeblock": "code", "horizontalrule": "hr"}


def _payload(card: Json) -> Json:
    payload = {name: value for name, value in card.items() if name != "type"}
    if card["type"] == "image":
        payload["imageStyle"] = payload.pop("cardWidth")
    if card["type"] == "embed":
        payload["type"] = payload.pop("embedType")
    return payload


CARDS: list[list[Any]] = [[NAMES.get(card["type"], card["type"]), _payload(card)] for card in sample.CARDS]
CARDS.append(["card-markdown", {"cardName": "card-markdown", "markdown": "An *old* card"}])

MOBILEDOC: Json = {
    "version": "0.3.1",
    "ghostVersion": "4.0",
    "markups": [
        ["strong"],
        ["em"],
        ["a", ["href", "__GHOST_URL__/quay/", "rel", "noopener"]],
        ["code"],
        ["s"],
        ["u"],
        ["sub"],
        ["sup"],
        ["mark"],
        ["blink"],
    ],
    "atoms": [["soft-return", "", {}], ["mention", "@ana", {"id": 7}]],
    "cards": CARDS,
    "sections": [
        [
            1,
            "p",
            [[0, [], 0, "plain "], [0, [0], 0, "bold "], [0, [1], 1, "both "], [0, [], 1, "bold"], [0, [], 0, "."]],
        ],
        [1, "p", [[0, [2], 0, "a "], [0, [0], 2, "link"], [1, [], 0, 0], [0, [3], 1, "code"], [1, [], 0, 1]]],
        [
            1,
            "p",
            [
                [0, [4], 1, "s"],
                [0, [5], 1, "u"],
                [0, [6], 1, "b"],
                [0, [7], 1, "p"],
                [0, [8], 1, "m"],
                [0, [9], 1, "x"],
            ],
        ],
        [1, "h1", [[0, [], 0, "First"]]],
        [1, "h3", [[0, [], 0, "Third"]]],
        [1, "blockquote", [[0, [], 0, "Quoted"]]],
        [1, "aside", [[0, [], 0, "Aside"]]],
        [1, "pull-quote", [[0, [], 0, "Pulled"]]],
        [2, "__GHOST_URL__/content/images/2024/crew.jpg"],
        [3, "ul", [[[0, [], 0, "one"]], [[0, [0], 1, "two"]]]],
        [3, "ol", [[[0, [], 0, "first"]]]],
        *([10, place] for place in range(len(CARDS))),
        [1, "p", []],
    ],
}
