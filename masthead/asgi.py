"""The ASGI entry: Django's WSGI application in a bounded pool of threads (docs/decisions/0004-server-now.md)."""

from typing import Any, cast

from a2wsgi import WSGIMiddleware

from masthead.wsgi import application as wsgi_application

# Read after Django was set up, which importing masthead.wsgi does.
from django.conf import settings  # isort: skip

application = WSGIMiddleware(cast(Any, wsgi_application), workers=settings.CONFIG["server.threads"])
