"""Refusals that only the Admin API has."""

from masthead.api.errors import ApiError, Invalid


class Collision(ApiError):
    """Somebody changed it in between; nothing was overwritten."""

    status = 409
    type = "UpdateCollisionError"


class TooLarge(ApiError):
    status = 413
    type = "RequestEntityTooLargeError"


class Unsupported(ApiError):
    """A file, or a body, of a kind that is not taken."""

    status = 415
    type = "UnsupportedMediaTypeError"


class TooOften(ApiError):
    status = 429
    type = "TooManyRequestsError"


class Refused(ApiError):
    """What no key may do, such as changing somebody on the staff."""

    status = 403
    type = "NoPermissionError"


def invalid(resource: str, field: str, context: str) -> Invalid:
    """Make the error for a field that cannot be taken; `context` says what to send instead."""
    return Invalid(f"Validation error, cannot save {resource}.", context, field=field)
