"""Addresses of the desk; each stands in permissions.py too."""

from django.urls import path

from masthead.desk.views import keys, lists, pictures, posts, preview, settings

urlpatterns = [
    path("", lists.desk, name="desk"),
    path("posts/new/", posts.new, name="desk_new"),
    path("posts/<str:public_id>/", posts.post, name="desk_post"),
    path("posts/<str:public_id>/preview/<slug:persona>/", preview.preview, name="desk_preview"),
    path("settings/", settings.settings, name="desk_settings"),
    path("keys/", keys.keys, name="desk_keys"),
    path("keys/<str:public_id>/", keys.key, name="desk_key"),
    path("pictures/", pictures.picture, name="desk_picture"),
]
