"""Uploading pictures, recordings, films and files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http.multipartparser import MultiPartParserError

from masthead.api.admin.body import length_of
from masthead.api.admin.call import Call
from masthead.api.admin.door import Told, door
from masthead.api.admin.errors import TooLarge, Unsupported, invalid
from masthead.api.content.pictures import picture_address
from masthead.api.errors import ApiError
from masthead.content.attaching import LARGEST_BYTES, AttachmentError, keep_attachment, path_of
from masthead.content.models import Attachment, Media
from masthead.content.pictures import picture_of
from masthead.content.uploading import LARGEST_BYTES as LARGEST_PICTURE
from masthead.content.uploading import UploadError, keep_picture

PLAYED = ("audio/", "video/")
PURPOSES = ("image", "profile_image", "icon")
LONGEST_REF = 2000


def image(call: Call) -> Told:
    """Keep a picture and tell its address, with what the program calls it."""
    media = _picture(_file(call, "file"), call)
    return _told("images", {"url": picture_address(picture_of(media)), "ref": _ref(call)})


def media(call: Call) -> Told:
    """Keep a recording or film, and the picture that stands for it."""
    upload = _file(call, "file")
    kept = _attachment(upload, call)
    if not kept.type.startswith(PLAYED):
        raise Unsupported("This is no recording or film.", "Upload MP3, M4A, OGG, WAV, MP4 or WebM; others as files.")
    poster = _picture(call.request.FILES["thumbnail"], call) if "thumbnail" in call.request.FILES else None
    shown = picture_address(picture_of(poster)) if poster else None
    return _told("media", {"url": settings.ADDRESS + path_of(kept), "thumbnail_url": shown, "ref": _ref(call)})


def file(call: Call) -> Told:
    """Keep a file to take away."""
    kept = _attachment(_file(call, "file"), call)
    return _told("files", {"url": settings.ADDRESS + path_of(kept), "ref": _ref(call)})


def _told(name: str, row: dict[str, Any]) -> Told:
    return Told({name: [row]}, 201)


def _file(call: Call, name: str) -> Any:
    if call.request.content_type != "multipart/form-data":
        raise Unsupported("This is no upload.", "Send it as multipart/form-data, with the file in the part named file.")
    if length_of(call.request) > LARGEST_BYTES:
        raise TooLarge("This file is larger than 1 GB.", "Make it smaller and upload it again.")
    try:
        upload = call.request.FILES.get(name)
    except (MultiPartParserError, RequestDataTooBig, SuspiciousOperation, OSError) as error:
        raise ApiError("The upload did not arrive whole.", "Send it again.") from error
    if not isinstance(upload, UploadedFile):
        raise invalid("upload", name, "Choose a file, and send it in the part named file.")
    return upload


def _ref(call: Call) -> str | None:
    said = str(call.request.POST.get("ref", ""))
    return said[:LONGEST_REF] or None


def _picture(upload: Any, call: Call) -> Media:
    if call.request.POST.get("purpose", "image") not in PURPOSES:
        raise invalid("upload", "purpose", f"Use one of {', '.join(PURPOSES)}.")
    if (upload.size or 0) > LARGEST_PICTURE:
        raise TooLarge("This picture is larger than 30 MB.", "Make it smaller and upload it again.")
    try:
        return keep_picture(upload.read(), upload.name or "", at=call.at)
    except UploadError as error:
        raise Unsupported("Please select a valid image.", str(error)) from error


def _attachment(upload: Any, call: Call) -> Attachment:
    is_on_disk = isinstance(upload, TemporaryUploadedFile)
    try:
        content = Path(upload.temporary_file_path()) if is_on_disk else upload.read()
        return keep_attachment(content, upload.name or "", at=call.at)
    except AttachmentError as error:
        raise invalid("upload", "file", str(error)) from error


upload_image = door(POST=image)
upload_media = door(POST=media)
upload_file = door(POST=file)
