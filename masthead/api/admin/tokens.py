"""Whose token a request carries: the only thing by which the Admin API lets anybody in."""

from datetime import datetime

from django.http import HttpRequest

from masthead.api.admin.limits import count_request, count_wrong, refuse_guessing
from masthead.api.errors import NoKey, UnknownKey
from masthead.core.ghost_token import TokenError, check_token, token_key_id
from masthead.members.keys import admin_secret, note_use
from masthead.members.limits import network_of
from masthead.members.models import ApiKey
from masthead.members.models.api_key import KeyKind

SCHEME = "Ghost"
FORM = 'Send "Authorization: Ghost TOKEN", with a token made of an admin key; keys are made at the desk, under Keys.'


def key_of(request: HttpRequest, *, at: datetime) -> ApiKey:
    """Return the working admin key whose token the request carries.

    Raises NoKey without one, UnknownKey for any other, TooOften for too many. Cookies are not looked at.
    """
    given = request.headers.get("Authorization", "")
    if not given:
        raise NoKey("Authorization failed.", FORM)
    network = network_of(request.META.get("REMOTE_ADDR"))
    refuse_guessing(network)
    try:
        key = _key(given, at)
    except UnknownKey:
        count_wrong(network)
        raise
    count_request(key.public_id)
    note_use(key, at=at)
    return key


def _key(given: str, at: datetime) -> ApiKey:
    scheme, _, token = given.partition(" ")
    if scheme.lower() != SCHEME.lower() or not token:
        raise UnknownKey("The Authorization header is not of the right form.", FORM, code="INVALID_AUTH_HEADER")
    try:
        key = _named(token_key_id(token))
        check_token(token, admin_secret(key), at=at)
    except TokenError as error:
        raise UnknownKey("Invalid token", str(error), code="INVALID_JWT") from error
    return key


def _named(key_id: str) -> ApiKey:
    key = ApiKey.objects.working().filter(kind=KeyKind.ADMIN, public_id=key_id).first()
    if key is None:
        context = "It may have been revoked. Make a new one at the desk, under Keys."
        raise UnknownKey("Unknown Admin API Key", context, code="UNKNOWN_ADMIN_API_KEY")
    return key
