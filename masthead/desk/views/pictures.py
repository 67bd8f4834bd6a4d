"""Uploading a picture for the text."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.content.document import Document, to_markdown
from masthead.content.uploading import UploadError, keep_picture, refuse_too_large
from masthead.desk.permissions import staff
from masthead.desk.views.common import StaffRequest


@staff
def picture(request: StaffRequest) -> HttpResponse:
    """Keep a picture and answer the line of Markdown that shows it, with the caption and credit of its file."""
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"error": _("Choose a picture first.")}, status=422)
    try:
        refuse_too_large(upload.size or 0)
        media = keep_picture(upload.read(), upload.name or "", at=timezone.now())
    except UploadError as error:
        return JsonResponse({"error": str(error)}, status=422)
    caption = [{"type": "text", "text": media.caption}] if media.caption.strip() else []
    attrs = {"media": media.token, "alt": media.alt, "credit": media.credit}
    figure = {"type": "figure", "attrs": attrs, "content": caption}
    return JsonResponse({"markdown": to_markdown(Document.of([figure])).strip()})
