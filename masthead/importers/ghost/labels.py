"""Labels of members: words by which staff find them again."""

from collections.abc import Collection, Iterable, Mapping

from masthead.core.slugs import slug_from
from masthead.members.models import Label, Member


class Labels:
    """The labels that there are, by name; one that is missing is made."""

    def __init__(self) -> None:
        self._by_name = {label.name: label.pk for label in Label.objects.all()}

    @property
    def names(self) -> Collection[str]:
        return self._by_name.keys()

    def ids(self, names: Iterable[str]) -> list[int]:
        """Return the ids of these labels, in rising order."""
        return sorted({self._id(name.strip()[:191]) for name in names if name.strip()})

    def _id(self, name: str) -> int:
        if name not in self._by_name:
            self._by_name[name] = self._made(name)
        return self._by_name[name]

    def _made(self, name: str) -> int:
        slug, number = slug_from(name, fallback="label"), 2
        base = slug
        while (held := Label.objects.filter(slug=slug).first()) and held.name != name:
            slug, number = f"{base}-{number}", number + 1
        return (held or Label.objects.create(slug=slug, name=name)).pk


def change_labels(member_ids: Mapping[int, tuple[Collection[int], Collection[int]]]) -> None:
    """Give and take labels, as member id -> (labels before, labels now); what the desk gave or took stays as it is."""
    through = Member.labels.through
    new = [
        through(member_id=member, label_id=label)
        for member, (before, now) in member_ids.items()
        for label in set(now) - set(before)
    ]
    through._default_manager.bulk_create(new, ignore_conflicts=True)
    for member, (before, now) in member_ids.items():
        if gone := set(before) - set(now):
            through._default_manager.filter(member_id=member, label_id__in=gone).delete()
