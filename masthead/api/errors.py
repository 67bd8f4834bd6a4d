"""Errors of the API, in the shape that Ghost's clients read."""

import uuid
from typing import Any

from django.http import JsonResponse


class ApiError(Exception):
    """A refusal: what happened, in `message`, and what to do, in `context`."""

    status = 400
    type = "BadRequestError"

    def __init__(self, message: str, context: str = "", *, field: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message, self.context, self.field, self.code = message, context, field, code

    def response(self) -> JsonResponse:
        """Answer the error, which nobody keeps."""
        told: dict[str, Any] = {
            "message": self.message,
            "context": self.context or None,
            "type": self.type,
            "details": None,
            "property": self.field or None,
            "help": None,
            "code": self.code or None,
            "id": str(uuid.uuid4()),
            "ghostErrorCode": None,
        }
        return JsonResponse({"errors": [told]}, status=self.status, headers={"Cache-Control": "no-store"})


class Invalid(ApiError):
    """A parameter that is no number, no id or no list."""

    status = 422
    type = "ValidationError"


class NoKey(ApiError):
    status = 403
    type = "NoPermissionError"


class UnknownKey(ApiError):
    status = 401
    type = "UnauthorizedError"


class NotThere(ApiError):
    status = 404
    type = "NotFoundError"


class NotAllowed(ApiError):
    status = 405
    type = "MethodNotAllowedError"
