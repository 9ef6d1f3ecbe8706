"""The few domain errors. Services raise them; views and the API turn them into answers."""

from collections.abc import Mapping

from django.utils.functional import Promise

Words = str | Promise


class DomainError(Exception):
    """Something an officer can understand and act on. `message` is shown as it is."""

    def __init__(self, message: Words, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).__name__.lower()


class Refused(DomainError):
    """A policy said no; the message is the policy's reason."""


class Invalid(DomainError):
    """What was given cannot be right. `fields` maps a field path to its sentences.

    A field path is dotted: "floor_area_m2", "members.2.birth_date" (0-based row).
    """

    def __init__(
        self,
        message: Words,
        *,
        fields: Mapping[str, list[Words]] | None = None,
        code: str = "invalid",
    ) -> None:
        super().__init__(message, code=code)
        self.fields = dict(fields or {})


class Conflict(DomainError):
    """Someone else changed it meanwhile, or it exists already."""
