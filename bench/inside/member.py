"""Make a paying member who is signed in, and print the session's cookie."""

import json

import django


def main() -> None:
    """Make the member and a session."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    from bench.inside.people import paying_member

    client = Client()
    client.force_login(paying_member())
    name = settings.SESSION_COOKIE_NAME
    print(json.dumps({"name": name, "value": client.cookies[name].value}))


if __name__ == "__main__":
    main()
