"""The form of a post: what staff may write, and nothing else."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from masthead.access.models import Tier
from masthead.access.visibility import Visibility
from masthead.content.addresses import RESERVED
from masthead.content.document import Document, from_markdown, to_markdown
from masthead.content.models import Author, Media, Tag
from masthead.content.models.fields import PostFields
from masthead.content.tagging import tag_named
from masthead.content.uploading import UploadError, keep_picture, refuse_too_large
from masthead.core.slugs import slug_from
from masthead.members.models import Member

PRIVATE = 0xE000  # of Unicode: signs that nobody types
BLANKS = re.compile(r"[ \t\r\n\f\v]+")  # no-break and ideographic blanks are the writer's


class Several(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no type argument at run time
    """A choice of rows; a number that no row could have is as wrong as one that none has."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(_("Choose from the list.")) from error


class PostForm(forms.Form):
    """One plain form. What was typed comes back whatever is wrong with it."""

    title = forms.CharField(
        label=_("Headline"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "headline"}),
    )
    standfirst = forms.CharField(label=_("Standfirst"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    text = forms.CharField(
        label=pgettext_lazy("of a post", "Text"),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
        required=False,
    )
    picture = forms.FileField(label=_("Picture"), required=False)
    remove_picture = forms.BooleanField(label=_("Take the picture away"), required=False)
    lead_alt = forms.CharField(
        label=_("What the picture shows (for those who cannot see it)"), required=False, max_length=1000
    )
    lead_caption = forms.CharField(label=_("Caption"), required=False, max_length=2000)
    lead_credit = forms.CharField(label=_("Credit"), required=False, max_length=300)
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=1000, help_text=_("With commas between; the first is the section.")
    )
    authors = Several(
        label=_("Authors"), queryset=Author.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    visibility = forms.ChoiceField(label=_("Who can read it to the end"), choices=Visibility.choices)
    tiers = Several(label=_("Tiers"), queryset=Tier.objects.all(), required=False, widget=forms.CheckboxSelectMultiple)
    slug = forms.CharField(
        label=_("Address"), required=False, max_length=191, help_text=_("Empty: made from the headline.")
    )
    is_featured = forms.BooleanField(label=_("Lead story"), required=False)
    publish_at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**31 - 1)

    def clean_title(self) -> str:
        return BLANKS.sub(" ", self.cleaned_data["title"]).strip(" ")

    def clean_picture(self) -> Media | None:
        upload = self.cleaned_data.get("picture")
        if not upload:
            return None
        try:
            refuse_too_large(upload.size)
            return keep_picture(upload.read(), upload.name, at=timezone.now())
        except UploadError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].strip().strip("/")
        slug = slug_from(slug) if slug else ""
        if slug in RESERVED:
            raise forms.ValidationError(_("This is an address of the site itself. Choose another."))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("visibility") == Visibility.TIERS and not cleaned.get("tiers"):
            self.add_error("tiers", _("Choose the tiers that may read it."))
        return cleaned

    def fields_of_post(self, *, by: Member | None) -> tuple[dict[str, Any], list[str]]:
        """Return what the draft is saved with, and what was not understood of the text."""
        data = self.cleaned_data
        parsed = from_markdown(data["text"], images=lambda source: None)
        names = ("title", "standfirst", "slug", "visibility", "lead_alt", "lead_caption", "lead_credit", "is_featured")
        fields = {name: data[name] for name in names} | {
            "document": parsed.document.json,
            "tier_ids": [tier.pk for tier in data["tiers"]],
            "tag_ids": [tag.pk for tag in _tags(data["tags"], by=by)],
            "author_ids": [author.pk for author in data["authors"]],
        }
        if data["picture"] is not None:
            media = data["picture"]
            fields |= {"lead": media}
            fields["lead_caption"] = fields["lead_caption"] or media.caption
            fields["lead_credit"] = fields["lead_credit"] or media.credit
        elif data["remove_picture"]:
            fields |= {"lead": None}
        return fields, parsed.problems


def _tags(words: str, *, by: Member | None) -> list[Tag]:
    """Return the tags of these names, in their order; a name that is new becomes a tag."""
    found = [tag_named(name, by=by, at=timezone.now()) for name in _names(words)]
    return list(dict.fromkeys(found))


def _names(words: str) -> list[str]:
    """Take the names apart at commas, but for those of known tags that have one in them."""
    whole = Tag.objects.filter(name__contains=",").values_list("name", flat=True)
    held = {chr(PRIVATE + place): name for place, name in enumerate(sorted(whole, key=len, reverse=True)[:1000])}
    for sign, name in held.items():
        words = words.replace(name, sign)
    parts = (BLANKS.sub(" ", part).strip() for part in words.split(","))
    return [held.get(part, "".join(held.get(sign, sign) for sign in part))[:191] for part in parts if part]


def initial_of(fields: PostFields) -> dict[str, Any]:
    """Return what the form shows of a draft."""
    tags = Tag.objects.in_bulk(fields.tag_ids)
    names = ("title", "standfirst", "slug", "visibility", "lead_alt", "lead_caption", "lead_credit", "is_featured")
    return {name: getattr(fields, name) for name in names} | {
        "text": to_markdown(Document.load(fields.document)),
        "tags": ", ".join(tags[pk].name for pk in fields.tag_ids if pk in tags),
        "authors": fields.author_ids,
        "tiers": fields.tier_ids,
    }
