"""Every address that Masthead answers; the site's catch-all stands last."""

from django.urls import include, path, register_converter

from masthead.core.converters import PageNumber

register_converter(PageNumber, "number")

urlpatterns = [
    path("", include("masthead.members.urls")),
    path("", include("masthead.billing.urls")),
    path("", include("masthead.newsletters.urls")),
    path("desk/", include("masthead.desk.urls")),
    path("ghost/api/", include("masthead.api.urls")),
    path("", include("masthead.ops.urls")),
    path("", include("masthead.site.urls")),
]

handler404 = "masthead.site.views.errors.not_found"
handler403 = "masthead.site.views.errors.refused"
handler500 = "masthead.site.views.errors.broken"
