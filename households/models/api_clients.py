"""Other systems that ask povreg for figures: who they are, what they may, by which tokens."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.api import NEEDS_AGREEMENT, ApiScope
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.triggers import keeps_history
from households.models.users import User


class ApiClient(Recorded):
    """A system of an organisation. It sees `area` and what lies below it.

    `acts_as`: the account whose rights it has where it enters reviews. `closed_on`: from this day
    on none of its tokens works.
    """

    name = models.CharField(_("name of the system"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=200)
    contact = models.CharField(_("contact"), max_length=200)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    scopes = ArrayField(models.CharField(max_length=20, choices=ApiScope))
    agreement = models.CharField(_("number of the agreement"), max_length=120, blank=True)
    acts_as = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="api_clients"
    )
    calls_per_minute = models.IntegerField(_("calls a minute"), default=600)
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("API client")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="households_apiclient_name_once",
                violation_error_message=_("There is a system of this name already."),
            ),
            models.CheckConstraint(
                name="households_apiclient_scopes_known",
                condition=Q(scopes__contained_by=ApiScope.values, scopes__len__gte=1),
                violation_error_message=_("Choose what the system may do."),
            ),
            models.CheckConstraint(
                name="households_apiclient_has_an_agreement",
                condition=~Q(agreement="") | ~Q(scopes__overlap=[str(s) for s in NEEDS_AGREEMENT]),
                violation_error_message=_(
                    "Small numbers, names and entry are open on a written agreement only: give its"
                    " number."
                ),
            ),
            models.CheckConstraint(
                name="households_apiclient_enters_as_somebody",
                condition=Q(acts_as__isnull=False) | ~Q(scopes__contains=[ApiScope.REVIEWS.value]),
                violation_error_message=_("Say in whose name the system enters reviews."),
            ),
            models.CheckConstraint(
                name="households_apiclient_calls_above_zero",
                condition=Q(calls_per_minute__gte=1),
                violation_error_message=_("At least one call a minute."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.name


class ApiToken(Recorded):
    """A secret of a client, kept as a digest. It is shown once, when it is issued.

    `prefix` stands in the open part of the token, so that an owner and a log can name it.
    """

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="tokens")
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefix"], name="households_apitoken_prefix_once"),
            models.CheckConstraint(
                name="households_apitoken_expires_later",
                condition=Q(expires_at__gt=F("issued_at")),
                violation_error_message=_("A token expires after it was issued."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.prefix


class ApiUse(models.Model):
    """How often a token (None: whoever asks for open data) was used at an address on a day, and
    when last. Counted in the cache and written by a job: a question writes nothing. No history: it
    only counts up."""

    token = models.ForeignKey(
        ApiToken, null=True, blank=True, on_delete=models.CASCADE, related_name="uses"
    )
    day = models.DateField()
    endpoint = models.CharField(max_length=60)
    status = models.SmallIntegerField()
    calls = models.IntegerField()
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("use of the API")
        constraints = [
            models.UniqueConstraint(
                fields=["token", "day", "endpoint", "status"],
                name="households_apiuse_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="households_apiuse_counted_from_one", condition=Q(calls__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.endpoint} {self.day}"


class AnsweredOnce(models.Model):
    """What a system was answered when it entered something under a key of its own: the same key
    gets the same answer again, byte by byte. `content` is a digest of what was sent. Written in the
    transaction that did what it tells; thrown away after some weeks. No history: it never changes.
    """

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="answered")
    key = models.CharField(max_length=100)
    content = models.CharField(max_length=64)
    status = models.SmallIntegerField()
    media_type = models.CharField(max_length=60)
    body = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("answer to what came in once")
        indexes = [models.Index(fields=["at"], name="households_answeredonce_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "key"],
                name="households_answeredonce_key_once",
                violation_error_message=_("This key was used already."),
            ),
            models.CheckConstraint(
                name="households_answeredonce_is_final",
                condition=Q(status__gte=200, status__lt=500),
                violation_error_message=_("Only an answer that stays the same is kept."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.key}"
