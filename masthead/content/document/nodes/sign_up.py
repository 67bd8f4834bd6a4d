"""An invitation to become a member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from masthead.content.document.card import Card
from masthead.content.document.card_html import part
from masthead.content.document.checks import SIZES, is_list_of_names, is_one_of
from masthead.content.document.escaping import absolute, escape
from masthead.content.document.node import Attr, Json, is_text

if TYPE_CHECKING:
    from masthead.content.document.rendering import Page

SIGN_UP = "/sign-up/"


class SignUp(Card):
    name = "signUp"
    css = "sign-up-card"
    attrs = {
        "header": Attr("", is_text),
        "text": Attr("", is_text),
        "disclaimer": Attr("", is_text),
        "success": Attr("", is_text),
        "label": Attr("", is_text),
        "labels": Attr([], is_list_of_names),
        "align": Attr("center", is_one_of("left", "center")),
        "size": Attr("regular", is_one_of(*SIZES)),
    }
    shown = ("header", "text", "disclaimer", "label")

    def web(self, node: Json, page: Page) -> str:
        attrs = node["attrs"]
        css = "button card-label" if attrs["label"] else "button"  # our own words are not read back as the editor's
        link = f'<a class="{css}" href="{escape(absolute(SIGN_UP, page.base))}">{escape(attrs["label"] or _("Sign up"))}</a>'
        words = page.title(attrs["header"], "card-header") + part("p", "text", attrs["text"])
        return f'{words}<p class="card-act">{link}</p>{part("p", "disclaimer", attrs["disclaimer"])}'

    def mail(self, node: Json, page: Page) -> str:
        return ""  # who gets mail has signed up already
