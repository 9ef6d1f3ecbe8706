"""Entering one household's review: start it, save it as often as one likes, complete it."""

import uuid as uuids
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaLevel, SurveyState, TraitKind
from households.errors import Conflict, Invalid, Refused, Words
from households.models import (
    Area,
    Household,
    Residence,
    ReviewRound,
    Survey,
    SurveyMember,
    User,
)
from households.services import (
    assessments,
    attachments,
    audit,
    cards,
    carry_forward,
    class_changes,
    held_surveys,
    marks,
    policy_groups,
    register,
    request_forms,
    rounds,
    standards,
    survey_checks,
    survey_facts,
    survey_members,
)
from households.services.deciding_standards import decided_under
from households.services.held_surveys import HeldSurvey

Values = Mapping[str, Any]

#: What a form may set of a survey; the rest is set by the way it comes in.
SURVEY_FIELDS = (
    "surveyed_on", "asked_for_review", "form_a_answers", "form_a_passed", "head_name",
    "ethnic_group", "household_size", "phone", "income_per_capita_month_vnd", "b1_answers",
    "b1_points_paper", "b2_points_paper", "class_paper", "wall_material", "wall_durable",
    "column_material", "column_durable", "roof_material", "roof_durable", "floor_area_m2",
    "water_source", "water_clean", "toilet_type", "toilet_hygienic", "has_tv", "has_radio",
    "has_desktop", "has_phone", "has_laptop", "has_tablet", "has_smartphone", "causes",
    "support_wanted", "registers_to_escape", "shock", "shock_on", "no_labour", "farm_household",
)  # fmt: skip


def start(
    *,
    round: ReviewRound,
    by: User,
    household: Household | None = None,
    village: Area | None = None,
    uuid: uuids.UUID | None = None,
) -> Survey:
    """The survey of a household in a round: the one that is there, or a new draft.

    A new household (household None) is entered in `village` from the round's date on. `uuid` is
    made by the client, so that a repeated request finds its first try. A draft of a known
    household starts from its latest earlier answers (see carry_forward).
    Raises Refused (no right, stage is past), Invalid (no village known).
    """
    if uuid and (earlier := Survey.objects.filter(uuid=uuid).first()):
        if reason := policies.why_not_edit_survey(by, earlier):
            raise Refused(reason)
        return earlier
    if household is not None:
        village = village or _village_of(household, round)
    if village is None:
        raise Invalid(_("Choose the village."), fields={"village": [_("Choose the village.")]})
    reason = policies.why_not_write_surveys(by, village)
    if household is not None:
        reason = reason or policies.why_own_or_related(by, household)
    found = None
    if household is not None:
        found = Survey.objects.filter(household=household, round=round).first()
    if reason := reason or policies.why_round_is_locked(round, village, found):
        raise Refused(reason)
    if found:
        return found
    with audit.act(by=by, verb="survey.start", area=village, household=household) as act:
        if household is None:
            household = Household.objects.create()
            Residence.objects.create(household=household, village=village, valid_from=round.as_of)
            audit.name_household(act, household)
        draft = _create_draft(round=round, household=household, village=village, uuid=uuid, by=by)
        cards.refresh(household_ids=[household.pk])
        request_forms.look_into(draft)
        return draft


def _village_of(household: Household, round: ReviewRound) -> Area | None:
    """Where the household lives on the round's date, or now."""
    homes = household.residences.select_related("village", "village__parent")
    home = homes.on(round.as_of).first() or homes.filter(valid_to__isnull=True).first()
    return home.village if home else None


def _create_draft(
    *, round: ReviewRound, household: Household, village: Area, uuid: uuids.UUID | None, by: User
) -> Survey:
    commune = village.parent
    if village.level != AreaLevel.VILLAGE or commune is None:
        raise Invalid(_("Choose the village."), fields={"village": [_("Choose the village.")]})
    survey = Survey(
        uuid=uuid or uuids.uuid4(),
        round=round,
        household=household,
        village=village,
        commune=commune,
        province_code=round.province.code,
        settlement=settlement_of(village, round),
        as_of=round.as_of,
        surveyed_by=by,
    )
    members = carry_forward.into_draft(survey)
    survey.household_size = len(members)
    survey.save()
    for member in members:
        member.survey = survey
    SurveyMember.objects.bulk_create(members)
    rounds.start_ways(round=round, commune_ids=[commune.pk], village_ids=[village.pk])
    return survey


def settlement_of(village: Area, round: ReviewRound) -> str:
    """RURAL or URBAN of a village on the round's date: its own, else its commune's.

    Raises Invalid when neither is known: the income line cannot be guessed.
    """
    assert village.parent_id is not None
    for area_id in (village.pk, village.parent_id):
        trait = (
            village.traits.model.objects.on(round.as_of)
            .filter(area=area_id, kind=TraitKind.SETTLEMENT)
            .first()
        )
        if trait:
            return str(trait.value)
    raise Invalid(_("It is not known whether this village is rural or urban."))


