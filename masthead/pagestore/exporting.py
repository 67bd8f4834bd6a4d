"""What an export leaves out of the page store: all of it, since every page is rendered anew."""

LEFT_OUT = {
    "pagestore.Purge": "what became stale here, in the order of this database's transactions",
}
TABLES: list[object] = []
