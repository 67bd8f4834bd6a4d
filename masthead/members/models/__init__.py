"""The one table of people who can sign in, and how they do it."""

from masthead.members.models.api_key import ApiKey
from masthead.members.models.device import Device
from masthead.members.models.label import Label
from masthead.members.models.member import Member
from masthead.members.models.passkey import Passkey
from masthead.members.models.sign_in_request import SignInRequest
from masthead.members.models.tombstone import Tombstone

__all__ = ["ApiKey", "Device", "Label", "Member", "Passkey", "SignInRequest", "Tombstone"]