def save(
    *,
    survey: Survey,
    values: Values,
    members: Sequence[Values],
    revision: int,
    complete: bool,
    by: User,
    reason: str = "",
) -> Survey:
    """Save the whole form, as a draft or as complete; a complete one is scored at once.

    `values` and `members` are keyed by model field names with parsed values (see exchange.values);
    a field that is absent stays as it is. `members` replaces all member rows, in this order; a
    row may name its `person_id`. `revision` is the one the form was opened with. `reason` is
    needed where a class that was seen changes (see class_changes).
    Raises Refused, Conflict (saved by someone else meanwhile), Invalid with the fields.
    """
    with transaction.atomic():
        held = held_surveys.hold(survey_id=survey.pk, by=by)
        save_held(
            held=held,
            values=values,
            members=members,
            revision=revision,
            complete=complete,
            reason=reason,
        )
    return held.survey


def save_held(
    *,
    held: HeldSurvey,
    values: Values,
    members: Sequence[Values],
    revision: int,
    complete: bool,
    reason: str = "",
) -> list[SurveyMember]:
    """As save, for a form that is held already; gives its member rows as they are stored now.

    Raises Conflict before anything is written; after Invalid the transaction is rolled back.
    """
    current = held.survey
    if current.revision != revision:
        raise Conflict(_("Someone saved this form after you opened it. Compare, then save again."))
    if complete:
        _check(current, values, members)
    seen = class_changes.seen(current, complete=complete)
    with audit.act(
        by=held.by,
        verb="survey.complete" if complete else "survey.save_draft",
        area=current.village,
        household=current.household,
        subject=current,
        reason=reason,
        savepoint=False,
    ):
        _write(current, values, members, complete=complete)
        written = survey_members.replace(held=held, rows=members, identify=complete)
        if complete:
            _check_income(current)
        _settle(held)
        class_changes.keep(survey=current, seen=seen, reason=reason)
    return written


def _check(survey: Survey, values: Values, members: Sequence[Values]) -> None:
    """Raise Invalid with every error of a form that is to be complete."""
    whole = {name: getattr(survey, name) for name in SURVEY_FIELDS} | dict(values)
    fields: dict[str, list[Words]] = {}
    for problem in survey_checks.problems_of(survey, whole, members):
        if not problem.is_warning:
            fields.setdefault(problem.path, []).append(problem.reason)
    if fields:
        raise Invalid(_("The form is not complete."), fields=fields)


def _check_income(survey: Survey) -> None:
    """Raise Invalid when neither income, nor answers, nor the paper total can tell the income."""
    fields: dict[str, list[Words]] = {}
    for standard in decided_under(survey.round):
        fields |= survey_checks.open_income_fields(survey_facts.explain(survey, standard))
    if fields:
        raise Invalid(_("The form is not complete."), fields=fields)


def _write(survey: Survey, values: Values, members: Sequence[Values], *, complete: bool) -> None:
    for name in SURVEY_FIELDS:
        if name in values:
            setattr(survey, name, values[name])
    if survey.b1_answers and survey.b1_table_id is None:
        survey.b1_table = standards.table_in_force(decided_under(survey.round)[-1])
    if complete:
        rules = standards.rules_of(decided_under(survey.round)[-1])
        survey.policy_groups = policy_groups.of(
            members=members, no_labour=survey.no_labour, rules=rules
        )
    survey.state = SurveyState.COMPLETE if complete else SurveyState.DRAFT
    survey.revision += 1


def _settle(held: HeldSurvey) -> None:
    """After the rows are written: register, results and marks follow."""
    survey = held.survey
    if survey.state == SurveyState.COMPLETE:
        register.follow_surveys(survey_ids=[survey.pk])
        for standard in rounds.scored_under(survey.round):
            assessments.assess(survey_ids=[survey.pk], standard=standard)
    else:
        assessments.forget(survey_ids=[survey.pk])
        # A draft tells the card the name of a head whom the register does not know, and no more.
        if survey.head_name != held.stored["head_name"]:
            cards.refresh(household_ids=[survey.household_id])
    marks.mark_changed(round_id=survey.round_id, commune_ids=[survey.commune_id])


def discard(*, survey: Survey, by: User) -> None:
    """Throw away a draft. A household that was entered only for it ends as well.

    Raises Refused (no right, stage past, or the survey is complete).
    """
    if reason := policies.why_not_edit_survey(by, survey):
        raise Refused(reason)
    if survey.state != SurveyState.DRAFT:
        raise Refused(_("Only a form that is not complete can be thrown away."))
    if class_changes.of(survey).exists():
        raise Refused(_("The class of this form was seen; it is corrected, not thrown away."))
    household = survey.household
    with audit.act(by=by, verb="survey.discard", area=survey.village, household=household):
        request_forms.let_go(survey)
        attachments.forget(attachments.of(survey))
        survey.delete()
        if not household.surveys.exists() and not household.memberships.exists():
            household.residences.all().delete()
            cards.remove(household_id=household.pk)
            Household.objects.filter(pk=household.pk).update(
                ended_on=survey.as_of, end_reason="survey.discard"
            )
