"""May this user? Each answers with a reason in the user's words, or None for yes.

The view greys its button with the reason; the service refuses with the same words.
"""

from households.policies.accounts import (
    roles_to_give as roles_to_give,
)
from households.policies.accounts import (
    why_not_assign as why_not_assign,
)
from households.policies.accounts import (
    why_not_give_role as why_not_give_role,
)
from households.policies.accounts import (
    why_not_look_up as why_not_look_up,
)
from households.policies.accounts import (
    why_not_manage_account as why_not_manage_account,
)
from households.policies.accounts import (
    why_not_reset_password as why_not_reset_password,
)
from households.policies.accounts import (
    why_role_not_there as why_role_not_there,
)
from households.policies.api_clients import (
    api_client_areas as api_client_areas,
)
from households.policies.api_clients import (
    why_not_keep_api_clients as why_not_keep_api_clients,
)
from households.policies.areas import (
    province_of as province_of,
)
from households.policies.areas import (
    why_not_add_village as why_not_add_village,
)
from households.policies.areas import (
    why_not_change_areas as why_not_change_areas,
)
from households.policies.areas import (
    why_not_enter_residents as why_not_enter_residents,
)
from households.policies.areas import (
    why_not_load_reference as why_not_load_reference,
)
from households.policies.areas import (
    why_not_put_templates as why_not_put_templates,
)
from households.policies.areas import (
    why_not_reorganise as why_not_reorganise,
)
from households.policies.areas import (
    why_not_see_reorganisations as why_not_see_reorganisations,
)
from households.policies.duplicates import (
    sees_side as sees_side,
)
from households.policies.duplicates import (
    visible_pairs as visible_pairs,
)
from households.policies.duplicates import (
    why_not_see_duplicates as why_not_see_duplicates,
)
from households.policies.duplicates import (
    why_not_settle_pair as why_not_settle_pair,
)
from households.policies.households import (
    areas_in_reach as areas_in_reach,
)
from households.policies.households import (
    readable_attachments as readable_attachments,
)
from households.policies.households import (
    visible_areas as visible_areas,
)
from households.policies.households import (
    visible_cards as visible_cards,
)
from households.policies.households import (
    visible_households as visible_households,
)
from households.policies.households import (
    visible_survey_id as visible_survey_id,
)
from households.policies.households import (
    why_has_ended as why_has_ended,
)
from households.policies.households import (
    why_not_change_household as why_not_change_household,
)
from households.policies.households import (
    why_not_read_households as why_not_read_households,
)
from households.policies.households import (
    why_not_take_over as why_not_take_over,
)
from households.policies.households import (
    why_not_unmask as why_not_unmask,
)
from households.policies.inspections import (
    inspected_attachments as inspected_attachments,
)
from households.policies.inspections import (
    visible_inspections as visible_inspections,
)
from households.policies.inspections import (
    why_not_inspect as why_not_inspect,
)
from households.policies.inspections import (
    why_not_open_inspection as why_not_open_inspection,
)
from households.policies.inspections import (
    why_not_see_inspections as why_not_see_inspections,
)
from households.policies.layouts import (
    visible_returned_rows as visible_returned_rows,
)
from households.policies.layouts import (
    visible_returns as visible_returns,
)
from households.policies.layouts import (
    why_not_change_layout as why_not_change_layout,
)
from households.policies.layouts import (
    why_not_define_layouts as why_not_define_layouts,
)
from households.policies.layouts import (
    why_not_read_back as why_not_read_back,
)
from households.policies.layouts import (
    why_not_see_layouts as why_not_see_layouts,
)
from households.policies.layouts import (
    why_not_take_out_numbers as why_not_take_out_numbers,
)
from households.policies.practice import (
    why_not_empty_practice as why_not_empty_practice,
)
from households.policies.practice import (
    why_not_practise as why_not_practise,
)
from households.policies.reviews import (
    why_not_edit_survey as why_not_edit_survey,
)
from households.policies.reviews import (
    why_not_export_review as why_not_export_review,
)
from households.policies.reviews import (
    why_not_import as why_not_import,
)
from households.policies.reviews import (
    why_not_import_anywhere as why_not_import_anywhere,
)
from households.policies.reviews import (
    why_not_open_round as why_not_open_round,
)
from households.policies.reviews import (
    why_not_record_decision as why_not_record_decision,
)
from households.policies.reviews import (
    why_not_take_over_list as why_not_take_over_list,
)
from households.policies.reviews import (
    why_not_take_over_lists as why_not_take_over_lists,
)
from households.policies.reviews import (
    why_not_write_surveys as why_not_write_surveys,
)
from households.policies.reviews import (
    why_round_is_locked as why_round_is_locked,
)
from households.policies.roles import (
    ADDS_VILLAGES as ADDS_VILLAGES,
)
from households.policies.roles import (
    ASSIGNS_USERS as ASSIGNS_USERS,
)
from households.policies.roles import (
    CHANGES_AREAS as CHANGES_AREAS,
)
from households.policies.roles import (
    CHANGES_HOUSEHOLDS as CHANGES_HOUSEHOLDS,
)
from households.policies.roles import (
    DEFINES_LAYOUTS as DEFINES_LAYOUTS,
)
from households.policies.roles import (
    ENTERS_RESIDENTS as ENTERS_RESIDENTS,
)
from households.policies.roles import (
    GIVEN_BY_ADMINISTRATORS as GIVEN_BY_ADMINISTRATORS,
)
from households.policies.roles import (
    GIVEN_BY_COMMUNES as GIVEN_BY_COMMUNES,
)
from households.policies.roles import (
    IMPORTS as IMPORTS,
)
from households.policies.roles import (
    ISSUES_CERTIFICATES as ISSUES_CERTIFICATES,
)
from households.policies.roles import (
    KEEPS_STANDARDS as KEEPS_STANDARDS,
)
from households.policies.roles import (
    MANAGES_ACCOUNTS as MANAGES_ACCOUNTS,
)
from households.policies.roles import (
    OPENS_INSPECTIONS as OPENS_INSPECTIONS,
)
from households.policies.roles import (
    OPENS_ROUNDS as OPENS_ROUNDS,
)
from households.policies.roles import (
    READS_FIGURES as READS_FIGURES,
)
from households.policies.roles import (
    READS_HOUSEHOLDS as READS_HOUSEHOLDS,
)
from households.policies.roles import (
    RECORDS_DECISIONS as RECORDS_DECISIONS,
)
from households.policies.roles import (
    RECORDS_STEPS as RECORDS_STEPS,
)
from households.policies.roles import (
    SEES_ODDITIES as SEES_ODDITIES,
)
from households.policies.roles import (
    SETTLES_COMPLAINTS as SETTLES_COMPLAINTS,
)
from households.policies.roles import (
    TAKES_OVER_LISTS as TAKES_OVER_LISTS,
)
from households.policies.roles import (
    WRITES_SURVEYS as WRITES_SURVEYS,
)
from households.policies.roles import (
    Reason as Reason,
)
from households.policies.saved_lists import (
    why_not_change_saved_list as why_not_change_saved_list,
)
from households.policies.saved_lists import (
    why_not_save_list as why_not_save_list,
)
from households.policies.saved_lists import (
    why_not_use_saved_lists as why_not_use_saved_lists,
)
from households.policies.standards import (
    why_not_agree_to_table as why_not_agree_to_table,
)
from households.policies.standards import (
    why_not_confirm as why_not_confirm,
)
from households.policies.standards import (
    why_not_keep_standards as why_not_keep_standards,
)
from households.policies.steps import (
    takes_for_another as takes_for_another,
)
from households.policies.steps import (
    why_not_answer_requests as why_not_answer_requests,
)
from households.policies.steps import (
    why_not_confirm_draft as why_not_confirm_draft,
)
from households.policies.steps import (
    why_not_issue_certificates as why_not_issue_certificates,
)
from households.policies.steps import (
    why_not_see_oddities as why_not_see_oddities,
)
from households.policies.steps import (
    why_not_set_terms as why_not_set_terms,
)
from households.policies.steps import (
    why_not_settle_complaints as why_not_settle_complaints,
)
from households.policies.steps import (
    why_not_take_step as why_not_take_step,
)
from households.policies.ties import (
    declarable_households as declarable_households,
)
from households.policies.ties import (
    why_not_declare_ties as why_not_declare_ties,
)
from households.policies.ties import (
    why_not_end_tie as why_not_end_tie,
)
from households.policies.ties import (
    why_own_or_related as why_own_or_related,
)
from households.rights import Rights as Rights
from households.rights import rights as rights
