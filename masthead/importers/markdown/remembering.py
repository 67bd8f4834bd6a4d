"""What a run knows of the runs before it: which post a file became, and whether the desk has changed that since."""

import hashlib
from pathlib import Path

from django.db.models import QuerySet

from masthead.content.editing import draft_of
from masthead.content.listing import standing_revision
from masthead.importers.markdown.folder import File, as_unicode
from masthead.importers.markdown.pictures import fingerprint
from masthead.importers.models import Imported

SOURCE = "markdown"
LONGEST_NAME, LONGEST_FOLDER = 400, 1000


def known_here(file: File) -> Imported | None:
    """Return the row of the post that this file of this folder became in an earlier run."""
    return _rows(file).filter(folder=folder_of(file)).first()


def known_elsewhere(file: File, content: str, title: str) -> Imported | None:
    """Return the row of a file of this name in another folder, if it is the same post.

    It is where that folder is gone (it was moved, and is remembered here from now on), and where content or title are
    the same (it was copied). Otherwise two folders happen to have files of one name.
    """
    for row in _rows(file).exclude(folder=folder_of(file)).order_by("pk"):
        if not Path(row.folder).is_dir():
            row.folder = folder_of(file)
            row.save(update_fields=["folder"])
            return row
        if row.fingerprint == fingerprint(file, content, row.pictures) or draft_of(row.post).title == title:
            return row
    return None


def _rows(file: File) -> QuerySet[Imported]:
    return Imported.objects.filter(source=SOURCE, kind=file.kind, foreign_id=name_of(file)).select_related("post")


def name_of(file: File) -> str:
    """Return the file's name below its folder; of one that is too long, a part and a hash."""
    if len(file.name) <= LONGEST_NAME:
        return file.name
    return f"{hashlib.sha256(file.name.encode()).hexdigest()[:32]}…{file.name[-(LONGEST_NAME - 33) :]}"


def folder_of(file: File) -> str:
    """Return the imported folder, as it is remembered."""
    return as_unicode(str(file.folder))[-LONGEST_FOLDER:]


def was_taken_down(row: Imported) -> bool:
    """Whether the import put this out, or scheduled it, and the desk took it back."""
    return row.revision_number > 0 and standing_revision(row.post) == 0


def was_changed_at_the_desk(row: Imported) -> bool:
    """Whether the draft, or what is out, is another than the import left; a schedule that ran its course is not."""
    return draft_of(row.post).version != row.draft_version or standing_revision(row.post) != row.revision_number
