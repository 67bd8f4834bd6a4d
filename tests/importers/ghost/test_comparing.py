"""The report of an import: what it says is true, and it would say so if something were amiss (seeded faults)."""

import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as all_settings
from django.utils import timezone

from masthead.content.editing import draft_of, save_draft
from masthead.content.models import Post
from masthead.content.publishing import unpublish
from masthead.importers.ghost.words import lost, words_of, words_of_html
from tests.importers.ghost.bringing import bring_in, post_of
from tests.importers.ghost.exports import Export, lexical, paper, paragraph
from tests.stand_ins.ghost import running_ghost

pytestmark = pytest.mark.django_db


def test_the_report_counts_tables_addresses_and_words(tmp_path: Path) -> None:
    export = paper()
    export.add("mentions", source="x")
    said = bring_in(export, tmp_path, "--report", tmp_path / "out" / "report.md", "--rehearse")
    report = (tmp_path / "out" / "report.md").read_text()
    assert report.startswith("# The rehearsal of paper.ghost.json") and "Ghost 5.82.2" in report
    assert "| posts | 6 | 6 |" in report and "| users | 2 | 2 |" in report and "mentions 1" in report
    assert "9 lead where they led at Ghost; 0 do not." in report and "6 texts have every word; 0 do not." in report
    assert "which newsletter each member takes" in report and "9 of 9 public addresses" in said.out
    assert oct((tmp_path / "out" / "report.md").stat().st_mode)[-3:] == "600"


def test_a_lost_word_an_address_that_moved_and_a_post_that_is_not_out_are_named(tmp_path: Path) -> None:
    export = paper()
    rows = {row["slug"]: row for row in export.tables["posts"]}
    bring_in(export, tmp_path)
    shorter = post_of(rows["for-paid"]["id"])
    document = {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Opening of paid."}]}],
    }
    save_draft(shorter, {"document": document}, version=draft_of(shorter).version, by=None, at=timezone.now())
    unpublish(post_of(rows["for-members"]["id"]), by=None, at=timezone.now())
    Post.objects.filter(pk=post_of(rows["about"]["id"]).pk).delete()
    said = bring_in(export, tmp_path, "--report", tmp_path / "report.md")
    report = (tmp_path / "report.md").read_text()
    assert "4 of 5 texts have every word" in said.out and "posts row 3 for-paid: 3 words: of, paid, sealed" in report
    assert "- /for-members/: is not out here" in report and "posts row 6 “About”: was not imported" in report
    assert "7 of 9 public addresses" in said.out


def test_words_in_every_card_are_looked_for_and_their_scaffolding_is_not(tmp_path: Path) -> None:
    export = Export()
    html = (
        '<p>One <strong>bo</strong>ld&nbsp;word</p><div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div>'
        '<div class="kg-callout-text">Called out</div></div><div class="kg-card kg-button-card"><a href="/x/" class="kg-btn">Press</a></div>'
        '<div class="kg-card kg-toggle-card"><h4>Heading</h4><p>Inside</p></div><script>var x</script>'
    )
    cards = [
        paragraph("One bold word"),
        {"type": "callout", "version": 1, "calloutText": "Called out", "calloutEmoji": "💡", "backgroundColor": "blue"},
        {"type": "button", "version": 1, "buttonText": "Press", "alignment": "center", "buttonUrl": "/x/"},
        {"type": "toggle", "version": 1, "heading": "Heading", "content": "<p>Inside</p>"},
    ]
    export.post("cards", html=html, lexical=lexical(*cards))
    export.post("seeded", html="<p>One lost thing</p>", lexical=lexical("One thing"))
    said = bring_in(export, tmp_path)
    assert "1 of 2 texts have every word" in said.out
    assert "posts row 2 seeded: 1 words: lost" in (all_settings.CONFIG.data / "imports" / "ghost-report.md").read_text()


