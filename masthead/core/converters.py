"""Parts of paths that routes take."""

from django.urls.converters import IntConverter


class PageNumber(IntConverter):
    """A number of a page or a year; what has more than six digits is no address of ours."""

    regex = "[0-9]{1,6}"
