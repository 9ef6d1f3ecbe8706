"""Word templates that a province uses instead of the shipped ones."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.models.areas import Area
from households.models.audit import Recorded
from households.models.triggers import keeps_history
from households.models.users import User


class WordTemplate(Recorded):
    """The .docx that a province prints a paper from; its earlier ones stand in the history."""

    province = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    paper = models.SlugField(max_length=40)
    content = models.BinaryField()
    put_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("Word template")
        constraints = [
            models.UniqueConstraint(
                fields=["province", "paper"],
                name="households_wordtemplate_once",
                violation_error_message=_("The province has its own template of this paper."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.paper
