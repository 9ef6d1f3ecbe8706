"""Look-up pages for administrators: reference data and the audit, read-only, with export.

Every write goes through services, so nothing here can be added, changed or deleted.
"""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from import_export import resources
from import_export.admin import ExportMixin

from households.models import (
    Area,
    AreaChange,
    Assignment,
    AuditEvent,
    EthnicGroup,
    ListEntry,
    PovertyStandard,
)


class LookUp(ExportMixin, admin.ModelAdmin):  # type: ignore[misc,type-arg]
    """A table one can search, filter and export, and not change."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(self.admin_site.has_permission(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(self.admin_site.has_permission(request))

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(self.admin_site.has_permission(request))


@admin.register(Area)
class AreaLookUp(LookUp):
    list_display = ("code", "name", "level", "parent", "valid_from", "valid_to")
    list_filter = ("level",)
    list_select_related = ("parent",)
    search_fields = ("code", "folded_name")


@admin.register(AreaChange)
class AreaChangeLookUp(LookUp):
    list_display = ("changed_on", "kind", "from_area", "to_area", "legal_basis")
    list_filter = ("kind",)
    list_select_related = ("from_area", "to_area")


@admin.register(EthnicGroup)
class EthnicGroupLookUp(LookUp):
    list_display = ("code", "name", "is_minority", "is_very_small", "is_confirmed")


@admin.register(ListEntry)
class ListEntryLookUp(LookUp):
    list_display = ("list_code", "code", "name_vi", "name_en", "is_confirmed")
    list_filter = ("list_code",)


@admin.register(PovertyStandard)
class PovertyStandardLookUp(LookUp):
    list_display = ("code", "name_vi", "valid_from", "valid_to", "legal_basis")


@admin.register(Assignment)
class AssignmentLookUp(LookUp):
    list_display = ("user", "role", "area", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("user", "area")


class ActResource(resources.ModelResource):  # type: ignore[misc]
    """An act as it leaves the admin: who, when, what, where."""

    class Meta:
        model = AuditEvent
        fields = ("at", "by__username", "verb", "area__code", "reason")


@admin.register(AuditEvent)
class AuditEventLookUp(LookUp):
    """Acts without the family they touched: administrators see no families (ADR 5)."""

    list_display = ("at", "by", "verb", "area", "reason")
    list_filter = ("verb",)
    list_select_related = ("by", "area")
    fields = ("at", "by", "verb", "area", "reason")
    resource_classes = (ActResource,)
