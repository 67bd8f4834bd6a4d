"""Folders as Jekyll, Hugo and Eleventy write them: every field that the three have arrives."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from masthead.access.reader import STAFF
from masthead.content.models import Media, Post
from masthead.content.reading import read_one
from tests.cast import Cast, client_of
from tests.importers.bringing import bring_in, picture, post_from, write

LISBON = ZoneInfo("Europe/Lisbon")

JEKYLL = """---
layout: post
title:  "Harbour closes: at noon"
date:   2026-07-03 08:15:00 +0100
description: Fog again.
categories: [World]
author: Inês Okafor
image: /assets/quay.png
slug: harbour-closes
---

The **harbour** closes.

![The quay](quay.png "On Monday | Photo: A. Writer")

<!--more-->

Ships wait.
"""
HUGO_YAML = """---
title: Harbour closes
date: 2026-07-03T08:15:00+01:00
lastmod: 2026-07-04T09:00:00+01:00
slug: harbour-closes
tags: [World, Ships]
authors:
  - name: Inês Okafor
  - name: Tom Reyes
summary: Fog again.
cover:
  image: quay.png
draft: false
---

The **harbour** closes.

![The quay](quay.png)

<!--more-->

Ships wait.
"""
HUGO_TOML = """+++
title = "Harbour closes"
date = 2026-07-03T08:15:00+01:00
slug = "harbour-closes"
tags = ["World", "Ships"]
authors = ["Inês Okafor", "Tom Reyes"]
description = "Fog again."
images = ["quay.png", "other.png"]
draft = false
+++

The **harbour** closes.

![The quay](quay.png)

<!--more-->

Ships wait.
"""
ELEVENTY = """---
layout: layouts/post.njk
title: Harbour closes
date: 2026-07-03T07:15:00Z
slug: harbour-closes
tags:
  - World
  - Ships
authors: Inês Okafor, Tom Reyes
description: Fog again.
image: ./quay.png
eleventyNavigation:
  key: x
---

The **harbour** closes.

![The quay](./quay.png)

<!-- more -->

Ships wait.
"""
HUGO_JSON = """{
  "title": "Harbour closes",
  "date": "2026-07-03T08:15:00+01:00",
  "slug": "harbour-closes",
  "tags": ["World", "Ships"],
  "authors": ["Inês Okafor", "Tom Reyes"],
  "description": "Fog again.",
  "image": "quay.png"
}

The **harbour** closes.

![The quay](quay.png)

<!--more-->

Ships wait.
"""
FOLDERS = {
    "jekyll": {"_posts/2026-07-03-harbour.md": JEKYLL, "assets/quay.png": picture(), "_posts/quay.png": picture()},
    "hugo, yaml, a bundle": {"content/posts/harbour/index.md": HUGO_YAML, "content/posts/harbour/quay.png": picture()},
    "hugo, toml": {"content/posts/harbour.md": HUGO_TOML, "content/posts/quay.png": picture()},
    "hugo, json": {"content/posts/harbour.md": HUGO_JSON, "content/posts/quay.png": picture()},
    "eleventy": {"src/posts/harbour.md": ELEVENTY, "src/posts/quay.png": picture()},
}


@pytest.mark.parametrize("name", FOLDERS)
def test_every_field_of_a_generators_post_arrives(name: str, cast: Cast, tmp_path: Path) -> None:
    run = bring_in(write(tmp_path, FOLDERS[name]))
    assert (run.code, run.report, run.out.splitlines()[-1]) == (0, "", "1 created")
    post = Post.objects.get()
    reading = read_one(post, STAFF)
    assert reading.title.startswith("Harbour closes")
    assert (reading.path, reading.standfirst, reading.visibility) == ("/harbour-closes/", "Fog again.", "public")
    assert reading.published_at == datetime(2026, 7, 3, 8, 15, tzinfo=LISBON)
    assert [tag.name for tag in reading.tags][:1] == ["World"]
    assert [author.name for author in reading.authors][:1] == ["Inês Okafor"]
    assert reading.tags[0] == cast.section and reading.authors[0] == cast.writer
    assert reading.lead is not None and reading.lead.token == Media.objects.get().token
    if name != "jekyll":
        assert [tag.name for tag in reading.tags] == ["World", "Ships"]
        assert [author.name for author in reading.authors] == ["Inês Okafor", "Tom Reyes"]


@pytest.mark.parametrize("name", FOLDERS)
def test_the_text_arrives_with_its_picture_and_is_cut_when_it_is_gated(name: str, cast: Cast, tmp_path: Path) -> None:
    gated = {
        path: text.replace("slug", "visibility: paid\nslug", 1)
        if isinstance(text, str) and text.startswith("---")
        else text.replace('slug = "', 'visibility = "paid"\nslug = "').replace(
            '  "slug"', '  "visibility": "paid",\n  "slug"'
        )
        if isinstance(text, str)
        else text
        for path, text in FOLDERS[name].items()
    }
    assert bring_in(write(tmp_path, gated)).code == 0
    for reader, may in ((None, False), (cast.paid, True)):
        page = client_of(reader).get("/harbour-closes/").content.decode()
        assert "<strong>harbour</strong>" in page and 'alt="The quay"' in page
        assert ("Ships wait." in page) is may


def test_a_change_after_the_first_day_is_shown_as_an_update(cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, FOLDERS["hugo, yaml, a bundle"]))
    assert Post.objects.get().updated_at == datetime(2026, 7, 4, 9, tzinfo=LISBON)


def test_caption_and_credit_of_a_picture_stand_under_it(cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, FOLDERS["jekyll"]))
    page = client_of(None).get("/harbour-closes/").content.decode()
    assert '<span class="caption">On Monday</span> <span class="credit">Photo: A. Writer</span>' in page


def test_our_own_fields_arrive(cast: Cast, tmp_path: Path) -> None:
    text = """---
TITLE: Ours
standfirst: Below the headline.
visibility: Tiers
tiers: [gold, paid]
featured: true
language: pt
image: quay.png
image_alt: A quay
image_caption: On Monday
image_credit: A. Writer
---
OPEN

<!--more-->

GATED
"""
    run = bring_in(write(tmp_path, {"ours.md": text, "quay.png": picture()}))
    assert run.report == ""
    post = post_from("ours.md")
    reading = read_one(post, STAFF)
    assert reading.visibility == "tiers" and set(reading.tier_ids) == {tier.pk for tier in cast.tiers.values()}
    assert reading.is_featured and reading.language == "pt" and reading.lead is not None
    assert (reading.lead.alt, reading.lead.caption, reading.lead.credit) == ("A quay", "On Monday", "A. Writer")
    for name, may in (("gold", True), ("paid", True), ("free", False)):
        assert ("GATED" in client_of(cast.members[name]).get(post.path).content.decode()) is may
