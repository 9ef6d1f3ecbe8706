"""Sentences of Django that its own Vietnamese catalogue lacks and our pages show.

Naming them here puts them into our catalogue, which comes before Django's.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

PASSWORD_TOO_SHORT = ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
ENTER_A_VALID_UUID = gettext_noop("Enter a valid UUID.")
ENTER_A_COMPLETE_VALUE = gettext_noop("Enter a complete value.")
NO_NULL_CHARACTERS = gettext_noop("Null characters are not allowed.")
