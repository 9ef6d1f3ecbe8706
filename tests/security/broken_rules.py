"""For each rule of the database, raw SQL that breaks it. A new constraint gets a line here."""

from tests.security.api import BREAKS as SYSTEM_BREAKS
from tests.security.broken_procedure_rules import PROCEDURE_BREAKS

#: Of Django's own tables of groups and permissions, which povreg does not use.
UNUSED = ("households_user_groups", "households_user_user_permissions")

#: What each rule refuses: a statement on the rows the test has made. "copy TABLE SET … WHERE …"
#: inserts rows of the table a second time, with a new id and the given changes.
BREAKS: dict[str, str] = {
    **PROCEDURE_BREAKS,
    **SYSTEM_BREAKS,
    "households_area_code_fits_level": (
        "UPDATE households_area SET code = '9' WHERE level = 'COMMUNE'"
    ),
    "households_area_ends_after_start": "UPDATE households_area SET valid_to = '2000-01-01'",
    "households_area_one_code_at_a_time": "copy households_area WHERE level = 'PROVINCE'",
    "households_area_one_village_name_at_a_time": "copy households_area WHERE level = 'VILLAGE'",
    "households_area_only_provinces_on_top": (
        "copy households_area SET parent_id = NULL, code = '09999' WHERE level = 'COMMUNE'"
    ),
    "households_areachange_kind_known": ("UPDATE households_areachange SET kind = 'SWAP'"),
    "households_areachange_once": "copy households_areachange",
    "households_areagroup_com_areagroup_id_area_id_8c26666f_uniq": (
        "copy households_areagroup_communes"
    ),
    "households_areagroup_name_key": "copy households_areagroup",
    "households_areatrait_ends_after_start": (
        "UPDATE households_areatrait SET valid_to = '2000-01-01'"
    ),
    "households_areatrait_kind_known": ("UPDATE households_areatrait SET kind = 'MOOD'"),
    "households_areatrait_one_at_a_time": "copy households_areatrait",
    "households_assessment_class_known": "UPDATE households_assessment SET poverty_class = 'RICH'",
    "households_assessment_income_basis_known": (
        "UPDATE households_assessment SET income_basis = 'GUESS'"
    ),
    "households_assessment_once_per_standard": "copy households_assessment",
    "households_assignment_ends_after_start": (
        "UPDATE households_assignment SET valid_to = '2000-01-01'"
    ),
    "households_assignment_once_at_a_time": "copy households_assignment",
    "households_assignment_role_known": ("UPDATE households_assignment SET role = 'KING'"),
    "households_attachment_has_content": "UPDATE households_attachment SET size_bytes = 0",
    "households_attachment_kind_known": "UPDATE households_attachment SET kind = 'SELFIE'",
    "households_attachment_of_one_thing": (
        "UPDATE households_attachment SET survey_id = NULL WHERE survey_id IS NOT NULL"
    ),
    "households_attachment_once": (
        "copy households_attachment SET uuid = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'"
    ),
    "households_attachment_uuid_key": ("copy households_attachment SET source_sha256 = 'another'"),
    "households_changemark_once_per_commune": "copy households_changemark",
    "households_classchange_classes_known": (
        "UPDATE households_classchange SET class_before = 'RICH'"
    ),
    "households_classchange_has_reason": "UPDATE households_classchange SET reason = ' '",
    "households_classchange_is_a_change": (
        "UPDATE households_classchange SET class_after = class_before"
    ),
    "households_confirmation_names_its_source": ("copy households_confirmation SET source = ''"),
    "households_declaredtie_ends_after_start": (
        "UPDATE households_declaredtie SET ended_on = '2000-01-01'"
    ),
    "households_declaredtie_kind_known": "UPDATE households_declaredtie SET kind = 'FRIEND'",
    "households_declaredtie_one_open": "copy households_declaredtie",
    "households_ethnicgroup_code_key": "UPDATE households_ethnicgroup SET code = '01'",
    "households_ethnicgroup_name_key": "UPDATE households_ethnicgroup SET name = 'Kinh'",
    "households_household_end_has_a_reason": (
        "UPDATE households_household SET ended_on = '2024-10-01'"
    ),
    "households_householdevent_about_a_person": (
        "UPDATE households_householdevent SET person_id = NULL WHERE kind = 'DIED'"
    ),
    "households_householdevent_end_has_a_reason": (
        "UPDATE households_householdevent SET end_reason = 'ALL_DIED' WHERE kind = 'DIED'"
    ),
    "households_householdevent_kind_known": (
        "UPDATE households_householdevent SET kind = 'FLEW' WHERE kind = 'MOVED'"
    ),
    "households_householdevent_links_two": (
        "UPDATE households_householdevent SET other_household_id = NULL WHERE kind = 'SPLIT'"
    ),
    "households_householdevent_moved_beyond_to_a_commune": (
        "UPDATE households_householdevent SET to_commune_id = (SELECT min(id) FROM households_area)"
        " WHERE kind = 'MOVED'"
    ),
    "households_householdevent_not_with_itself": (
        "UPDATE households_householdevent SET other_household_id = household_id"
        " WHERE kind = 'SPLIT'"
    ),
    "households_householdkey_once_per_source": "copy households_householdkey",
    "households_installation_kind_known": (
        "INSERT INTO households_installation (id, kind) VALUES (1, 'TOY')"
    ),
    "households_installation_single": (
        "INSERT INTO households_installation (id, kind) VALUES (2, 'REAL')"
    ),
    "households_listentry_code_once_per_list": "copy households_listentry",
    "households_membership_ends_after_start": (
        "UPDATE households_membership SET valid_to = '2000-01-01'"
    ),
    "households_membership_one_head_at_a_time": (
        "copy households_membership SET relation = 'head', valid_from = '2024-12-01',"
        " person_id = (SELECT id FROM households_person WHERE full_name = 'Người Lẻ')"
    ),
    "households_membership_one_household_at_a_time": (
        "copy households_membership SET relation = 'other', valid_from = '2024-12-01'"
    ),
    "households_membership_relation_known": "UPDATE households_membership SET relation = 'cousin'",
    "households_opensession_session_id_key": "copy households_opensession",
    "households_passkey_credential_id_key": "copy households_passkey SET name = 'Khác'",
    "households_passkey_name_once": "copy households_passkey SET credential_id = '\\x02'",
    "households_person_birth_precision_known": (
        "UPDATE households_person SET birth_precision = 'HOUR'"
    ),
    "households_person_died_after_birth": "UPDATE households_person SET died_on = '1900-01-01'",
    "households_person_old_number_has_9_digits": (
        "UPDATE households_person SET old_number = decode('00', 'hex')"
    ),
    "households_person_has_a_name": "UPDATE households_person SET full_name = ''",
    "households_person_personal_id_once": (
        "UPDATE households_person SET personal_id ="
        " (SELECT max(personal_id) FROM households_person)"
    ),
    "households_person_sex_known": "UPDATE households_person SET sex = 'X'",
    "households_personkey_once_per_source": "copy households_personkey",
    "households_pointtable_agreed_by_a_second_person": (
        "UPDATE households_pointtable SET state = 'RETIRED', agreed_by_id = entered_by_id"
        " WHERE code = 'table_try'"
    ),
    "households_pointtable_code_key": "copy households_pointtable WHERE code = 'table_try'",
    "households_pointtable_one_in_force": (
        "UPDATE households_pointtable SET state = 'IN_FORCE', is_sample = true"
    ),
    "households_pointtable_state_known": ("UPDATE households_pointtable SET state = 'LOST'"),
    "households_povertystandard_code_key": (
        "UPDATE households_povertystandard SET code = 'std_2022'"
    ),
    "households_povertystandard_one_at_a_time": (
        "UPDATE households_povertystandard SET valid_to = NULL"
    ),
    "households_recognitiondecision_origin_known": (
        "UPDATE households_recognitiondecision SET origin = 'HEARSAY'"
    ),
    "households_recognitiondecision_signer_title_known": (
        "UPDATE households_recognitiondecision SET signer_title = 'KING'"
    ),
    "households_residence_ends_after_start": (
        "UPDATE households_residence SET valid_to = '2000-01-01'"
    ),
    "households_residence_one_place_at_a_time": "copy households_residence",
    "households_reviewround_closes_after_opening": (
        "UPDATE households_reviewround SET closes_on = '2000-01-01'"
    ),
    "households_reviewround_month_if_ad_hoc": "UPDATE households_reviewround SET month = 13",
    "households_reviewround_once": "copy households_reviewround",
    "households_roundstandard_once": ("copy households_roundstandard SET part = 'OPENING'"),
    "households_roundstandard_one_per_part": (
        "copy households_roundstandard SET standard_id ="
        " (SELECT id FROM households_povertystandard WHERE code = 'std_2016')"
    ),
    "households_roundstandard_part_known": ("UPDATE households_roundstandard SET part = 'MIDDLE'"),
    "households_savedlist_has_a_name": "UPDATE households_savedlist SET name = ' '",
    "households_savedlist_in_round_known": "UPDATE households_savedlist SET in_round = 'LATE'",
    "households_savedlist_name_once": "copy households_savedlist SET is_default = false",
    "households_savedlist_one_default": "copy households_savedlist SET name = 'Khác'",
    "households_savedlist_poverty_class_known": (
        "UPDATE households_savedlist SET poverty_class = 'RICH'"
    ),
    "households_statusperiod_class_of_a_list": (
        "UPDATE households_statusperiod SET poverty_class = 'NOT_POOR'"
    ),
    "households_statusperiod_end_is_decided": (
        "UPDATE households_statusperiod SET valid_to = '2030-12-31'"
    ),
    "households_statusperiod_ends_after_start": (
        "UPDATE households_statusperiod SET valid_to = '2000-01-01', how_out = 'ESCAPED',"
        " decision_out_id = decision_in_id"
    ),
    "households_statusperiod_how_in_known": ("UPDATE households_statusperiod SET how_in = 'LUCK'"),
    "households_statusperiod_how_out_known": (
        "UPDATE households_statusperiod SET how_out = 'LUCK', valid_to = valid_from,"
        " decision_out_id = decision_in_id"
    ),
    "households_statusperiod_one_class_at_a_time": "copy households_statusperiod",
    "households_survey_class_paper_known": ("UPDATE households_survey SET class_paper = 'RICH'"),
    "households_survey_complete_has_members": (
        "UPDATE households_survey SET household_size = 0 WHERE state = 'COMPLETE'"
    ),
    "households_survey_floor_area_not_negative": "UPDATE households_survey SET floor_area_m2 = -1",
    "households_survey_income_not_negative": (
        "UPDATE households_survey SET income_per_capita_month_vnd = -1"
    ),
    "households_survey_one_per_round": (
        "UPDATE households_survey SET household_id ="
        " (SELECT min(household_id) FROM households_survey)"
    ),
    "households_survey_origin_known": ("UPDATE households_survey SET origin = 'DREAM'"),
    "households_survey_settlement_known": "UPDATE households_survey SET settlement = 'ISLE'",
    "households_survey_state_known": ("UPDATE households_survey SET state = 'LOST'"),
    "households_survey_uuid_key": (
        "UPDATE households_survey SET uuid = '00000000-0000-4000-8000-000000000000'"
    ),
    "households_surveymember_attending_level_known": (
        "UPDATE households_surveymember SET attending_level = 'academy'"
    ),
    "households_surveymember_birth_precision_known": (
        "UPDATE households_surveymember SET birth_precision = 'HOUR'"
    ),
    "households_surveymember_employment_known": (
        "UPDATE households_surveymember SET employment = 'king'"
    ),
    "households_surveymember_highest_qualification_known": (
        "UPDATE households_surveymember SET highest_qualification = 'academy'"
    ),
    "households_surveymember_number_once": (
        "copy households_surveymember SET relation = '', person_id = NULL"
    ),
    "households_surveymember_one_head": (
        "copy households_surveymember SET member_no = 9, relation = 'head', person_id = NULL"
    ),
    "households_surveymember_person_once": (
        "copy households_surveymember SET member_no = 99, relation = 'other'"
        " WHERE person_id IS NOT NULL"
    ),
    "households_surveymember_relation_known": (
        "UPDATE households_surveymember SET relation = 'cousin'"
    ),
    "households_surveymember_old_number_has_9_digits": (
        "UPDATE households_surveymember SET old_number = decode('00', 'hex')"
    ),
    "households_surveymember_sex_known": "UPDATE households_surveymember SET sex = 'X'",
    "households_user_email_once": "UPDATE households_user SET email = 'can.bo@example.vn'",
    "households_user_username_key": "UPDATE households_user SET username = 'u_reviewer'",
}
