"""What a tool asks first: which site this is, and which version of the API it speaks."""

from typing import Any

from masthead.api.admin.call import Call
from masthead.api.admin.door import door
from masthead.api.content.shapes.settings import told_settings

OF_SITE = ("title", "description", "logo", "icon", "cover_image", "accent_color", "locale", "url", "version")
CONFIG = {"version": "6.0", "environment": "production", "database": "", "mail": "", "labs": {}}


def read(call: Call) -> dict[str, Any]:
    """Tell the site's name and address, as any page of it shows them."""
    told = told_settings(call.publication)
    return {"site": {name: told[name] for name in OF_SITE} | {"allow_external_signup": True}}


def configuration(call: Call) -> dict[str, Any]:
    """Tell the little that tools look for; nothing of the machine is in it."""
    return {"config": CONFIG}


def settings(call: Call) -> dict[str, Any]:
    """Tell the settings, as a list of keys and values."""
    told = told_settings(call.publication)
    return {"settings": [{"key": key, "value": value} for key, value in told.items()], "meta": {}}


site = door(GET=read, is_open=True)
config = door(GET=configuration)
all_settings = door(GET=settings)
