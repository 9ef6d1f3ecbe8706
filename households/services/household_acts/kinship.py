"""Relations to the head when the head is another one, or when households become one.

Only what follows from the two relations alone; everything doubtful is "other", shown before the
act is done and corrected member by member. Pure.
"""

from collections.abc import Mapping
from typing import Final

from households.choices import Relation as Kin

Known = Mapping[Kin, Mapping[Kin, Kin]]

#: [what the new head was to the old][what a member was to the old]: what he is to the new.
_SEEN_FROM: Final[Known] = {
    Kin.SPOUSE: {
        Kin.HEAD: Kin.SPOUSE,
        Kin.CHILD: Kin.CHILD,
        Kin.GRANDCHILD: Kin.GRANDCHILD,
        Kin.CHILD_IN_LAW: Kin.CHILD_IN_LAW,
    },
    Kin.CHILD: {
        Kin.HEAD: Kin.PARENT,
        Kin.SPOUSE: Kin.PARENT,
        Kin.CHILD: Kin.SIBLING,
        Kin.PARENT: Kin.GRANDPARENT,
    },
    Kin.PARENT: {
        Kin.HEAD: Kin.CHILD,
        Kin.SPOUSE: Kin.CHILD_IN_LAW,
        Kin.CHILD: Kin.GRANDCHILD,
        Kin.PARENT: Kin.SPOUSE,
        Kin.SIBLING: Kin.CHILD,
    },
    Kin.SIBLING: {
        Kin.HEAD: Kin.SIBLING,
        Kin.PARENT: Kin.PARENT,
        Kin.SIBLING: Kin.SIBLING,
        Kin.GRANDPARENT: Kin.GRANDPARENT,
    },
    Kin.GRANDCHILD: {Kin.HEAD: Kin.GRANDPARENT, Kin.SPOUSE: Kin.GRANDPARENT},
    Kin.GRANDPARENT: {
        Kin.HEAD: Kin.GRANDCHILD,
        Kin.SIBLING: Kin.GRANDCHILD,
        Kin.GRANDPARENT: Kin.SPOUSE,
    },
}
#: The same among those who leave together: a child's spouse and children are of his household.
_LEAVING_TOGETHER: Final[Known] = {
    Kin.CHILD: {Kin.CHILD_IN_LAW: Kin.SPOUSE, Kin.GRANDCHILD: Kin.CHILD},
    Kin.CHILD_IN_LAW: {Kin.CHILD: Kin.SPOUSE, Kin.GRANDCHILD: Kin.CHILD},
}
#: [what the head of the joining household is to the head he joins][what a member was to him].
_THROUGH: Final[Known] = {
    Kin.CHILD: {Kin.SPOUSE: Kin.CHILD_IN_LAW, Kin.CHILD: Kin.GRANDCHILD},
    Kin.CHILD_IN_LAW: {Kin.SPOUSE: Kin.CHILD, Kin.CHILD: Kin.GRANDCHILD},
    Kin.PARENT: {Kin.SPOUSE: Kin.PARENT, Kin.CHILD: Kin.SIBLING, Kin.PARENT: Kin.GRANDPARENT},
    Kin.SIBLING: {
        Kin.PARENT: Kin.PARENT,
        Kin.SIBLING: Kin.SIBLING,
        Kin.GRANDPARENT: Kin.GRANDPARENT,
    },
    Kin.SPOUSE: {
        Kin.CHILD: Kin.CHILD,
        Kin.GRANDCHILD: Kin.GRANDCHILD,
        Kin.CHILD_IN_LAW: Kin.CHILD_IN_LAW,
    },
    Kin.GRANDPARENT: {Kin.SPOUSE: Kin.GRANDPARENT},
}


def under_new_head(member: str, new_head: str) -> Kin:
    """What a member is to the new head; both given as they were to the old one."""
    return _SEEN_FROM.get(Kin(new_head), {}).get(Kin(member), Kin.OTHER)


def leaving_together(member: str, new_head: str) -> Kin:
    """The same for those who split off with the new head."""
    together = _LEAVING_TOGETHER.get(Kin(new_head), {})
    return together.get(Kin(member)) or under_new_head(member, new_head)


def joined_through(member: str, joining_head: str) -> Kin:
    """What a member is to the head of the household joined, through his former head."""
    if member == Kin.HEAD:
        return Kin(joining_head)
    return _THROUGH.get(Kin(joining_head), {}).get(Kin(member), Kin.OTHER)
