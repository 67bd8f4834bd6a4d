"""A form takes its own fields and no others, whatever is sent with it (check 96)."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models

from masthead.content.models import Draft, Post, Revision, Schedule
from masthead.core.models import Publication
from masthead.desk.forms import PostForm
from masthead.desk.settings_form import SettingsForm
from masthead.members.models import Member
from tests.cast import Cast, client_of
from tests.content.tables import changed_tables, content_tables
from tests.desk.hands import NEW, draft, draft_by, opened, path_of

pytestmark = pytest.mark.usefixtures("_many_fields")
VALUES = {
    models.BooleanField: "on",
    models.DateTimeField: "2020-01-01T00:00:00Z",
    models.CharField: "owner",
    models.JSONField: "[1]",
}


@pytest.fixture
def _many_fields(settings: Any) -> None:
    """Let a form have a field for every column there is, so that the limit of fields does not refuse it first."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000


def every_field(*without: type) -> dict[str, Any]:
    """Return a value for every field of every table, by every name that it has."""
    taken = {name for form in without for name in form.base_fields}  # type: ignore[attr-defined]
    sent = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            value = next((v for kind, v in VALUES.items() if isinstance(field, kind)), "1")
            for name in (
                field.name,
                f"{field.name}_id",
                f"draft-{field.name}",
                f"post.{field.name}",
                f"{field.name}__id",
            ):
                if name not in taken:
                    sent[name] = value
    return sent


def others() -> list[Any]:
    """Everybody's rows that the form must not reach."""
    return [sorted(model.objects.values_list(), key=repr) for model in (Member, Publication)]


def test_a_save_changes_the_drafts_own_words_and_nothing_else(cast: Cast) -> None:
    post = draft_by(cast.author)
    browser = client_of(cast.author)
    form = opened(browser, path_of(post)) | {"title": "New title"}
    before, people, row = content_tables(), others(), vars(draft(post)).copy()
    sent = every_field(PostForm)
    assert len(sent) > 300 and {"role", "status", "published_at", "revision_number", "is_active"} <= set(sent)
    assert browser.post(path_of(post), sent | form | {"act": "save"}).status_code == 302
    assert changed_tables(before, content_tables()) == {"Draft"} and others() == people
    after = vars(draft(post))
    assert {name for name in row if row[name] != after[name]} == {"_state", "title", "version", "saved_at"}


def test_a_new_post_is_a_draft_whatever_is_sent(cast: Cast) -> None:
    browser = client_of(cast.contributor)
    people = others()
    form = opened(browser, NEW) | {"title": "New", "act": "save"}
    assert browser.post(NEW, every_field(PostForm) | form).status_code == 302
    post = Post.objects.get()
    assert (post.kind, post.status, post.revision_number, post.published_at) == ("post", "draft", 0, None)
    assert (Draft.objects.count(), Revision.objects.count(), Schedule.objects.count()) == (1, 0, 0)
    assert others() == people


def test_an_administrator_cannot_switch_off_what_is_the_owners(cast: Cast) -> None:
    for member, after in ((cast.administrator, True), (cast.owner, False)):
        browser = client_of(member)
        form = opened(browser, "/desk/settings/")
        form.pop("staff_second_factor", None)
        hostile = dict.fromkeys(("staff_second_factor", "_staff_second_factor"), "")
        assert browser.post("/desk/settings/", every_field(SettingsForm) | hostile | form).status_code == 302
        assert Publication.objects.get().staff_second_factor is after, member.name
        assert Member.objects.filter(role="owner").count() == 1


def test_a_page_shows_no_secret_and_no_other_session(cast: Cast) -> None:
    browser = client_of(cast.owner)
    shown = browser.get("/desk/settings/").content.decode() + browser.get("/desk/").content.decode()
    keys = list(Session.objects.values_list("session_key", flat=True))
    assert keys and not [key for key in keys if key in shown]
    assert "a-secret-for-tests-only" not in shown
