"""Addresses of the doors for machines."""

from django.urls import path

from masthead.site.doors import feeds, sitemaps, texts

FEEDS = (("rss/", "rss"), ("atom.xml", "atom"), ("feed.json", "json"))

urlpatterns = [
    *(path(end, feeds.site_feed, {"kind": kind}, name=f"feed_{kind}") for end, kind in FEEDS),
    *(path(f"tag/<slug:slug>/{end}", feeds.tag_feed, {"kind": kind}, name=f"tag_feed_{kind}") for end, kind in FEEDS),
    *(
        path(f"author/<slug:slug>/{end}", feeds.author_feed, {"kind": kind}, name=f"author_feed_{kind}")
        for end, kind in FEEDS
    ),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/posts-<number:number>.xml", sitemaps.posts, name="sitemap_posts"),
    path("sitemaps/tags.xml", sitemaps.tags, name="sitemap_tags"),
    path("sitemaps/authors.xml", sitemaps.authors, name="sitemap_authors"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("robots.txt", texts.robots, name="robots"),
    path(".well-known/security.txt", texts.security, name="security"),
]
