"""Every address of the product: whom it is for, what it takes, and an example of it.

A new address gets a line here; tests/security refuses one that has none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from households.choices import Role
from households.models import User
from households.views import household_acts
from tests.security.conftest import Register


class For(Enum):
    """Who gets anything but a refusal."""

    ANYONE = auto()
    LOGGED_IN = auto()
    #: Roles that read families; a family of another area does not exist.
    READERS = auto()
    #: Roles that enter reviews.
    WRITERS = auto()
    #: The commune officer.
    OFFICERS = auto()
    #: The commune's officer and chair, who settle complaints.
    SETTLERS = auto()
    #: Administrators, departments and communes; accounts of other areas do not exist.
    ASSIGNERS = auto()
    #: Who adds villages.
    MAPPERS = auto()
    #: The department.
    KEEPERS = auto()


SERVED: dict[For, frozenset[Role]] = {
    For.ANYONE: frozenset(Role),
    For.LOGGED_IN: frozenset(Role),
    For.READERS: frozenset(Role) - {Role.ADMINISTRATOR, Role.API_CLIENT},
    For.WRITERS: frozenset({Role.REVIEWER, Role.COMMUNE_OFFICER}),
    For.OFFICERS: frozenset({Role.COMMUNE_OFFICER}),
    For.SETTLERS: frozenset({Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR}),
    For.ASSIGNERS: frozenset({Role.ADMINISTRATOR, Role.DEPARTMENT, Role.COMMUNE_OFFICER}),
    For.MAPPERS: frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT, Role.ADMINISTRATOR}),
    For.KEEPERS: frozenset({Role.DEPARTMENT}),
}
GET, POST, BOTH = frozenset({"GET"}), frozenset({"POST"}), frozenset({"GET", "POST"})
Args = Callable[[Register], tuple[object, ...]]


@dataclass(frozen=True)
class Address:
    """`owned`: what it shows belongs to an area, and is not found from any other."""

    whom: For
    takes: frozenset[str]
    args: Args = lambda register: ()
    owned: bool = False


def _household(register: Register) -> tuple[object, ...]:
    return (register.household.pk,)


def _survey(register: Register) -> tuple[object, ...]:
    return (register.survey.uuid,)


def _draft(register: Register) -> tuple[object, ...]:
    return (register.draft.uuid,)


def _attachment(register: Register) -> tuple[object, ...]:
    return (register.attachment.uuid,)


def _village(register: Register) -> tuple[object, ...]:
    return (register.village.pk,)


def _round(register: Register) -> tuple[object, ...]:
    return (register.round.pk,)


def _commune_in_round(register: Register) -> tuple[object, ...]:
    return (register.round.pk, register.commune.pk)


def _own_commune(register: Register) -> tuple[object, ...]:
    return (register.commune.pk,)


def _decided_commune(register: Register) -> tuple[object, ...]:
    return (register.certificate.period.decision_in.round_id, register.commune.pk)


def _decided_village(register: Register) -> tuple[object, ...]:
    return (register.certificate.period.decision_in.round_id, register.village.pk)


def _certificate(register: Register) -> tuple[object, ...]:
    return (register.certificate.pk,)


def _confirmed(register: Register) -> tuple[object, ...]:
    return (register.confirmation.pk,)


def _request(register: Register) -> tuple[object, ...]:
    return (register.request.pk,)


def _complaint(register: Register) -> tuple[object, ...]:
    return (register.complaint.pk,)


def _village_in_round(register: Register) -> tuple[object, ...]:
    return (register.round.pk, register.village.pk)


def _standard(register: Register) -> tuple[object, ...]:
    return ("std_2022",)


def _table(register: Register) -> tuple[object, ...]:
    return (register.table.code,)


def _account(register: Register) -> tuple[object, ...]:
    return (register.people[Role.REVIEWER].pk,)


def _set_password(register: Register) -> tuple[object, ...]:
    owner: User = register.people[Role.REVIEWER]
    return (
        urlsafe_base64_encode(force_bytes(owner.pk)),
        default_token_generator.make_token(owner),
    )


ADDRESSES: dict[str, Address] = {
    "health": Address(For.ANYONE, GET),
    "login": Address(For.ANYONE, BOTH),
    "first_login": Address(For.ANYONE, BOTH),
    "my_account": Address(For.LOGGED_IN, BOTH),
    "my_sessions": Address(For.LOGGED_IN, GET),
    "sessions_end_others": Address(For.LOGGED_IN, POST),
    "session_end": Address(For.LOGGED_IN, POST, lambda r: (r.session.pk,), owned=True),
    "password_forgotten": Address(For.ANYONE, BOTH),
    "second_factor_code": Address(For.LOGGED_IN, BOTH),
    "second_factor": Address(For.LOGGED_IN, BOTH),
    "passkey_begin_adding": Address(For.LOGGED_IN, POST),
    "passkey_add": Address(For.LOGGED_IN, POST),
    "passkey_remove": Address(For.LOGGED_IN, POST, lambda register: (1,)),
    "passkey_begin_using": Address(For.LOGGED_IN, POST),
    "passkey_log_in": Address(For.LOGGED_IN, POST),
    "second_factor_off": Address(For.LOGGED_IN, POST),
    "new_recovery_codes": Address(For.LOGGED_IN, POST),
    "logout": Address(For.LOGGED_IN, POST),
    "admin_password_change": Address(For.LOGGED_IN, BOTH),
    "password_change": Address(For.LOGGED_IN, BOTH),
    "password_change_done": Address(For.LOGGED_IN, GET),
    "password_reset_confirm": Address(For.ANYONE, BOTH, _set_password),
    "password_reset_complete": Address(For.ANYONE, GET),
    "set_language": Address(For.ANYONE, POST),
    "households:home": Address(For.LOGGED_IN, GET),
    "households:components": Address(For.LOGGED_IN, GET),
    "households:guide": Address(For.LOGGED_IN, GET),
    "households:guide_topic": Address(For.LOGGED_IN, GET, lambda register: ("form",)),
    "households:household_list": Address(For.READERS, GET),
    "households:village_walk": Address(For.READERS, BOTH, _village, owned=True),
    "households:household_list_out": Address(For.READERS, BOTH),
    "households:saved_lists": Address(For.READERS, BOTH),
    "households:saved_list": Address(For.READERS, POST, lambda r: (r.saved_list.pk,), owned=True),
    "households:household_new": Address(For.WRITERS, BOTH),
    "households:household": Address(For.READERS, GET, _household, owned=True),
    **{
        f"households:act_{name}": Address(For.OFFICERS, BOTH, _household, owned=True)
        for name in household_acts.ACTS
    },
    "households:survey_start": Address(For.WRITERS, POST, _household, owned=True),
    "households:show_number": Address(
        For.WRITERS, POST, lambda r: (r.household.pk, r.person.pk), owned=True
    ),
    "households:survey": Address(For.READERS, GET, _survey, owned=True),
    "households:survey_form": Address(For.WRITERS, BOTH, _draft, owned=True),
    "households:survey_draft": Address(For.WRITERS, POST, _draft, owned=True),
    "households:survey_live": Address(For.WRITERS, POST, _draft, owned=True),
    "households:survey_discard": Address(For.WRITERS, POST, _draft, owned=True),
    "households:survey_wishes": Address(For.WRITERS, POST, _draft, owned=True),
    "households:photo_add": Address(For.WRITERS, POST, _draft, owned=True),
    "households:attachment": Address(For.READERS, GET, _attachment, owned=True),
    "households:attachment_small": Address(For.READERS, GET, _attachment, owned=True),
    "households:attachment_remove": Address(For.WRITERS, POST, _attachment, owned=True),
    "households:round_list": Address(For.LOGGED_IN, GET),
    "households:round_new": Address(For.KEEPERS, BOTH),
    "households:round_change": Address(For.KEEPERS, BOTH, _round, owned=True),
    "households:round_close": Address(For.KEEPERS, POST, _round, owned=True),
    "households:round_reopen": Address(For.KEEPERS, POST, _round, owned=True),
    "households:round_monitor": Address(For.READERS, GET, _round),
    "households:commune_way": Address(For.READERS, BOTH, _commune_in_round, owned=True),
    "households:decision": Address(For.READERS, BOTH, _commune_in_round, owned=True),
    "households:decision_paper": Address(For.READERS, BOTH, _commune_in_round, owned=True),
    "households:report_paper": Address(For.READERS, GET, _commune_in_round, owned=True),
    "households:announce": Address(For.READERS, GET, _decided_commune, owned=True),
    "households:correction": Address(For.SETTLERS, BOTH, _decided_commune, owned=True),
    "households:announced_list": Address(For.READERS, BOTH, _decided_village, owned=True),
    "households:certificate_register": Address(For.READERS, BOTH, _own_commune, owned=True),
    "households:certificate_pile": Address(For.OFFICERS, BOTH, _own_commune, owned=True),
    "households:hand_over_list": Address(For.OFFICERS, BOTH, _own_commune, owned=True),
    "households:status_confirmations": Address(For.READERS, GET, _own_commune, owned=True),
    "households:certificate": Address(For.READERS, BOTH, _certificate, owned=True),
    "households:certificate_paper": Address(For.OFFICERS, BOTH, _certificate, owned=True),
    "households:status_confirmation_new": Address(For.OFFICERS, BOTH, _household, owned=True),
    "households:status_confirmation": Address(For.OFFICERS, GET, _confirmed, owned=True),
    "households:request_list": Address(For.READERS, GET, _own_commune, owned=True),
    "households:request_new": Address(For.OFFICERS, BOTH, _own_commune, owned=True),
    "households:request_village": Address(For.OFFICERS, BOTH, _village, owned=True),
    "households:request": Address(For.READERS, BOTH, _request, owned=True),
    "households:request_paper": Address(For.OFFICERS, BOTH, lambda r: (r.request.pk, "form"), True),
    "households:village_forms": Address(For.READERS, BOTH, _village_in_round, owned=True),
    "households:household_form": Address(For.READERS, BOTH, _household, owned=True),
    "households:survey_slip": Address(For.READERS, BOTH, _survey, owned=True),
    "households:slip_check": Address(For.ANYONE, BOTH, lambda r: (r.slip.token,)),
    "households:village_slips": Address(For.READERS, BOTH, _village_in_round, owned=True),
    "households:households_asked": Address(For.READERS, BOTH, _village_in_round, owned=True),
    "households:village_way": Address(For.READERS, BOTH, _village_in_round, owned=True),
    "households:village_paper": Address(
        For.READERS, BOTH, lambda r: (r.round.pk, r.village.pk, "posting"), owned=True
    ),
    "households:complaint_new": Address(For.SETTLERS, BOTH, _village_in_round, owned=True),
    "households:complaint_answer": Address(For.SETTLERS, BOTH, _complaint, owned=True),
    "households:complaint_posting": Address(For.SETTLERS, BOTH, _complaint, owned=True),
    "households:complaint": Address(For.SETTLERS, BOTH, _complaint, owned=True),
    "households:terms": Address(For.LOGGED_IN, BOTH),
    "households:standard_list": Address(For.LOGGED_IN, GET),
    "households:unconfirmed_numbers": Address(For.LOGGED_IN, GET),
    "households:standard": Address(For.LOGGED_IN, GET, _standard),
    "households:confirm_number": Address(For.KEEPERS, POST, _standard),
    "households:point_table": Address(For.LOGGED_IN, GET, _table),
    "households:point_table_csv": Address(For.LOGGED_IN, GET, _table),
    "households:point_table_new": Address(For.KEEPERS, BOTH, _standard),
    "households:point_table_change": Address(For.KEEPERS, BOTH, _table),
    "households:point_table_propose": Address(For.KEEPERS, POST, _table),
    "households:point_table_withdraw": Address(For.KEEPERS, POST, _table),
    "households:point_table_agree": Address(For.KEEPERS, POST, _table),
    "households:point_table_discard": Address(For.KEEPERS, POST, _table),
    "households:worked_household_new": Address(For.KEEPERS, BOTH, _table),
    "households:worked_household_remove": Address(
        For.KEEPERS, POST, lambda r: (r.table.code, r.worked.pk)
    ),
    "households:practice": Address(For.LOGGED_IN, GET),
    "households:practice_enter": Address(For.LOGGED_IN, POST),
    "households:practice_leave": Address(For.LOGGED_IN, POST),
    "households:practice_empty": Address(For.MAPPERS, POST),
    "households:practice_start": Address(For.LOGGED_IN, POST, lambda r: ("town",)),
    "households:practice_answer": Address(For.LOGGED_IN, GET, lambda r: ("town",)),
    "households:village_new": Address(For.MAPPERS, BOTH),
    "households:user_list": Address(For.ASSIGNERS, GET),
    "households:user_new": Address(For.ASSIGNERS, BOTH),
    "households:user": Address(For.ASSIGNERS, GET, _account, owned=True),
    "households:user_link": Address(For.ASSIGNERS, POST, _account, owned=True),
    "households:user_hand_over": Address(For.ASSIGNERS, BOTH, _account, owned=True),
    "households:user_second_factor_off": Address(For.ASSIGNERS, POST, _account, owned=True),
    "households:user_assign": Address(For.ASSIGNERS, POST, _account, owned=True),
    "households:account_list": Address(For.ASSIGNERS, BOTH),
    "households:account_template": Address(For.ASSIGNERS, GET),
    "households:account_list_create": Address(For.ASSIGNERS, POST),
    "households:user_slip": Address(For.ASSIGNERS, POST, _account, owned=True),
    "households:my_ties": Address(For.LOGGED_IN, BOTH),
    "households:user_ties": Address(For.ASSIGNERS, BOTH, _account, owned=True),
    "households:tie_end": Address(For.ASSIGNERS, POST, lambda r: (r.tie.pk,), owned=True),
    "households:assignment_end": Address(
        For.ASSIGNERS, POST, lambda r: (r.assignment.pk,), owned=True
    ),
}


def url_of(name: str, register: Register) -> str:
    return reverse(name, args=ADDRESSES[name].args(register))


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every address the resolver knows, by its whole name ("" for one without)."""
    yield from _within(get_resolver(), "")


def _within(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{prefix}{one.namespace}:" if one.namespace else prefix
            yield from _within(one, inner)
        else:
            yield (f"{prefix}{one.name}" if one.name else prefix), one
