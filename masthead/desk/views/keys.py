"""Keys of the API: making one, naming it, revoking it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.desk.keys_form import KeyForm, NameForm
from masthead.desk.permissions import staff
from masthead.desk.views.common import StaffRequest
from masthead.members.keys import KeyNameError, make_key, rename_key, revoke_key
from masthead.members.models import ApiKey
from masthead.members.models.api_key import KeyKind


@staff
def keys(request: StaffRequest) -> HttpResponse:
    """List the keys, or make one and show it, this once; a page that is sent twice is refused by the name."""
    if request.method != "POST":
        return _list(request, KeyForm())
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    try:
        kind = KeyKind(form.cleaned_data["kind"])
        key, text = make_key(form.cleaned_data["name"], kind, by=request.user, at=timezone.now())
    except KeyNameError as error:
        form.add_error("name", str(error))
        return _list(request, form, status=422)
    return _list(request, KeyForm(), made=key, text=text)


@staff
def key(request: StaffRequest, public_id: str) -> HttpResponse:
    """Show one key by its name, or name it anew, or revoke it."""
    row = get_object_or_404(ApiKey, public_id=public_id)
    if request.method != "POST" or row.revoked_at:
        return _one(request, row, NameForm(initial={"name": row.name}))
    act = request.POST.get("act", "rename")
    if act == "revoke":
        return _revoke(request, row)
    if act != "rename":
        raise Http404
    form = NameForm(request.POST)
    if not form.is_valid():
        return _one(request, row, form, status=422)
    try:
        rename_key(row, form.cleaned_data["name"], by=request.user, at=timezone.now())
    except KeyNameError as error:
        row.refresh_from_db()
        form.add_error("name", str(error))
        return _one(request, row, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("desk_keys")


def _revoke(request: StaffRequest, row: ApiKey) -> HttpResponse:
    """Revoke a key, once whoever asks has said that they are sure."""
    if not request.POST.get("sure"):
        form = NameForm(initial={"name": row.name})
        return _one(request, row, form, status=422, unsure=_("Say that you are sure. The key still works."))
    revoke_key(row, by=request.user, at=timezone.now())
    messages.success(request, _("“%(name)s” is revoked and opens nothing any more.") % {"name": row.name})
    return redirect("desk_keys")


def _list(request: StaffRequest, form: KeyForm, *, status: int = 200, **more: object) -> HttpResponse:
    rows = ApiKey.objects.select_related("made_by")
    page = {
        "form": form,
        "working": [row for row in rows if row.revoked_at is None],
        "revoked": [row for row in rows if row.revoked_at],
        "api_address": settings.ADDRESS,
    }
    return render(request, "desk/keys.html", page | more, status=status)


def _one(request: StaffRequest, row: ApiKey, form: NameForm, *, status: int = 200, unsure: str = "") -> HttpResponse:
    return render(request, "desk/key.html", {"key": row, "form": form, "unsure": unsure}, status=status)
