"""Forms that came once: the same form sent again does nothing more."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.models.users import User


class PostedOnce(models.Model):
    """The token of a page whose form was carried out, and by whom and when. Written in the act's
    own transaction; thrown away after some days."""

    token = models.UUIDField(primary_key=True)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("form that came once")

    def __str__(self) -> str:
        return str(self.token)
