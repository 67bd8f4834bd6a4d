"""A block of code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from masthead.content.document.escaping import escape
from masthead.content.document.node import Attr, Json, Node

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from masthead.content.document.parsing import Builder
    from masthead.content.document.rendering import Page

LANGUAGE = re.compile(r"[A-Za-z0-9+#._-]{0,40}")


def check_language(value: Any) -> str | None:
    """Accept a short name of a language, or none."""
    fits = isinstance(value, str) and LANGUAGE.fullmatch(value)
    return None if fits else "must be the short name of a language, such as python"


class CodeBlock(Node):
    name = "codeBlock"
    holds = ("text",)
    marks = False
    attrs = {"language": Attr("", check_language)}
    drop_empty = True
    tags = ("pre",)

    def html(self, node: Json, page: Page) -> str:
        language = node["attrs"]["language"]
        kind = f' class="language-{escape(language)}"' if language else ""
        code = self.text(node)
        last = "\n" if code.endswith("\n") else ""  # a reader takes one away
        return f"<pre><code{kind}>{escape(code)}{last}</code></pre>"

    def text(self, node: Json) -> str:
        return "".join(child["text"] for child in node.get("content", []))

    def markdown(self, node: Json) -> str:
        code = self.text(node)
        longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"{fence}{node['attrs']['language']}\n{code}\n{fence}"

    def parse(self, element: LexborNode, builder: Builder) -> list[Json] | None:
        code = element.css_first("code")
        found = re.search(r"language-(\S+)", (code or element).attributes.get("class") or "")
        language = found[1] if found and LANGUAGE.fullmatch(found[1]) else ""
        text = element.text().removesuffix("\n")
        return [{"type": self.name, "attrs": {"language": language}, "content": [{"type": "text", "text": text}]}]
