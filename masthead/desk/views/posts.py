"""Writing a post: one plain form."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.access.models import Tier
from masthead.content import editing, publishing
from masthead.content.addresses import RESERVED, AddressError
from masthead.content.document import Document, has_cut
from masthead.content.listing import scheduled_for
from masthead.content.models import Post
from masthead.content.models.post import Status
from masthead.core.slugs import slug_from
from masthead.desk.forms import PostForm, initial_of
from masthead.desk.permissions import ALL_POSTS, may_act, staff
from masthead.desk.views.common import StaffRequest, known_author, own_author, post_for


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Start a post; nothing is kept until the first save."""
    if request.method != "POST":
        publication = request.publication  # type: ignore[attr-defined]
        author = known_author(request.user)
        initial = {"visibility": publication.default_visibility, "authors": [author.pk] if author else []}
        return _form(request, PostForm(initial=initial), None)
    form = PostForm(request.POST, request.FILES)
    act = _act(request)
    if not form.is_valid():
        return _form(request, form, None, status=422)
    fields, problems = form.fields_of_post(by=request.user)
    fields["author_ids"] = _authors(request, fields)
    draft = editing.start_post(by=request.user, at=timezone.now(), **fields)
    return _then(request, form, draft.post, act, problems)


@staff
def post(request: StaffRequest, public_id: str) -> HttpResponse:
    """Show the draft in the form, or save it and do what the button says."""
    row = post_for(request.user, public_id)
    if request.method != "POST":
        draft = editing.draft_of(row)
        return _form(request, PostForm(initial=initial_of(draft) | {"version": draft.version}), row)
    form = PostForm(request.POST, request.FILES)
    act = _act(request)
    if act in ("unpublish", "unschedule"):
        _take_back(request, row, act)
        row.refresh_from_db()
        if "text" not in request.POST:  # the button alone, without the form around it
            return redirect("desk_post", row.public_id)
    if not form.is_valid():
        return _form(request, form, row, status=422)
    fields, problems = form.fields_of_post(by=request.user)
    fields["author_ids"] = _authors(request, fields)
    try:
        version = form.cleaned_data["version"] or 0
        editing.save_draft(row, fields, version=version, by=request.user, at=timezone.now())
    except editing.EditConflict as conflict:
        theirs = initial_of(conflict.draft)
        return _form(
            request, form, row, status=409, conflict=str(conflict), theirs=theirs, version=conflict.draft.version
        )
    return _then(request, form, row, act, problems)


def _act(request: StaffRequest) -> str:
    act = request.POST.get("act", "save")
    if not may_act(request.user, act):
        raise Http404
    return act


def _authors(request: StaffRequest, fields: dict[str, Any]) -> list[int]:
    """Keep one's own byline on what one writes, below the role that may work on every post; a post has one in any case."""
    ids: list[int] = fields["author_ids"]
    if request.user.may(ALL_POSTS) and ids:
        return ids
    own = own_author(request.user).pk
    return ids if own in ids else [own, *ids]


def _then(request: StaffRequest, form: PostForm, row: Post, act: str, problems: list[str]) -> HttpResponse:
    """Do what the button says with the draft that is saved now."""
    for problem in problems:
        messages.warning(request, _("In the text: %(problem)s.") % {"problem": problem})
    at = timezone.now()
    if act in ("publish", "schedule") and not form.cleaned_data["title"].strip():
        form.add_error("title", _("A post needs a headline before it can be published. The draft is saved."))
        return _form(request, form, row, status=422, version=editing.draft_of(row).version)
    try:
        if act == "publish":
            out = publishing.publish(editing.freeze(row, by=request.user, at=at), by=request.user, at=at)
            messages.success(request, _("Published at %(path)s") % {"path": out.path})
        elif act == "schedule":
            return _schedule(request, form, row)
        elif act == "save":
            messages.success(request, _("Saved."))
    except AddressError as error:
        form.add_error("slug", str(error))
        return _form(request, form, row, status=422, version=editing.draft_of(row).version)
    return redirect("desk_post", row.public_id)


def _schedule(request: StaffRequest, form: PostForm, row: Post) -> HttpResponse:
    at, publish_at = timezone.now(), form.cleaned_data["publish_at"]
    if slug_from(form.cleaned_data["slug"] or form.cleaned_data["title"]) in RESERVED and not row.path:
        form.add_error("slug", _("This is an address of the site itself. Choose another. The draft is saved."))
        return _form(request, form, row, status=422, version=editing.draft_of(row).version)
    if publish_at is None or publish_at <= at:
        form.add_error("publish_at", _("Give a time that is still to come. The draft is saved."))
        return _form(request, form, row, status=422, version=editing.draft_of(row).version)
    publishing.schedule(editing.freeze(row, by=request.user, at=at), publish_at, by=request.user, at=at)
    messages.success(request, _("Scheduled."))
    return redirect("desk_post", row.public_id)


def _take_back(request: StaffRequest, row: Post, act: str) -> None:
    """Take down what is out, or the schedule, whatever is wrong with the form; what was typed is saved after it."""
    getattr(publishing, act)(row, by=request.user, at=timezone.now())
    messages.success(
        request, _("Taken down. The draft is kept.") if act == "unpublish" else _("The schedule is taken back.")
    )


def _form(request: StaffRequest, form: PostForm, row: Post | None, *, status: int = 200, **more: Any) -> HttpResponse:
    draft = editing.draft_of(row) if row else None
    page = {
        "form": form,
        "post": row,
        "draft": draft,
        "version": more.pop("version", None) or (form["version"].value() or 0),
        "is_out": bool(row and row.status == Status.PUBLISHED),
        "scheduled_for": scheduled_for(row) if row else None,
        "may_publish": may_act(request.user, "publish"),
        "tiers": Tier.objects.all(),
        "lacks_cut": bool(draft and draft.visibility != "public" and not has_cut(Document.load(draft.document))),
    }
    return render(request, "desk/post.html", page | more, status=status)
