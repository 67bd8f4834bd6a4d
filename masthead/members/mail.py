"""Mail that members get about signing in. Tasks carry ids; a code is made only while its mail is made."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_tasks import task

from masthead.core.models import Publication
from masthead.members.models import Member, SignInRequest

URGENT = 50  # before everything else that is queued: a code is good for ten minutes


class MailFailed(Exception):
    """The relay did not take a mail; the queue tries again."""


@task(queue_name="mail", priority=URGENT)
def send_code(request_id: int) -> None:
    """Mail the code of this request while it is still good; a repeated run sends the same one."""
    request = SignInRequest.objects.filter(pk=request_id, spent_at=None, expires_at__gt=timezone.now()).first()
    if request is None:
        return
    publication = Publication.current()
    with translation.override(publication.language):
        _send_for(request, publication)


def _send_for(request: SignInRequest, publication: Publication) -> None:
    from masthead.members.codes import code_of

    holder = Member.objects.filter(email=request.email).first()
    if request.changes_id and holder:
        return _send(request.email, _("Your address is in use already"), "taken", publication)
    if holder and not holder.is_active:
        return _send(request.email, _("Your account is closed"), "closed", publication)
    code = code_of(request)
    route = reverse("change_mail_code" if request.changes_id else "sign_in_code")
    link = f"{settings.ADDRESS}{route}?{urlencode({'request': request.public_id, 'code': code})}"
    subject = _("%(code)s is your code for %(name)s") % {"code": code, "name": publication.name}
    return _send(request.email, subject, "code", publication, code=code, link=link, is_change=bool(request.changes_id))


@task(queue_name="mail", priority=URGENT)
def send_moved(request_id: int) -> None:
    """Tell the former address that it no longer belongs to the account."""
    request = SignInRequest.objects.get(pk=request_id)
    publication = Publication.current()
    with translation.override(publication.language):
        _send(request.former_email, _("Your mail address was changed"), "moved", publication)


def _send(email: str, subject: str, kind: str, publication: Publication, **context: object) -> None:
    context |= {"publication": publication, "site_address": settings.ADDRESS}
    text = render_to_string(f"members/mail/{kind}.txt", context)
    html = render_to_string(f"members/mail/{kind}.html", context)
    message = EmailMultiAlternatives(
        " ".join(subject.split()), text, to=[email], headers={"Auto-Submitted": "auto-generated"}
    )
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except (SMTPException, OSError) as error:  # its words may hold an address, and failed tasks are kept
        raise MailFailed(f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()) from None
