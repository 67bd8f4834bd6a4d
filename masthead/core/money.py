"""Money: whole minor units and a currency, never a float."""

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Self

from django.utils.formats import number_format

# Currencies whose minor unit is not a hundredth (ISO 4217).
PLACES = {
    **dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
LARGEST_UNITS = 10**12
LONGEST_AMOUNT = 40  # characters
AMOUNT = re.compile(rf"(?=.{{1,{LONGEST_AMOUNT}}}\Z)[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")


class MoneyError(ValueError):
    """An amount that cannot be money in this currency; the message says what to do."""


def places(currency: str) -> int:
    """Say how many decimal places the currency has."""
    return PLACES.get(currency, 2)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in whole minor units (cents, yen, fils) of a three-letter ISO 4217 currency."""

    units: int
    currency: str

    def __post_init__(self) -> None:
        if not (
            len(self.currency) == 3 and self.currency.isascii() and self.currency.isalpha() and self.currency.isupper()
        ):
            raise MoneyError(f"{self.currency!r} is not a currency; use three capital letters, such as EUR.")

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """Read an amount such as "8.50"; raises MoneyError for what is finer than the currency's minor unit."""
        written = text.strip()
        if not AMOUNT.fullmatch(written):
            raise MoneyError(f"{text[:40]!r} is not an amount; write it like 8.50.")
        with localcontext(prec=LONGEST_AMOUNT + 4):  # exact: nothing that was written is rounded away
            units = Decimal(written).scaleb(places(currency))
            if units != units.to_integral_value() or abs(units) > LARGEST_UNITS:
                raise MoneyError(f"{text!r} does not fit {currency}; it has {places(currency)} decimal places.")
            return cls(int(units), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.units).scaleb(-places(self.currency))

    def __add__(self, other: Self) -> Self:
        if other.currency != self.currency:
            raise MoneyError(f"{self.currency} and {other.currency} cannot be added.")
        return type(self)(self.units + other.units, self.currency)

    def __str__(self) -> str:
        whole = self.units % 10 ** places(self.currency) == 0
        figure = number_format(self.amount, decimal_pos=0 if whole else places(self.currency))
        symbol = SYMBOLS.get(self.currency)
        return f"{symbol}{figure}" if symbol else f"{figure} {self.currency}"
