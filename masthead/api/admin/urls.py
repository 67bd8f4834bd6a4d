"""Addresses of the Admin API, below /ghost/api/admin/."""

from django.urls import URLPattern, path

from masthead.api.admin.views import members, membership, posts, site, tags, uploads


def _of_posts(kind: str) -> list[URLPattern]:
    given = {"kind": kind}
    return [
        path(f"{kind}s/", posts.of_kind, given, name=f"admin_{kind}s"),
        path(f"{kind}s/slug/<str:post_slug>/", posts.by_slug, given, name=f"admin_{kind}_by_slug"),
        path(f"{kind}s/<str:shown_id>/", posts.by_id, given, name=f"admin_{kind}"),
    ]


urlpatterns = [
    path("site/", site.site, name="admin_site"),
    path("config/", site.config, name="admin_config"),
    path("settings/", site.all_settings, name="admin_settings"),
    *_of_posts("post"),
    *_of_posts("page"),
    path("tags/", tags.of_tags, name="admin_tags"),
    path("tags/slug/<slug:slug>/", tags.by_slug, name="admin_tag_by_slug"),
    path("tags/<str:shown_id>/", tags.by_id, name="admin_tag"),
    path("images/upload/", uploads.upload_image, name="admin_images"),
    path("media/upload/", uploads.upload_media, name="admin_media"),
    path("files/upload/", uploads.upload_file, name="admin_files"),
    path("members/", members.of_members, name="admin_members"),
    path("members/<str:shown_id>/", members.by_id, name="admin_member"),
    path("labels/", membership.all_labels, name="admin_labels"),
    path("newsletters/", membership.all_newsletters, name="admin_newsletters"),
    path("tiers/", membership.all_tiers, name="admin_tiers"),
    path("offers/", membership.all_offers, name="admin_offers"),
    path("users/", membership.all_users, name="admin_users"),
    path("users/slug/<slug:slug>/", membership.one_user_by_slug, name="admin_user_by_slug"),
    path("users/<str:shown_id>/", membership.one_user, name="admin_user"),
]
