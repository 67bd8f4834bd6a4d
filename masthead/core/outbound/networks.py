"""Which network addresses belong to the open internet."""

import ipaddress

# The registries of special addresses (RFC 6890 and its updates) as of 2025, written out: what Python's `is_global`
# says differs between its versions, and it calls multicast global.
CLOSED_4 = [
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
# Only this block is handed out to the open internet: mapped and translated IPv4, private, link-local and multicast
# addresses all lie outside it.
OPEN_6 = ipaddress.IPv6Network("2000::/3")
CLOSED_6 = [
    ipaddress.IPv6Network(text)
    for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")  # Teredo and kin, examples, 6to4, examples
]


def is_open(address: str) -> bool:
    """Say whether an address, as the resolver writes it, is one of the open internet; no for what is no address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in CLOSED_4)
    return parsed in OPEN_6 and not any(parsed in network for network in CLOSED_6)
