"""What of a web cannot be read. Pure."""

from reports.contents.webs import Name, Number, Web


class Hidden:
    """`names` are not shown; what was known before can still be read. `of_relation` has of each
    relation the numbers that cannot be read, with their signs."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.names: set[Name] = set()
        self.numbers = bytearray(len(web.values))
        self.of_relation: list[dict[Number, int]] = [{} for _relation in web.relations]
        self._sums = ([0] * len(web.relations), [0] * len(web.relations))

    def hide(self, name: Name) -> list[int]:
        """With its twin and bundle; the relations in which that hides something."""
        touched = []
        for one in self.web.hidden_with(name):
            if one in self.names or one not in self.web.by_name:
                continue
            self.names.add(one)
            for number in self.web.by_name[one]:
                if number not in self.web.known:
                    self._hide(number)
                    touched += self.web.of[number]
        return touched

    def _hide(self, number: Number) -> None:
        self.numbers[number] = 1
        for at in self.web.of[number]:
            sign = next(sign for one, sign in self.web.relations[at] if one == number)
            self.of_relation[at][number] = sign
            self._sums[sign > 0][at] += self.web.values[number]

    def lack(self, at: int, least: int) -> int:
        """How much more has to be hidden in a relation, at least 1; 0 where it is enough: what is
        hidden alone is what is left, and what is hidden with little beside it is known to be
        little."""
        hidden = self.of_relation[at]
        if not hidden:
            return 0
        sides = set(hidden.values())
        if len(sides) == 2:
            return 0
        return max(least - self._sums[sides.pop() > 0][at], int(len(hidden) == 1))
