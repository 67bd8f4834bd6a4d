"""The forms of keys."""

from django import forms
from django.utils.translation import gettext_lazy as _

from masthead.members.models.api_key import KeyKind

KINDS = [
    (KeyKind.CONTENT, _("Content: reads what anyone may see")),
    (KeyKind.ADMIN, _("Admin: works in the name of the staff")),
]


class NameForm(forms.Form):
    """What a key is called, so that one knows later what it is for."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("The program or site that will use it, such as “Our app”.")
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class KeyForm(NameForm):
    """A key that is to be made."""

    kind = forms.ChoiceField(label=_("What it opens"), choices=KINDS)
