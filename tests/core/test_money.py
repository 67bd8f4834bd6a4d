"""Money: whole minor units, read exactly and never from a float."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from masthead.core.money import LARGEST_UNITS, Money, MoneyError, places

CURRENCIES = ("EUR", "USD", "GBP", "JPY", "KRW", "KWD", "TND", "CHF")
UNITS = st.integers(-LARGEST_UNITS, LARGEST_UNITS)


@pytest.mark.parametrize(("currency", "number"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CHF", 2), ("XOF", 0)])
def test_each_currency_has_the_places_of_iso_4217(currency: str, number: int) -> None:
    assert places(currency) == number


@pytest.mark.parametrize(
    ("text", "currency", "units"),
    [
        ("8.50", "EUR", 850),
        ("8.5", "EUR", 850),
        (" 8 ", "EUR", 800),
        ("8.500", "EUR", 850),
        ("0", "EUR", 0),
        ("-3.20", "EUR", -320),
        ("850", "JPY", 850),
        ("850.0", "JPY", 850),
        ("1.234", "KWD", 1234),
        ("0.1", "EUR", 10),
        ("10000000000", "EUR", LARGEST_UNITS),
    ],
)
def test_an_amount_is_read_in_the_places_of_its_currency(text: str, currency: str, units: int) -> None:
    assert Money.parse(text, currency) == Money(units, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("8.505", "EUR"),
        ("0.001", "USD"),
        ("850.5", "JPY"),
        ("1.2345", "KWD"),
        ("10000000000.01", "EUR"),
        ("1e400", "EUR"),
        ("", "EUR"),
        ("eight", "EUR"),
        ("8,50", "EUR"),
        ("€8", "EUR"),
        ("NaN", "EUR"),
        ("sNaN", "EUR"),
        ("Infinity", "EUR"),
        ("-Infinity", "EUR"),
        ("8.50 EUR", "EUR"),
    ],
)
def test_what_is_no_amount_or_finer_than_the_currency_is_refused(text: str, currency: str) -> None:
    with pytest.raises(MoneyError):
        Money.parse(text, currency)


@pytest.mark.parametrize("text", ["8.5" + "0" * 30 + "1", "1e999999", "1e-999999999"])
def test_an_amount_beyond_the_precision_of_decimal_is_refused_too(text: str) -> None:
    with pytest.raises(MoneyError):
        Money.parse(text, "EUR")


@pytest.mark.parametrize("currency", ["", "eur", "EU", "EURO", "€€€", "E R"])
def test_a_currency_is_three_capital_letters(currency: str) -> None:
    with pytest.raises(MoneyError):
        Money(1, currency)
    assert Money(1, "EUR").currency == "EUR"


@given(UNITS, st.sampled_from(CURRENCIES))
def test_an_amount_that_is_written_out_is_read_back(units: int, currency: str) -> None:
    money = Money(units, currency)
    assert Money.parse(str(money.amount), currency) == money
    assert money.amount * 10 ** places(currency) == units


@given(UNITS, UNITS, st.sampled_from(CURRENCIES))
def test_adding_is_exact(one: int, other: int, currency: str) -> None:
    total = Money(one, currency) + Money(other, currency)
    assert total == Money(one + other, currency)
    assert total.amount == Money(one, currency).amount + Money(other, currency).amount


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(MoneyError):
        Money(1, "EUR") + Money(1, "USD")


@pytest.mark.parametrize(
    ("money", "language", "shown"),
    [
        (Money(800, "EUR"), "en", "€8"),
        (Money(850, "EUR"), "en", "€8.50"),
        (Money(850, "EUR"), "de", "€8,50"),
        (Money(850, "JPY"), "en", "¥850"),
        (Money(1250, "CHF"), "en", "12.50 CHF"),
        (Money(1234, "KWD"), "en", "1.234 KWD"),
        (Money(5, "EUR"), "en", "€0.05"),
    ],
)
def test_an_amount_is_shown_as_people_write_it(money: Money, language: str, shown: str) -> None:
    with translation.override(language):
        assert str(money) == shown


def test_the_amount_in_major_units_is_a_decimal() -> None:
    assert Money(850, "EUR").amount == Decimal("8.50")
