"""Settings, authors, tags and snippets of Ghost as those of the publication."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from masthead.content.changing import change_publication
from masthead.content.models import Author, Snippet, Tag
from masthead.core.models import Publication
from masthead.importers.models import Counterpart
from masthead.members.models import Member
from tests.importers.ghost.bringing import bring_in
from tests.importers.ghost.exports import Export, lexical, paper

pytestmark = pytest.mark.django_db


def test_the_publication_becomes_what_it_was_at_ghost(tmp_path: Path) -> None:
    export = paper()
    export.settings(accent_color="#F06", twitter="@paper", facebook="paper", meta_title="MT", og_description="OD")
    export.settings(codeinjection_head="<script>track()</script>", default_content_visibility="paid")
    export.settings(
        secondary_navigation=[
            {"label": "Data", "url": "https://x.example/"},
            {"label": "Bad", "url": "javascript:x"},
            5,
        ]
    )
    export.settings(
        members_support_address="desk@paper.example", heading_font="Inter", labs={"a": True}, mailgun_api_key="secret"
    )
    said = bring_in(export, tmp_path)
    paper_now = Publication.current()
    assert (paper_now.name, paper_now.tagline, paper_now.language, paper_now.time_zone) == (
        "The Old Paper", "News of the harbour", "pt", "Europe/Lisbon",
    )  # fmt: skip
    assert (paper_now.accent_colour, paper_now.default_visibility, paper_now.contact) == (
        "#ff0066",
        "paid",
        "desk@paper.example",
    )
    assert paper_now.accounts == {"twitter": "@paper", "facebook": "paper"}
    menu = [(item["label"], item["address"]) for item in paper_now.navigation]
    assert menu == [("Home", "/"), ("About", "/about/"), ("Join", "/sign-up/")]
    assert paper_now.second_navigation == [{"label": "Data", "address": "https://x.example/"}] and said.says(
        "settings", "Bad"
    )
    assert paper_now.extras == {"meta_title": "MT", "og_description": "OD", "head_code": "<script>track()</script>"}
    assert not paper_now.runs_custom_code and said.says("settings", "code for the head")
    left = Counterpart.objects.get(kind="settings").facts["left"]
    assert left == {"heading_font": "Inter", "labs": {"a": True}} and said.says("settings", "heading_font, labs")
    assert "secret" not in said.report + said.out


def test_what_the_desk_changed_in_the_settings_stays_and_the_rest_follows(tmp_path: Path) -> None:
    export = paper()
    bring_in(export, tmp_path)
    change_publication({"name": "Ours"}, by=None, at=timezone.now())
    for row in export.tables["settings"]:
        if row["key"] in ("title", "description"):
            row["value"] = f"New {row['key']}"
    bring_in(export, tmp_path)
    assert (Publication.current().name, Publication.current().tagline) == ("Ours", "New description")
    bring_in(export, tmp_path, "--overwrite")
    assert Publication.current().name == "New title"


def test_a_rehearsal_is_marked_and_stays_one_until_the_desk_ends_it(tmp_path: Path) -> None:
    bring_in(paper(), tmp_path, "--rehearse")
    assert Publication.current().is_rehearsal
    said = bring_in(paper(), tmp_path)
    assert Publication.current().is_rehearsal and said.says("the publication", "rehearsal")


def test_a_rehearsal_that_was_ended_does_not_begin_again_with_the_same_command(tmp_path: Path) -> None:
    bring_in(paper(), tmp_path, "--rehearse")
    assert bring_in(paper(), tmp_path, "--rehearse").code == 0
    change_publication({"is_rehearsal": False}, by=None, at=timezone.now())
    said = bring_in(paper(), tmp_path, "--rehearse")
    assert said.code == 2 and "Leave out --rehearse" in said.report and not Publication.current().is_rehearsal
    assert bring_in(paper(), tmp_path).code == 0


def test_staff_of_ghost_become_bylines_and_nobody_gets_a_login_or_a_role(tmp_path: Path) -> None:
    Member.objects.create_user("rui-writer@ghost.example", name="Rui, a reader")
    export = paper()
    export.user(
        "eva",
        role="Administrator",
        bio="Bio",
        website="https://eva.example",
        location="Porto",
        twitter="@eva",
        meta_title="MT",
    )
    said = bring_in(export, tmp_path)
    assert said.code == 0 and Author.objects.count() == 3
    assert not Author.objects.exclude(member=None).exists() and not Member.objects.exclude(role="").exists()
    assert Member.objects.count() == 1
    eva = Author.objects.get(slug="eva")
    assert (eva.name, eva.bio) == ("Eva", "Bio")
    assert eva.extras == {
        "website": "https://eva.example",
        "location": "Porto",
        "accounts": {"twitter": "@eva"},
        "meta_title": "MT",
    }
    facts = Counterpart.objects.get(kind="user", object_id=eva.pk).facts
    assert (facts["email"], facts["roles"]) == ("eva@ghost.example", ["Administrator"]) and "$2a$10$" not in str(facts)
    assert Client().get("/author/eva/").status_code == 200


def test_tags_keep_what_they_say_of_themselves(tmp_path: Path) -> None:
    export = Export()
    export.tag("Sea", description="Of ships", accent_color="#0af", meta_title="MT", canonical_url="__GHOST_URL__/sea/")
    export.tag("#desk", accent_color="sea green")
    export.add("tags", name="No slug")
    export.add("tags", name="Twice", slug="sea")
    said = bring_in(export, tmp_path)
    sea = Tag.objects.get(slug="sea")
    assert (sea.name, sea.description, sea.extras["accent_colour"], sea.extras["meta_title"]) == (
        "Sea",
        "Of ships",
        "#00aaff",
        "MT",
    )
    assert sea.extras["canonical_url"].endswith("/sea/") and sea.extras["canonical_url"].startswith("http")
    assert Tag.objects.get(slug="hash-desk").is_internal and said.says("tags row 2", "sea green")
    assert Tag.objects.get(name="No slug").slug == "no-slug" and Tag.objects.get(name="Twice").slug == "sea-2"
    assert said.says("tags row 4", "sea-2")
    assert "4 tags unchanged" in bring_in(export, tmp_path).out and Tag.objects.count() == 4


def test_a_tag_of_ours_with_the_same_slug_is_taken_and_keeps_what_it_says(tmp_path: Path) -> None:
    Tag.objects.create(slug="sea", name="Ours", description="")
    export = Export()
    export.tag("Sea", description="Theirs")
    bring_in(export, tmp_path)
    assert [(tag.name, tag.description) for tag in Tag.objects.all()] == [("Ours", "Theirs")]


def test_snippets_come_in_two_of_one_name_as_well(tmp_path: Path) -> None:
    export = Export()
    for words in ("First words", "Second words"):
        export.add("snippets", name="Disclaimer", lexical=lexical(words), mobiledoc=None)
    for _ in range(2):
        bring_in(export, tmp_path)
        assert sorted(one.name for one in Snippet.objects.all()) == ["Disclaimer", "Disclaimer (2)"]
    assert {str(one.document).count("words") for one in Snippet.objects.all()} == {1}
