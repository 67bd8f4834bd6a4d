"""The parts of the one fetcher (core/fetching.py): where it may go, the line it goes by, and what it takes."""
