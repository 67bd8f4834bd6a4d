"""Addresses: each post, page, tag and author stands exactly where it stood (routes.yaml), and redirects lead on."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from masthead.content.addresses import is_path
from masthead.content.models import Post, Redirect
from masthead.core.models import Publication
from masthead.importers.ghost.nql import NqlError, filter_of
from masthead.importers.ghost.opening import ExportError
from masthead.importers.ghost.patterns import PatternError, is_plain, to_re2, to_target
from masthead.importers.ghost.routes import read_routes
from tests.importers.bringing import write
from tests.importers.ghost.bringing import bring_in, post_of
from tests.importers.ghost.exports import Export

ROUTES = """
routes:
  /team/:
    data: page.people
  /deals/:
    controller: channel
    filter: tag:deals
  /hello/: hello-template
collections:
  /podcast/:
    permalink: /podcast/{slug}/
    filter: primary_tag:podcast
  /notes/:
    permalink: /{primary_author}/{year}/{slug}/
    filter: tag:[note,notice]+featured:false
  /:
    permalink: /{primary_tag}/{year}/{month}/{day}/{slug}/
taxonomies:
  tag: /topic/{slug}/
  author: /writer/{slug}/
"""


DATED = "collections:\n  /: {permalink: '/{year}/{month}/{slug}/'}\n"


def site() -> Export:
    """A paper whose posts belong to three collections."""
    export = Export()
    export.settings(title="Paper", timezone="Asia/Tokyo")
    ana = export.user("ana", role="Owner")
    tags = {name: export.tag(name) for name in ("Podcast", "Note", "Sea", "#desk")}
    export.post("episode", tags=[tags["Podcast"], tags["Note"]], authors=[ana])
    export.post("jotting", tags=[tags["Sea"], tags["Note"]], authors=[ana])
    export.post("shouting", tags=[tags["Sea"], tags["Note"]], authors=[ana], featured=1)
    export.post("late", tags=[tags["#desk"], tags["Sea"]], authors=[ana], published_at="2020-05-31 16:00:00")
    export.post("people", type="page", authors=[ana])
    export.post("about", type="page", authors=[ana], tags=[tags["Podcast"]])
    return export


@pytest.mark.django_db
def test_each_post_stands_exactly_where_routes_put_it(tmp_path: Path) -> None:
    write(tmp_path, {"routes.yaml": ROUTES})
    said = bring_in(site(), tmp_path, "--routes", tmp_path / "routes.yaml")
    there = [
        "/podcast/episode/",
        "/ana/2020/jotting/",
        "/sea/2020/05/17/shouting/",
        "/all/2020/06/01/late/",  # its first tag is internal, and in Tokyo it is June already
        "/team/",
        "/about/",
        "/topic/sea/",
        "/writer/ana/",
    ]
    for path in there:
        assert Client().get(path).status_code == 200, path
    assert "10 of 10 public addresses" in said.out
    assert Client().get("/people/").headers["Location"] == "/team/"
    assert Publication.current().permalink == "/{primary_tag}/{year}/{month}/{day}/{slug}/"
    assert said.says("routes.yaml", "/deals/", "channel") and said.says("routes.yaml", "/hello/", "template")


@pytest.mark.django_db
def test_a_list_whose_address_is_the_sites_own_keeps_the_usual_one_and_is_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "r.yaml": "taxonomies:\n  tag: /desk/{slug}/\n  author: /{slug}/\ncollections:\n  /: {permalink: '/search/{slug}/'}\n"
        },
    )
    export = site()
    export.post("ana")
    for _ in range(2):
        said = bring_in(export, tmp_path, "--routes", tmp_path / "r.yaml")
        assert Client().get("/tag/sea/").status_code == 200 and Client().get("/ana/").status_code == 200
    said = bring_in(export, tmp_path, "--routes", tmp_path / "r.yaml", "--overwrite")
    assert said.says("tags row 3", "/desk/sea/") and said.says("routes.yaml", "new posts cannot follow")
    assert Publication.current().permalink == "/{slug}/" and b"Ana" in Client().get("/ana/").content
    bring_in(export, tmp_path)
    assert (
        Client().get("/author/ana/").status_code == 200 and Client().get("/ana/").headers["Location"] == "/author/ana/"
    )


@pytest.mark.django_db
def test_without_routes_a_post_stands_at_its_slug(tmp_path: Path) -> None:
    bring_in(site(), tmp_path)
    for path in ("/episode/", "/late/", "/people/", "/tag/sea/", "/author/ana/"):
        assert Client().get(path).status_code == 200, path


@pytest.mark.parametrize("text", ["routes: 5\ncollections: x", "collections:\n  /: {permalink: /:slug/}"])
def test_routes_that_say_nothing_leave_the_usual_ones(tmp_path: Path, text: str) -> None:
    path = tmp_path / "routes.yaml"
    path.write_text(text)
    assert read_routes(path).main == "/{slug}/"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "- a", "a: [", "\0", "&a [*a]", "id,email\n1,a@b.example"])
def test_a_file_that_is_no_routes_stops_the_import_before_anything_moves(tmp_path: Path, text: str) -> None:
    path = tmp_path / "routes.yaml"
    path.write_text(text)
    said = bring_in(site(), tmp_path, "--routes", path)
    assert said.code == 2 and "routes.yaml" in said.report and "Download it anew" in said.report
    assert not Post.objects.exists()


@pytest.mark.django_db
def test_a_second_run_that_forgets_the_routes_is_refused_and_moves_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"dated.yaml": DATED, "usual.yaml": "collections:\n  /: {permalink: '/{slug}/'}\n"})
    export = site()
    bring_in(export, tmp_path, "--routes", tmp_path / "dated.yaml")
    row = export.tables["posts"][0]
    before = post_of(row["id"]).path
    said = bring_in(export, tmp_path)
    assert said.code == 2 and "--routes" in said.report
    assert post_of(row["id"]).path == before != f"/{row['slug']}/"
    assert bring_in(export, tmp_path, "--routes", tmp_path / "usual.yaml").code == 0
    assert post_of(row["id"]).path == f"/{row['slug']}/"


@pytest.mark.django_db
def test_a_collection_with_a_filter_we_do_not_know_is_reported(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "r.yaml": "collections:\n  /x/: {permalink: '/x/{slug}/', filter: 'count.posts:>5'}\n  /: {permalink: '/{id}/'}\n"
        },
    )
    export = site()
    said = bring_in(export, tmp_path, "--routes", tmp_path / "r.yaml")
    row = export.tables["posts"][0]
    assert said.says("routes.yaml", "/x/", "count.posts") and post_of(row["id"]).path == f"/{row['id']}/"


@pytest.mark.django_db
def test_no_address_of_an_export_leads_browsers_elsewhere(tmp_path: Path) -> None:
    """`/\\host/` is a link to another site; an id or the slug of a tag may be anything (check 89)."""
    routes = (
        "routes:\n  /\\evil.example/: {data: post.third}\ncollections:\n  /: {permalink: '/{primary_tag}/{slug}/'}\n"
    )
    write(tmp_path, {"r.yaml": routes, "i.yaml": "collections:\n  /: {permalink: '/{id}/'}\n"})
    export = site()
    tag = export.tag("Bad", slug="\\evil.example")
    export.post("first", tags=[tag])
    export.add("posts", **export.tables["posts"][-1] | {"id": "\\evil.example/a?b#c", "slug": "***", "title": "***"})
    export.post("..", tags=[tag])
    export.post("third", title="Third")
    runs: list[list[str | Path]] = [
        [],
        ["--routes", tmp_path / "r.yaml"],
        ["--routes", tmp_path / "i.yaml", "--overwrite"],
    ]
    for flags in runs:
        said = bring_in(export, tmp_path, *flags)
        assert Post.objects.live(timezone.now()).count() == 10
        assert [path for path in Post.objects.values_list("path", flat=True) if not is_path(path)] == []
        for page in ("/", "/archive/", "/sitemaps/posts-1.xml"):
            text = Client().get(page).content.decode()
            assert "\\evil" not in text and "%5Cevil" not in text and "/../" not in text, (page, flags)
    assert said.says("/\\evil.example/a?b#c/", "is no address")


def test_routes_and_redirects_that_would_unfold_into_a_bomb_are_not_read(tmp_path: Path) -> None:
    """Check 87: a few lines whose text would be gigabytes."""
    folds = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    bomb = f"a0: &a0 [x]\n{folds}collections:\n  /: {{permalink: *a11}}\n"
    write(tmp_path, {"r.yaml": bomb})
    with pytest.raises(ExportError, match="aliases"):
        read_routes(tmp_path / "r.yaml")


FACTS = {
    "tag": frozenset({"sea", "note"}),
    "primary_tag": frozenset({"sea"}),
    "author": frozenset({"ana"}),
    "featured": frozenset({"true"}),
    "page": frozenset({"false"}),
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("tag:sea", True),
        ("tag:land", False),
        ("tag:-sea", False),
        ("tag:-land", True),
        ("tag:[land,note]", True),
        ("tag:-[land,note]", False),
        ("tags.slug:'sea'+author:ana", True),
        ("tag:land,featured:true", True),
        ("tag:land+featured:true,author:ana", True),
        ("tag:land+(featured:true,author:ana)", False),
        ("primary_tag:sea + page:false", True),
        ("primary_author:null", True),
        ("tag:null", False),
        ("tag:-null", True),
        ("author:-ana", False),
    ],
)
def test_filters_are_read_as_ghost_reads_them(text: str, holds: bool) -> None:
    assert filter_of(text)(FACTS) is holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tag",
        "tag:",
        ":sea",
        "(tag:sea",
        "tag:sea)",
        "count.posts:>5",
        "tag:sea+",
        "tag:~'x'",
        "(" * 50 + "tag:a",
        "tag:>5",
    ],
)
def test_filters_that_we_do_not_understand_are_refused(text: str) -> None:
    with pytest.raises(NqlError):
        filter_of(text)


@pytest.mark.django_db
def test_redirects_lead_on_and_those_we_cannot_say_are_named(tmp_path: Path) -> None:
    rules = [
        {"from": "/old/", "to": "/about/", "permanent": True},
        {"from": "/old", "to": "/elsewhere/"},
        {"from": "^/blog/(.*)$", "to": "/$1", "permanent": False},
        {"from": "/^\\/CASE\\/(\\d+)/i", "to": "https://else.example/$1/"},
        {"from": "^/(?!keep)(.*)/gone$", "to": "/x/"},
        {"from": "/feed.xml", "to": "/rss/"},
        {"from": "/bad/", "to": "javascript:alert(1)"},
        {"from": "/slash", "to": "__GHOST_URL__/about/"},
        "nonsense",
    ]
    write(tmp_path, {"redirects.json": json.dumps(rules)})
    said = bring_in(site(), tmp_path, "--redirects", tmp_path / "redirects.json")
    answers = {
        "/old/": (301, "/about/"),
        "/blog/about/": (302, "/about/"),
        "/case/17/": (302, "https://else.example/17/"),
        "/feed.xml": (302, "/rss/"),
        "/slash/?a=b": (302, "/about/?a=b"),
    }
    for path, (status, target) in answers.items():
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["Location"]) == (status, target), path
    assert said.code == 1 and said.says("redirects row 5", "(?!") and said.says("redirects row 7", "javascript")
    kept = Redirect.objects.count()
    again = bring_in(site(), tmp_path, "--redirects", tmp_path / "redirects.json")
    assert Redirect.objects.count() == kept and f"{kept} redirects unchanged" in again.out


@pytest.mark.django_db
def test_redirects_of_yaml_come_in_too(tmp_path: Path) -> None:
    write(tmp_path, {"redirects.yaml": "301:\n  /a: /about/\n302:\n  ^/b/(\\w+)/?$: /$1/\n410:\n  /c: /d\n"})
    said = bring_in(site(), tmp_path, "--redirects", tmp_path / "redirects.yaml")
    assert Client().get("/a/").status_code == 301 and Client().get("/b/about/").headers["Location"] == "/about/"
    assert said.says("redirects.yaml", "410")


@pytest.mark.parametrize("text", ["[", "{", "\0", '"x"', "5", "null", "[1, null, []]", '[{"from": 5, "to": {}}]'])
@pytest.mark.django_db
def test_redirects_that_cannot_be_read_stop_nothing_else(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"redirects.json": text})
    assert "1 pages created" not in bring_in(site(), tmp_path, "--redirects", tmp_path / "redirects.json").out
    assert Client().get("/about/").status_code == 200


def test_patterns_are_said_in_our_words_or_refused() -> None:
    assert (
        is_plain("/feed.xml")
        and is_plain("/old/")
        and not is_plain("/old/i")
        and not is_plain("/a/.*")
        and not is_plain("old")
    )
    assert to_re2("^/a/(?<name>\\w+)/") == r"^/a/(?P<name>\w+)/?$" and to_target("/x/$1/$$/\\") == "/x/\\1/$/\\\\"
    assert to_re2("/^\\/Old$/i") == "(?i)^/Old$"
    for refused in ("(?=a)", "(?<!a)b", r"(a)\1", "(", "a{5000}", "x" * 600, r"\k<n>"):
        with pytest.raises(PatternError):
            to_re2(refused)