def test_a_card_that_nobody_knows_is_in_the_report_of_every_run(tmp_path: Path) -> None:
    export = Export()
    export.post("odd-card", lexical=lexical("Before.", {"type": "hologram", "version": 1, "beam": "x"}))
    for _ in range(2):
        bring_in(export, tmp_path, "--report", tmp_path / "report.md")
        report = (tmp_path / "report.md").read_text()
        assert "hologram" in report.partition("## Posts that are not quite")[2].partition("\n## ")[0]


def test_a_rehearsal_asks_the_running_site_for_its_addresses(tmp_path: Path, settings: LazySettings) -> None:
    export = Export()
    for slug in ("here", "there", "moved"):
        export.post(slug)
    with running_ghost(files={"/here/": b"<p>Here</p>", "/2020/there/": b"<p>There</p>"}) as ghost:
        settings.FETCH_ALLOW = [ghost.server.pair]
        said = bring_in(export, tmp_path, "--site", ghost.url, "--rehearse", "--report", tmp_path / "report.md")
        assert "1 of 3 addresses that were asked for are at the running site" in said.out
        assert "- /there/: the running site answers 404; is its routes.yaml" in (tmp_path / "report.md").read_text()
        before = len(ghost.asked)
        assert "running site" not in bring_in(export, tmp_path, "--site", ghost.url).out and len(ghost.asked) == before
    said = bring_in(export, tmp_path, "--site", ghost.url, "--rehearse")
    assert "3 of 3 texts" in said.out and "running site" not in said.out


def test_words_count_whatever_their_case_and_where_they_are_broken() -> None:
    assert not lost(words_of_html("<h2>ÉTÉ</h2><p>two<br>lines</p>"), words_of("Été two\nlines"))
    assert lost(words_of("a b b"), words_of("a b")) == {"b": 1} and lost(words_of("gone"), words_of("")) == {"gone": 1}


def test_the_words_of_others_cannot_forge_the_report(tmp_path: Path) -> None:
    export = Export("5.0\n# Forged")
    export.post("x", title="A\n- /forged/: [link](javascript:1) <b>", visibility="`odd`\u202e")
    bring_in(export, tmp_path, "--report", tmp_path / "report.md")
    report = (tmp_path / "report.md").read_text()
    assert "\n# Forged" not in report and "\n- /forged/" not in report and "\u202e" not in report


def test_the_staging_file_is_gone_after_an_import_that_ended_and_kept_where_it_did_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*given: object) -> None:
        raise KeyboardInterrupt

    folder = all_settings.CONFIG.data / "imports"
    export = paper()
    export.post(f"only-here-{tmp_path.name}")
    with monkeypatch.context() as patched:
        patched.setattr("masthead.importers.ghost.posts.put_out", stopped)
        assert bring_in(export, tmp_path).code == 130
    assert len(list(folder.glob("*.sqlite3"))) == 1
    assert bring_in(export, tmp_path).code == 0 and not list(folder.glob("*.sqlite3"))


def test_an_export_that_breaks_in_the_middle_brings_in_what_stands_before(tmp_path: Path) -> None:
    content = json.dumps(json.loads(paper().content())).encode()
    start = content.index(b'"for-tiers"')
    path = tmp_path / "broken.json"
    path.write_bytes(content[:start] + b" broken " + content[start:])
    said = bring_in(path, tmp_path)
    assert said.says("the export", "breaks near", "byte") and "3 posts created" in said.out


def test_posts_that_were_deleted_at_ghost_since_are_named_and_stay(tmp_path: Path) -> None:
    export = paper()
    bring_in(export, tmp_path)
    gone = next(row for row in export.tables["posts"] if row["slug"] == "for-public")
    export.tables["posts"].remove(gone)
    ran = bring_in(export, tmp_path, "--report", tmp_path / "report.md")
    assert "1 posts of an earlier export are not in this one, and stay here" in ran.out
    assert "- /for-public/: is published here" in (tmp_path / "report.md").read_text()
    assert post_of(gone["id"]).status == "published"
    (tmp_path / "broken.json").write_bytes(export.content()[:-400])
    assert "earlier export" not in bring_in(tmp_path / "broken.json", tmp_path).out
