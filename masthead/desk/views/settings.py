"""The publication's own settings."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.content.changing import change_publication, set_sections
from masthead.content.custom_code import posts_with_code
from masthead.desk.permissions import staff
from masthead.desk.settings_form import SettingsForm, initial_of
from masthead.desk.views.common import StaffRequest
from masthead.members.roles import Role

OF_OWNER = ("staff_second_factor", "runs_custom_code")


@staff
def settings(request: StaffRequest) -> HttpResponse:
    """Show the settings, or write what was changed; whether staff need a second factor, and whether code runs, is the
    owner's to say."""
    publication = request.publication  # type: ignore[attr-defined]
    is_post = request.method == "POST"
    form = SettingsForm(request.POST) if is_post else SettingsForm(initial=initial_of(publication))
    if not request.user.may(Role.OWNER):
        for name in OF_OWNER:
            del form.fields[name]
    if is_post and form.is_valid():
        at, changed = timezone.now(), dict(form.cleaned_data)
        with transaction.atomic():
            set_sections(changed.pop("sections"), by=request.user, at=at)
            change_publication(changed, by=request.user, at=at)
        messages.success(request, _("Saved."))
        return redirect("desk_settings")
    page = {"form": form, "posts_with_code": posts_with_code()}
    return render(request, "desk/settings.html", page, status=422 if is_post else 200)
