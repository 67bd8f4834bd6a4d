"""Addresses of the Content API, below /ghost/api/content/."""

from django.urls import URLPattern, path

from masthead.api.content.views import membership, named, posts, site


def _of_posts(kind: str) -> list[URLPattern]:
    given = {"kind": kind}
    return [
        path(f"{kind}s/", posts.browse, given, name=f"content_{kind}s"),
        path(f"{kind}s/slug/<str:post_slug>/", posts.by_slug, given, name=f"content_{kind}_by_slug"),
        path(f"{kind}s/<str:shown_id>/", posts.by_id, given, name=f"content_{kind}"),
    ]


def _of_named(sort: str) -> list[URLPattern]:
    given = {"sort": sort}
    return [
        path(f"{sort}s/", named.browse, given, name=f"content_{sort}s"),
        path(f"{sort}s/slug/<slug:slug>/", named.by_slug, given, name=f"content_{sort}_by_slug"),
        path(f"{sort}s/<str:shown_id>/", named.by_id, given, name=f"content_{sort}"),
    ]


urlpatterns = [
    *_of_posts("post"),
    *_of_posts("page"),
    *_of_named("tag"),
    *_of_named("author"),
    path("tiers/", membership.tiers, name="content_tiers"),
    path("newsletters/", membership.newsletters, name="content_newsletters"),
    path("offers/<str:shown_id>/", membership.offer, name="content_offer"),
    path("recommendations/", membership.recommendations, name="content_recommendations"),
    path("settings/", site.settings, name="content_settings"),
    path("search-index/posts/", site.indexed_posts, name="content_indexed_posts"),
    path("search-index/tags/", site.indexed_tags, name="content_indexed_tags"),
    path("search-index/authors/", site.indexed_authors, name="content_indexed_authors"),
]
