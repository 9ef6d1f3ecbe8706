"""How each rule of the review procedure and its papers is broken: one statement each; "copy" as in
broken_rules."""

PROCEDURE_BREAKS: dict[str, str] = {
    "households_certificate_class_of_a_list": (
        "UPDATE households_certificate SET poverty_class = 'AVERAGE'"
    ),
    "households_certificate_end_has_a_day": "UPDATE households_certificate SET state = 'REPLACED'",
    "households_certificate_handed_to_somebody": (
        "UPDATE households_certificate SET handed_over_on = '2024-10-15'"
    ),
    "households_certificate_number_once": (
        "copy households_certificate"
        " SET state = 'WITHDRAWN', ended_on = '2024-10-15', replaces_id = NULL"
    ),
    "households_certificate_one_in_force": (
        "copy households_certificate SET serial = 99, replaces_id = NULL"
    ),
    "households_certificate_replaces_id_key": (
        "copy households_certificate SET serial = 99, state = 'WITHDRAWN', ended_on = '2024-10-15'"
    ),
    "households_certificate_signer_title_known": (
        "UPDATE households_certificate SET signer_title = 'KING'"
    ),
    "households_certificate_state_known": (
        "UPDATE households_certificate SET state = 'BURNT', ended_on = '2024-10-15'"
    ),
    "households_certificatechange_once": "copy households_certificatechange",
    "households_communereview_once": "copy households_communereview",
    "households_communereview_state_known": "UPDATE households_communereview SET state = 'DONE'",
    "households_complaint_answered_after_received": (
        "UPDATE households_complaint SET answered_on = '2000-01-01' WHERE state = 'KEPT'"
    ),
    "households_complaint_denunciation_handed_on": (
        "UPDATE households_complaint SET kind = 'DENUNCIATION' WHERE state = 'KEPT'"
    ),
    "households_complaint_end_is_answered": (
        "UPDATE households_complaint SET answered_on = NULL WHERE state = 'KEPT'"
    ),
    "households_complaint_has_day_of_answer": (
        "UPDATE households_complaint SET due_on = NULL WHERE state = 'KEPT'"
    ),
    "households_complaint_kind_known": "UPDATE households_complaint SET kind = 'GOSSIP'",
    "households_complaint_state_known": (
        "UPDATE households_complaint SET state = 'LOST', answered_on = received_on"
    ),
    "households_decision_has_a_number": "UPDATE households_recognitiondecision SET number = ''",
    "households_decision_once_per_round": "copy households_recognitiondecision",
    "households_draftconfirmation_once": "copy households_draftconfirmation",
    "households_duplicatemerge_kept_side_known": (
        "UPDATE households_duplicatemerge SET kept_side = 'c'"
    ),
    "households_duplicatemerge_merge_act_id_key": (
        "copy households_duplicatemerge SET undone_at = now(), undone_by_id = merged_by_id"
    ),
    "households_duplicatemerge_one_standing": (
        "copy households_duplicatemerge SET merge_act_id ="
        " (SELECT max(id) FROM households_auditevent)"
    ),
    "households_duplicatemerge_undone_by_somebody": (
        "UPDATE households_duplicatemerge SET undone_at = now()"
    ),
    "households_duplicatepair_claim_is_of_one": (
        "UPDATE households_duplicatepair SET kind = 'NUMBER' WHERE kind = 'PERSON'"
    ),
    "households_duplicatepair_households_once": (
        "copy households_duplicatepair WHERE kind = 'HOUSEHOLD'"
    ),
    "households_duplicatepair_kind_known": (
        "UPDATE households_duplicatepair SET kind = 'VILLAGE' WHERE kind = 'PERSON'"
    ),
    "households_duplicatepair_persons_once": (
        "copy households_duplicatepair WHERE kind = 'PERSON'"
    ),
    "households_duplicatepair_settled_by_somebody": (
        "UPDATE households_duplicatepair SET state = 'NOT_SAME'"
    ),
    "households_duplicatepair_state_known": "UPDATE households_duplicatepair SET state = 'LOST'",
    "households_duplicatepair_two_of_a_kind": (
        "UPDATE households_duplicatepair SET person_a_id = NULL WHERE kind = 'PERSON'"
    ),
    "households_mergedperson_gone_id_key": "copy households_mergedperson",
    "households_mergedperson_two_persons": "UPDATE households_mergedperson SET gone_id = kept_id",
    "households_layoutanswer_has_its_value": (
        "UPDATE households_layoutanswer SET number_value = 1"
    ),
    "households_layoutanswer_kind_known": "UPDATE households_layoutanswer SET kind = 'SONG'",
    "households_layoutanswer_once": "copy households_layoutanswer",
    "households_layoutreturn_file_once": (
        "copy households_layoutreturn SET uuid = gen_random_uuid()"
    ),
    "households_layoutreturn_has_a_receiver": "UPDATE households_layoutreturn SET receiver = ''",
    "households_layoutreturn_state_known": "UPDATE households_layoutreturn SET state = 'LOST'",
    "households_layoutreturn_uuid_key": ("copy households_layoutreturn SET state = 'TAKEN_BACK'"),
    "households_orderedfile_form_known": "UPDATE households_orderedfile SET form = 'ODT'",
    "households_orderedfile_kind_known": "UPDATE households_orderedfile SET kind = 'SONG'",
    "households_orderedfile_once": ("copy households_orderedfile SET uuid = gen_random_uuid()"),
    "households_orderedfile_state_known": "UPDATE households_orderedfile SET state = 'LOST'",
    "households_orderedfile_uuid_key": "copy households_orderedfile SET state = 'GONE'",
    "households_returneddifference_once": "copy households_returneddifference",
    "households_returneddifference_settled_by_somebody": (
        "UPDATE households_returneddifference SET settled_at = now()"
    ),
    "households_returneddifference_state_known": (
        "UPDATE households_returneddifference SET state = 'LOST', settled_at = now(),"
        " settled_by_id = (SELECT min(id) FROM households_user)"
    ),
    "households_returnedrow_found_by_known": "UPDATE households_returnedrow SET found_by = 'LUCK'",
    "households_returnedrow_found_or_told_why": (
        "UPDATE households_returnedrow SET why_not = 'UNKNOWN'"
    ),
    "households_returnedrow_line_once": "copy households_returnedrow",
    "households_returnedrow_why_not_known": (
        "UPDATE households_returnedrow SET why_not = 'BAD', found_by = '', household_id = NULL"
    ),
    "households_householdasked_answer_known": (
        "UPDATE households_householdasked SET answer = 'MAYBE'"
    ),
    "households_householdasked_once": "copy households_householdasked",
    "households_householdtransfer_between_two": (
        "UPDATE households_householdtransfer SET to_commune_id = from_commune_id"
    ),
    "households_householdtransfer_declined_says_why": (
        "UPDATE households_householdtransfer SET state = 'DECLINED', settled_on = '2024-10-15'"
    ),
    "households_householdtransfer_end_is_known": (
        "UPDATE households_householdtransfer SET state = 'WITHDRAWN'"
    ),
    "households_householdtransfer_one_open": "copy households_householdtransfer",
    "households_householdtransfer_poverty_class_known": (
        "UPDATE households_householdtransfer SET poverty_class = 'RICH'"
    ),
    "households_householdtransfer_state_known": (
        "UPDATE households_householdtransfer SET state = 'LOST', settled_on = '2024-10-15'"
    ),
    "households_importbatch_clean_when_written": (
        "UPDATE households_importbatch SET state = 'WRITTEN', errors = 1"
    ),
    "households_importbatch_kind_known": "UPDATE households_importbatch SET kind = 'SONG'",
    "households_importbatch_state_known": "UPDATE households_importbatch SET state = 'LOST'",
    "households_importbatch_uuid_key": "copy households_importbatch",
    "households_importcolumns_once": "copy households_importcolumns",
    "households_inspection_ends_after_start": (
        "UPDATE households_inspection SET valid_to = '2000-01-01'"
    ),
    "households_inspection_is_ordered": "UPDATE households_inspection SET paper_number = ''",
    "households_inspection_years_in_order": "UPDATE households_inspection SET last_year = 2000",
    "households_inspectionfinding_kind_known": (
        "UPDATE households_inspectionfinding SET kind = 'ODD'"
    ),
    "households_inspectionfinding_says_what": (
        "UPDATE households_inspectionfinding SET kind = 'WRONG_CLASS'"
    ),
    "households_inspectionsample_draws_some": (
        "UPDATE households_inspectionsample SET per_stratum = 0"
    ),
    "households_inspectionsample_once": "copy households_inspectionsample",
    "households_inspectionsample_strata_known": (
        "UPDATE households_inspectionsample SET strata = 'BY_MOON'"
    ),
    "households_meetingvote_not_negative": "UPDATE households_meetingvote SET agreed = -1",
    "households_meetingvote_once": "copy households_meetingvote",
    "households_notice_kind_known": "UPDATE households_notice SET kind = 'RUMOUR'",
    "households_notice_once": "copy households_notice",
    "households_odditycheck_left_not_negative": 'UPDATE households_odditycheck SET "left" = -1',
    "households_odditycheck_once_per_commune": "copy households_odditycheck",
    "households_odditydismissal_kind_known": "UPDATE households_odditydismissal SET kind = 'ODD'",
    "households_odditydismissal_once": "copy households_odditydismissal",
    "households_odditydismissal_reason_known": (
        "UPDATE households_odditydismissal SET reason = 'BORED'"
    ),
    "households_procedureterm_has_source": "UPDATE households_procedureterm SET source = ''",
    "households_procedureterm_once_a_day": "copy households_procedureterm",
    "households_publicposting_ends_after_start": (
        "UPDATE households_publicposting SET ends_on = posted_on"
    ),
    "households_publicposting_hangs_to_its_end": (
        "UPDATE households_publicposting SET closed_on = posted_on"
    ),
    "households_publicposting_one_open_for_all": (
        "copy households_publicposting WHERE household_id IS NULL"
    ),
    "households_publicposting_one_open_for_one": (
        "copy households_publicposting WHERE household_id IS NOT NULL"
    ),
    "households_reorganisation_signed_has_its_paper": (
        "UPDATE households_reorganisation SET state = 'SIGNED'"
    ),
    "households_reorganisation_state_known": (
        "UPDATE households_reorganisation SET state = 'LOST', signed_by_id = made_by_id,"
        " signed_at = now(), written_act = 1"
    ),
    "households_residentcount_not_negative": (
        "UPDATE households_residentcount SET households = -1"
    ),
    "households_residentcount_minority_is_part": (
        "UPDATE households_residentcount SET minority_households = 1"
    ),
    "households_residentcount_local_minority_is_part": (
        "UPDATE households_residentcount SET minority_households = 1, minority_persons = 1,"
        " local_minority_households = 2, local_minority_persons = 2"
    ),
    "households_residentcount_once": "copy households_residentcount",
    "households_residentcount_persons_in_households": (
        "UPDATE households_residentcount SET persons = 0"
    ),
    "households_residentcount_settlement_known": (
        "UPDATE households_residentcount SET settlement = 'MOON'"
    ),
    "households_resultslip_once": "copy households_resultslip SET token = 'another'",
    "households_resultslip_token_key": "copy households_resultslip SET revision = 99",
    "households_outputlayout_has_a_name": "UPDATE households_outputlayout SET name = ' '",
    "households_outputlayout_has_columns": "UPDATE households_outputlayout SET columns = '[]'",
    "households_outputlayout_name_once": "copy households_outputlayout",
    "households_outputlayout_row_kind_known": (
        "UPDATE households_outputlayout SET row_kind = 'CAR'"
    ),
    "households_outputlayout_whom_known": "UPDATE households_outputlayout SET whom = 'KING'",
    "households_reviewrequest_channel_known": "UPDATE households_reviewrequest SET channel = 'FAX'",
    "households_reviewrequest_end_has_a_day": (
        "UPDATE households_reviewrequest SET state = 'WITHDRAWN'"
    ),
    "households_reviewrequest_kind_known": "UPDATE households_reviewrequest SET kind = 'MONEY'",
    "households_reviewrequest_number_once": (
        "copy households_reviewrequest SET state = 'WITHDRAWN', answered_on = '2024-10-15'"
    ),
    "households_reviewrequest_one_open": "copy households_reviewrequest SET serial = 99",
    "households_reviewrequest_portal_has_its_code": (
        "UPDATE households_reviewrequest SET channel = 'PORTAL'"
    ),
    "households_reviewrequest_refusal_says_why": (
        "UPDATE households_reviewrequest SET state = 'REFUSED', answered_on = '2024-10-15'"
    ),
    "households_reviewrequest_signer_title_known": (
        "UPDATE households_reviewrequest SET signer_title = 'KING'"
    ),
    "households_reviewrequest_state_known": (
        "UPDATE households_reviewrequest SET state = 'LOST', answered_on = '2024-10-15'"
    ),
    "households_rounddeadline_once": "copy households_rounddeadline",
    "households_rounddeadline_stage_known": "UPDATE households_rounddeadline SET stage = 'EVER'",
    "households_specialday_day_key": "copy households_specialday",
    "households_statusconfirmation_number_once": "copy households_statusconfirmation",
    "households_statusconfirmation_other_in_words": (
        "UPDATE households_statusconfirmation SET purpose = 'OTHER'"
    ),
    "households_statusconfirmation_purpose_known": (
        "UPDATE households_statusconfirmation SET purpose = 'FUN'"
    ),
    "households_statusconfirmation_status_known": (
        "UPDATE households_statusconfirmation SET status = 'RICH'"
    ),
    "households_surveyreopening_has_reason": "UPDATE households_surveyreopening SET reason = ''",
    "households_surveyreopening_one_open": "copy households_surveyreopening",
    "households_takenoverhousehold_has_persons": (
        "UPDATE households_takenoverhousehold SET persons = 0"
    ),
    "households_takenoverhousehold_once": "copy households_takenoverhousehold",
    "households_takenoverhousehold_poor_or_near_poor": (
        "UPDATE households_takenoverhousehold SET poverty_class = 'AVERAGE'"
    ),
    "households_takenoverlist_batch_id_key": "copy households_takenoverlist",
    "households_takenoverlist_has_a_number": "UPDATE households_takenoverlist SET number = ''",
    "households_takenoverlist_of_its_review": "UPDATE households_takenoverlist SET year = 2019",
    "households_takenoverlist_signer_title_known": (
        "UPDATE households_takenoverlist SET signer_title = 'KING'"
    ),
    "households_takenoverlist_totals_not_negative": (
        "UPDATE households_takenoverlist SET poor_households = -1"
    ),
    "households_villagemeeting_outcome_known": (
        "UPDATE households_villagemeeting SET outcome = 'SHOUTED'"
    ),
    "households_villagemeeting_votes_of_those_present": (
        "UPDATE households_villagemeeting SET agreed = present + 1"
    ),
    "households_villagereview_once": "copy households_villagereview",
    "households_villagereview_state_known": "UPDATE households_villagereview SET state = 'DONE'",
    "households_wordtemplate_once": "copy households_wordtemplate",
}
