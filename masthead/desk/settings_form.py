"""The form of the publication's own settings."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf.global_settings import LANGUAGES
from django.utils.translation import gettext_lazy as _

from masthead.access.visibility import Visibility
from masthead.content.document.escaping import is_safe_address
from masthead.content.models import Tag
from masthead.core.models import Publication


class SettingsForm(forms.Form):
    """What is set at the desk; everything else stands in masthead.toml or the environment."""

    name = forms.CharField(label=_("Name"), max_length=120)
    tagline = forms.CharField(label=_("Tagline"), max_length=200, required=False)
    description = forms.CharField(
        label=_("Description"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text=_("For search engines and feeds."),
    )
    contact = forms.EmailField(
        label=_("Contact"), required=False, help_text=_("Where readers and security researchers write to.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: [(name, name) for name in sorted(available_timezones())]
    )
    default_visibility = forms.ChoiceField(label=_("A new post is for"), choices=Visibility.choices)
    uncut_paragraphs = forms.IntegerField(
        label=_("Paragraphs of a gated post without a cut that anyone sees"),
        min_value=0,
        max_value=20,
        help_text=_("0: only headline and standfirst. A change applies at once to everything that is out."),
    )
    sections = forms.CharField(
        label=_("Sections"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_("One a line, in their order. Posts whose first tag has that name stand in the section."),
    )
    navigation = forms.CharField(
        label=_("Links in the footer"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_(
            "One a line: the words, a bar, the address, as in: About us | /about/. While the paper has no sections, they "
            "stand at the top of each page instead."
        ),
    )
    staff_second_factor = forms.BooleanField(
        label=_("Staff must show a passkey"),
        required=False,
        help_text=_("Without it, whoever reads a staff member’s mail can open the desk."),
    )
    is_rehearsal = forms.BooleanField(
        label=_("This is a rehearsal"),
        required=False,
        help_text=_(
            "Mail goes to staff only, nobody can pay, and search engines are kept out. Take the tick away on the day "
            "of the move: from then on members get mail and can pay here."
        ),
    )
    runs_custom_code = forms.BooleanField(
        label=_("Send this code to readers"),
        required=False,
        help_text=_(
            "Whoever wrote it can read what readers type into your pages. Staff never get it, nor do the pages for "
            "signing in, accounts and payment. Close other pages of the paper before you sign in to the desk."
        ),
    )

    def clean_sections(self) -> list[str]:
        lines = (" ".join(line.split())[:120] for line in self.cleaned_data["sections"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))[:20]

    def clean_navigation(self) -> list[dict[str, str]]:
        lines = [line for line in self.cleaned_data["navigation"].splitlines() if line.strip()]
        return [self._link(line) for line in lines[:20]]

    def _link(self, line: str) -> dict[str, str]:
        label, bar, address = (part.strip() for part in line.rpartition("|"))
        if not (bar and label and is_safe_address(address)):
            message = _("“%(line)s” is no link. Write the words, a bar and the address: About us | /about/")
            raise forms.ValidationError(message, params={"line": line[:80]})
        return {"label": label[:80], "address": address}


def initial_of(publication: Publication) -> dict[str, Any]:
    """Return what the form shows of the publication."""
    plain = [name for name in SettingsForm.base_fields if name not in ("sections", "navigation")]
    values: dict[str, Any] = {name: getattr(publication, name) for name in plain}
    links = [f"{link['label']} | {link['address']}" for link in publication.navigation]
    names = Tag.objects.sections().values_list("name", flat=True)
    return values | {"navigation": "\n".join(links), "sections": "\n".join(names)}
