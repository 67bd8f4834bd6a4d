"""Settings, tiers, newsletters and offers as a program gets them."""

from typing import Any

from django.utils import timezone

from masthead.billing.models import Offer, Price
from masthead.content.editing import draft_of, freeze, save_draft
from masthead.content.publishing import publish
from masthead.content.uploading import keep_picture
from masthead.core.models import Publication
from masthead.core.shown_ids import shown_id
from masthead.newsletters.models import Newsletter
from tests.api.content.asking import Program
from tests.cast import Cast, published
from tests.content.files import drawn

TIER = set(
    """id name slug description active type welcome_page_url visibility benefits currency monthly_price yearly_price
    trial_days created_at updated_at""".split()
)


def change(**fields: Any) -> None:
    Publication.objects.filter(pk=1).update(**fields)


def test_settings_tell_what_any_page_shows(program: Program, cast: Cast) -> None:
    media = keep_picture(drawn(), "a.jpg", at=timezone.now())
    change(
        tagline="All the news", accent_colour="#112233", logo=media.token, accounts={"facebook": "paper"},
        navigation=[{"label": "About", "address": "/about/"}], extras={"meta_title": "Meta", "head_code": "<b>"},
    )  # fmt: skip
    told = program.ask("settings/")["settings"]
    assert (told["title"], told["description"], told["accent_color"]) == ("The Paper", "All the news", "#112233")
    assert (told["timezone"], told["lang"], told["locale"]) == ("Europe/Lisbon", "en", "en")
    assert told["navigation"] == [{"label": "About", "url": "/about/"}] and told["secondary_navigation"] == []
    assert told["logo"].startswith("https://paper.example/media/") and told["icon"] is None
    assert (told["facebook"], told["twitter"], told["meta_title"], told["og_title"]) == ("paper", None, "Meta", None)
    assert (told["url"], told["paid_members_enabled"]) == ("https://paper.example/", True)
    assert told["codeinjection_head"] is None
    change(runs_custom_code=True)
    assert program.ask("settings/")["settings"]["codeinjection_head"] == "<b>"
    secret = {"staff_second_factor", "permalink", "uncut_paragraphs", "default_visibility", "mail", "secret"}
    assert not secret & set(told)


def test_tiers_tell_their_prices_and_free_membership_has_none(program: Program, cast: Cast) -> None:
    Price.objects.create(tier=cast.tiers["gold"], period="year", units=16000, currency="EUR")
    Price.objects.create(tier=cast.tiers["gold"], period="month", units=99, currency="USD")
    change(free_tier={"name": "Come in", "benefits": ["Letters"]})
    free, paid, gold = program.ask("tiers/")["tiers"]
    assert set(gold) == TIER and set(free) == TIER - {"currency", "monthly_price", "yearly_price"}
    assert (free["name"], free["type"], free["benefits"]) == ("Come in", "free", ["Letters"])
    assert (paid["monthly_price"], paid["yearly_price"], paid["currency"]) == (800, None, "EUR")
    assert gold["yearly_price"] == 16000
    cast.tiers["gold"].is_listed = False
    cast.tiers["gold"].save(update_fields=["is_listed"])
    cast.tiers["paid"].archived_at = timezone.now()
    cast.tiers["paid"].save(update_fields=["archived_at"])
    told = program.ask("tiers/")
    assert [tier["slug"] for tier in told["tiers"]] == ["free"] and told["meta"]["pagination"]["total"] == 1
    assert program.ask("tiers/", fields="name,email")["tiers"] == [{"name": "Come in"}]


def test_newsletters_tell_no_address_of_a_sender(program: Program) -> None:
    Newsletter.objects.create(
        slug="daily", name="Daily", sender_address="in@paper.example", reply_to="re@paper.example"
    )
    Newsletter.objects.create(slug="old", name="Old", archived_at=timezone.now())
    (told,) = program.ask("newsletters/")["newsletters"]
    assert (told["slug"], told["subscribe_on_signup"], told["visibility"]) == ("daily", True, "members")
    assert "@" not in str(told)
    assert program.slugs("newsletters/", filter="status:active+slug:daily") == ["daily"]
    assert program.slugs("newsletters/", filter="status:archived") == []


def test_an_offer_is_told_by_its_id_while_it_lasts(program: Program, cast: Cast) -> None:
    offer = Offer.objects.create(
        name="Spring", code="spring", tier=cast.tiers["paid"], discount="percent", amount=20, coupon_id="co_secret"
    )
    path = f"offers/{shown_id('offer', offer.public_id)}/"
    (told,) = program.ask(path)["offers"]
    assert (told["code"], told["type"], told["amount"], told["cadence"]) == ("spring", "percent", 20, "month")
    assert told["tier"]["name"] == "Paid" and "co_secret" not in str(told)
    for change_ in ({"is_for_staying": True}, {"archived_at": timezone.now(), "is_for_staying": False}):
        Offer.objects.update(**change_)
        assert program.error(path, 404)["type"] == "NotFoundError"
    assert program.error("offers/", 404)


def test_code_of_a_gated_post_is_sealed_with_its_words(program: Program, cast: Cast) -> None:
    post = published("A ship", "Above.\n\n<!--more-->\n\nBelow.", cast=cast)
    extras = {"head_code": "<style>p{}</style>", "foot_code": "<i>x</i>", "meta_title": "Meta"}
    for visibility, code in (("public", "<style>p{}</style>"), ("paid", None)):
        version = draft_of(post).version
        save_draft(post, {"extras": extras, "visibility": visibility}, version=version, by=None, at=timezone.now())
        publish(freeze(post, by=None, at=timezone.now()), by=None, at=timezone.now())
        (told,) = program.ask("posts/")["posts"]
        assert (told["codeinjection_head"], told["meta_title"]) == (code, "Meta")
