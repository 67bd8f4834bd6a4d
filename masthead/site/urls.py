"""Addresses that readers see; the catch-all for posts stands last."""

from django.urls import include, path, re_path

from masthead.site.views import account, files, former, front, lists, me, media, posts, search

urlpatterns = [
    path("", front.front, name="front"),
    path("", include("masthead.site.doors.urls")),
    path("search/", search.search, name="search"),
    path("account/", account.account, name="account"),
    path("account/me.json", me.me, name="me"),
    path("archive/", lists.archive, name="archive"),
    path("archive/<number:year>/<number:month>/", lists.month, name="month"),
    path("archive/<number:year>/<number:month>/page/<number:number>/", lists.month, name="month_page"),
    path("tag/<slug:slug>/", lists.tag, name="tag"),
    path("tag/<slug:slug>/page/<number:number>/", lists.tag, name="tag_page"),
    path("author/<slug:slug>/", lists.author, name="author"),
    path("author/<slug:slug>/page/<number:number>/", lists.author, name="author_page"),
    re_path(r"^files/(?P<token>[A-Za-z0-9_-]{16,64})/(?P<name>[^/\x00]+)$", files.file, name="file"),
    re_path(r"^media/accent/(?P<colour>[0-9a-f]{6})\.css$", media.accent, name="accent"),
    path("page/<number:number>/", former.front_page, name="front_page"),
    path("feed/", former.feed, name="feed_old"),
    path("ghost/", former.desk, name="ghost_desk"),
    re_path(
        r"^media/(?P<token>[A-Za-z0-9_-]{16,64})/(?P<width>[0-9]{1,5})\.(?P<format>avif|webp|jpeg)$",
        media.picture,
        name="picture",
    ),
    re_path(r"^(?P<path>[^\\\x00]+)$", posts.by_address, name="by_address"),
]
