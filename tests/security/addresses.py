"""Every address of the product: whom it is for, what it takes, and an example of it.

A new address gets a line here; tests/security refuses one that has none.
"""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from households.views import household_acts
from tests.security import arguments as args
from tests.security.address import BOTH, GET, POST
from tests.security.address import Address as Address
from tests.security.api import ADDRESSES as SYSTEM_ADDRESSES
from tests.security.conftest import Register
from tests.security.figures import ADDRESSES as FIGURE_ADDRESSES
from tests.security.programmes import ADDRESSES as PROGRAMME_ADDRESSES
from tests.security.whom import SERVED as SERVED
from tests.security.whom import For as For

ADDRESSES: dict[str, Address] = {
    **SYSTEM_ADDRESSES,
    **PROGRAMME_ADDRESSES,
    **FIGURE_ADDRESSES,
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
    "password_reset_confirm": Address(For.ANYONE, BOTH, args.set_password),
    "password_reset_complete": Address(For.ANYONE, GET),
    "set_language": Address(For.ANYONE, POST),
    "households:home": Address(For.LOGGED_IN, GET),
    "households:components": Address(For.LOGGED_IN, GET),
    "households:guide": Address(For.LOGGED_IN, GET),
    "households:guide_topic": Address(For.LOGGED_IN, GET, lambda register: ("form",)),
    "households:search": Address(For.READERS, BOTH),
    "households:suggestions": Address(For.READERS, POST),
    "households:household_list": Address(For.READERS, BOTH),
    "households:village_walk": Address(For.READERS, BOTH, args.village, owned=True),
    "households:household_list_out": Address(For.READERS, BOTH),
    "households:saved_lists": Address(For.READERS, BOTH),
    "households:saved_list": Address(For.READERS, POST, lambda r: (r.saved_list.pk,), owned=True),
    "households:household_new": Address(For.WRITERS, BOTH),
    "households:household": Address(For.READERS, GET, args.household, owned=True),
    **{
        f"households:act_{name}": Address(For.OFFICERS, BOTH, args.household, owned=True)
        for name in household_acts.ACTS
    },
    "households:survey_start": Address(For.WRITERS, POST, args.household, owned=True),
    "households:show_number": Address(
        For.WRITERS, POST, lambda r: (r.household.pk, r.person.pk), owned=True
    ),
    "households:survey": Address(For.READERS, GET, args.survey, owned=True),
    "households:survey_form": Address(For.WRITERS, BOTH, args.draft, owned=True),
    "households:survey_draft": Address(For.WRITERS, POST, args.draft, owned=True),
    "households:survey_live": Address(For.WRITERS, POST, args.draft, owned=True),
    "households:survey_discard": Address(For.WRITERS, POST, args.draft, owned=True),
    "households:survey_wishes": Address(For.WRITERS, POST, args.draft, owned=True),
    "households:photo_add": Address(For.WRITERS, POST, args.draft, owned=True),
    "households:attachment": Address(For.READERS, GET, args.attachment, owned=True),
    "households:attachment_small": Address(For.READERS, GET, args.attachment, owned=True),
    "households:attachment_remove": Address(For.WRITERS, POST, args.attachment, owned=True),
    "households:round_list": Address(For.LOGGED_IN, GET),
    "households:round_new": Address(For.KEEPERS, BOTH),
    "households:round_change": Address(For.KEEPERS, BOTH, args.round, owned=True),
    "households:round_close": Address(For.KEEPERS, POST, args.round, owned=True),
    "households:round_reopen": Address(For.KEEPERS, POST, args.round, owned=True),
    "households:round_monitor": Address(For.READERS, GET, args.round),
    "households:commune_way": Address(For.READERS, BOTH, args.commune_in_round, owned=True),
    "households:commune_oddities": Address(For.CHECKERS, BOTH, args.commune_in_round, owned=True),
    "households:decision": Address(For.READERS, BOTH, args.commune_in_round, owned=True),
    "households:decision_paper": Address(For.READERS, BOTH, args.commune_in_round, owned=True),
    "households:commune_village_papers": Address(
        For.READERS, BOTH, lambda r: (*args.commune_in_round(r), "posting"), owned=True
    ),
    "households:commune_household_papers": Address(
        For.READERS, BOTH, lambda r: (*args.commune_in_round(r), "slips"), owned=True
    ),
    "households:announced_lists": Address(For.READERS, BOTH, args.decided_commune, owned=True),
    "households:report_paper": Address(For.READERS, GET, args.commune_in_round, owned=True),
    "households:submission_paper": Address(For.READERS, GET, args.commune_in_round, owned=True),
    "households:announce": Address(For.READERS, GET, args.decided_commune, owned=True),
    "households:correction": Address(For.SETTLERS, BOTH, args.decided_commune, owned=True),
    "households:correction_paper": Address(For.SETTLERS, POST, args.decided_commune, owned=True),
    "households:announced_list": Address(For.READERS, BOTH, args.decided_village, owned=True),
    "households:certificate_register": Address(For.READERS, BOTH, args.own_commune, owned=True),
    "households:certificate_pile": Address(For.OFFICERS, BOTH, args.own_commune, owned=True),
    "households:hand_over_list": Address(For.OFFICERS, BOTH, args.own_commune, owned=True),
    "households:status_confirmations": Address(For.READERS, GET, args.own_commune, owned=True),
    "households:certificate": Address(For.READERS, BOTH, args.certificate, owned=True),
    "households:certificate_paper": Address(For.OFFICERS, BOTH, args.certificate, owned=True),
    "households:status_confirmation_new": Address(For.OFFICERS, BOTH, args.household, owned=True),
    "households:status_confirmation": Address(For.OFFICERS, GET, args.confirmed, owned=True),
    "households:request_list": Address(For.READERS, GET, args.own_commune, owned=True),
    "households:request_new": Address(For.OFFICERS, BOTH, args.own_commune, owned=True),
    "households:request_village": Address(For.OFFICERS, BOTH, args.village, owned=True),
    "households:request": Address(For.READERS, BOTH, args.request, owned=True),
    "households:request_paper": Address(For.OFFICERS, BOTH, lambda r: (r.request.pk, "form"), True),
    "households:village_forms": Address(For.READERS, BOTH, args.village_in_round, owned=True),
    "households:household_form": Address(For.READERS, BOTH, args.household, owned=True),
    "households:survey_slip": Address(For.READERS, BOTH, args.survey, owned=True),
    "households:survey_recheck": Address(For.SETTLERS, BOTH, args.survey, owned=True),
    "households:slip_check": Address(For.ANYONE, BOTH, lambda r: (r.slip.token,)),
    "households:village_slips": Address(For.READERS, BOTH, args.village_in_round, owned=True),
    "households:households_asked": Address(For.READERS, BOTH, args.village_in_round, owned=True),
    "households:village_way": Address(For.READERS, BOTH, args.village_in_round, owned=True),
    "households:village_paper": Address(
        For.READERS, BOTH, lambda r: (r.round.pk, r.village.pk, "posting"), owned=True
    ),
    "households:reorganisation_list": Address(For.MAPPERS, BOTH),
    "households:reorganisation": Address(For.MAPPERS, BOTH, args.reorganisation, owned=True),
    "households:reorganisation_part_new": Address(
        For.MAPPERS, BOTH, lambda r: (*args.reorganisation(r), "VILLAGE_RENAME"), owned=True
    ),
    "households:reorganisation_part": Address(
        For.MAPPERS, BOTH, lambda r: (*args.reorganisation(r), 0), owned=True
    ),
    "households:inspection_list": Address(For.INSPECTORS, BOTH),
    "households:inspection": Address(For.INSPECTORS, BOTH, args.inspection, owned=True),
    "households:inspection_sample": Address(For.INSPECTORS, BOTH, args.sample, owned=True),
    "households:inspection_search": Address(For.INSPECTOR, POST, args.inspection, owned=True),
    "households:inspection_papers": Address(For.INSPECTOR, POST, args.inspection, owned=True),
    "households:inspection_paper": Address(
        For.INSPECTOR, POST, lambda r: (*args.inspection(r), r.attachment.uuid), owned=True
    ),
    "households:notice_list": Address(For.LOGGED_IN, BOTH),
    "households:word_templates": Address(For.KEEPERS, BOTH),
    "households:word_template": Address(For.KEEPERS, GET, lambda r: ("minutes",)),
    "households:commune_reviewers": Address(For.CHECKERS, BOTH, args.own_commune, owned=True),
    "households:residents": Address(For.CHECKERS, BOTH, args.round),
    "households:import_list": Address(For.CHECKERS, BOTH),
    "households:take_over_list": Address(For.OFFICERS, BOTH),
    "households:import_template": Address(For.CHECKERS, GET),
    "households:import_batch": Address(For.OFFICERS, BOTH, args.import_batch),
    "households:import_problems": Address(For.OFFICERS, GET, args.import_batch),
    "households:import_marked": Address(For.OFFICERS, GET, args.import_batch),
    "households:import_columns": Address(For.OFFICERS, BOTH, args.import_columns),
    "households:duplicate_list": Address(For.CHECKERS, GET),
    "households:duplicate": Address(For.CHECKERS, BOTH, args.pair, owned=True),
    "households:claim_number": Address(
        For.OFFICERS, BOTH, lambda r: (r.household.pk, r.person.pk), owned=True
    ),
    "households:layout_list": Address(For.LAYOUT_USERS, BOTH),
    "households:layout": Address(For.DEFINERS, BOTH, args.layout, owned=True),
    "households:layout_file": Address(For.READERS, BOTH, args.layout),
    "households:ordered_files": Address(For.READERS, GET),
    "households:ordered_file": Address(For.OFFICERS, BOTH, args.ordered_file),
    "households:return_list": Address(For.CHECKERS, GET),
    "households:return_new": Address(For.CHECKERS, BOTH, args.layout),
    "households:layout_return": Address(For.CHECKERS, BOTH, args.returned_sheet, owned=True),
    "households:returned_difference": Address(For.OFFICERS, POST, args.difference, owned=True),
    "households:review_files": Address(For.CHECKERS, BOTH, args.commune_in_round, owned=True),
    "households:list_file": Address(
        For.READERS, BOTH, lambda r: ("requests", r.commune.pk), owned=True
    ),
    "households:transfer_list": Address(For.READERS, GET, args.own_commune, owned=True),
    "households:transfer": Address(For.READERS, BOTH, args.transfer, owned=True),
    "households:moved_within": Address(For.WATCHERS, GET),
    "households:complaint_new": Address(For.SETTLERS, BOTH, args.village_in_round, owned=True),
    "households:complaint_answer": Address(For.SETTLERS, BOTH, args.complaint, owned=True),
    "households:complaint_posting": Address(For.SETTLERS, BOTH, args.complaint, owned=True),
    "households:complaint": Address(For.SETTLERS, BOTH, args.complaint, owned=True),
    "households:terms": Address(For.LOGGED_IN, BOTH),
    "households:standard_list": Address(For.LOGGED_IN, GET),
    "households:unconfirmed_numbers": Address(For.LOGGED_IN, GET),
    "households:standard": Address(For.LOGGED_IN, GET, args.standard),
    "households:confirm_number": Address(For.KEEPERS, POST, args.standard),
    "households:point_table": Address(For.LOGGED_IN, GET, args.table),
    "households:point_table_csv": Address(For.LOGGED_IN, GET, args.table),
    "households:point_table_new": Address(For.KEEPERS, BOTH, args.standard),
    "households:point_table_change": Address(For.KEEPERS, BOTH, args.table),
    "households:point_table_propose": Address(For.KEEPERS, POST, args.table),
    "households:point_table_withdraw": Address(For.KEEPERS, POST, args.table),
    "households:point_table_agree": Address(For.KEEPERS, POST, args.table),
    "households:point_table_discard": Address(For.KEEPERS, POST, args.table),
    "households:worked_household_new": Address(For.KEEPERS, BOTH, args.table),
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
    "households:user": Address(For.ASSIGNERS, GET, args.account, owned=True),
    "households:user_link": Address(For.ASSIGNERS, POST, args.account, owned=True),
    "households:user_hand_over": Address(For.ASSIGNERS, BOTH, args.account, owned=True),
    "households:user_second_factor_off": Address(For.ASSIGNERS, POST, args.account, owned=True),
    "households:user_assign": Address(For.ASSIGNERS, POST, args.account, owned=True),
    "households:account_list": Address(For.ASSIGNERS, BOTH),
    "households:account_template": Address(For.ASSIGNERS, GET),
    "households:account_list_create": Address(For.ASSIGNERS, POST),
    "households:user_slip": Address(For.ASSIGNERS, POST, args.account, owned=True),
    "households:my_ties": Address(For.LOGGED_IN, BOTH),
    "households:user_ties": Address(For.ASSIGNERS, BOTH, args.account, owned=True),
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
