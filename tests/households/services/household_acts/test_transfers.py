"""A household leaves for another commune: offered, then taken over with its file and its status."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households import policies
from households.choices import CertificateState, HouseholdEndReason, SignerTitle
from households.choices.transfers import TransferState
from households.errors import Conflict, Invalid, Refused
from households.models import (
    AuditEvent,
    Certificate,
    ChangeMark,
    HouseholdTransfer,
    StatusPeriod,
    User,
    VillageReview,
)
from households.queries import transfers as queries
from households.services import certificates, surveys
from households.services.household_acts import closing, moves, transfers
from tests.factories import areas, reviews
from tests.households.services.household_acts.conftest import SINCE, TODAY

DAY = dt.date(2024, 10, 1)


def offer(family: SimpleNamespace, day: dt.date = DAY) -> HouseholdTransfer:
    done = moves.move(
        household=family.household, village=family.far_village, happened_on=day, by=family.officer
    )
    assert done.offered
    return done.offered


def accept(family: SimpleNamespace, found: HouseholdTransfer) -> HouseholdTransfer:
    return transfers.accept(transfer=found, village=family.far_village, by=family.stranger)


def sees(family: SimpleNamespace, user: User) -> bool:
    return policies.visible_households(user).filter(pk=family.household.pk).exists()


def test_until_it_is_taken_over_nothing_changes(family: SimpleNamespace) -> None:
    found = offer(family)
    assert (sees(family, family.officer), sees(family, family.stranger)) == (True, False)
    assert family.household.residences.get().valid_to is None
    accept(family, found)
    assert (sees(family, family.officer), sees(family, family.stranger)) == (False, True)
    assert list(
        family.household.residences.order_by("valid_from").values_list(
            "village_id", "valid_from", "valid_to"
        )
    ) == [
        (family.village.pk, SINCE, dt.date(2024, 9, 30)),
        (family.far_village.pk, DAY, None),
    ]
    verbs = AuditEvent.objects.filter(household=family.household).values_list("verb", flat=True)
    assert set(verbs) >= {"household.offer", "household.take_over"}


def test_offered_once(family: SimpleNamespace) -> None:
    offer(family)
    with pytest.raises(Conflict, match="offered to a commune already"):
        offer(family)


def test_the_new_commune_says_in_which_of_its_villages(family: SimpleNamespace) -> None:
    found = offer(family)
    with pytest.raises(Invalid) as fault:
        transfers.accept(transfer=found, village=family.next_village, by=family.stranger)
    assert list(fault.value.fields) == ["village"]
    near = areas.village(family.elsewhere, "Thôn Gần")
    taken = transfers.accept(transfer=found, village=near, by=family.stranger)
    assert taken.to_village == near


def test_only_the_new_communes_officer_takes_over_and_only_the_old_ones_takes_back(
    family: SimpleNamespace,
) -> None:
    found = offer(family)
    with pytest.raises(Refused):
        transfers.accept(transfer=found, village=family.far_village, by=family.officer)
    with pytest.raises(Refused):
        transfers.decline(transfer=found, answer="Không ở đây", by=family.officer)
    with pytest.raises(Refused):
        transfers.withdraw(transfer=found, by=family.stranger)
    transfers.withdraw(transfer=found, by=family.officer)
    with pytest.raises(Conflict, match="officer"):
        accept(family, found)
    assert sees(family, family.officer)


def test_declined_with_a_reason_and_offered_again(family: SimpleNamespace) -> None:
    found = offer(family)
    with pytest.raises(Invalid):
        transfers.decline(transfer=found, answer=" ", by=family.stranger)
    transfers.decline(transfer=found, answer="Chưa đến ở", by=family.stranger)
    found.refresh_from_db()
    assert (found.state, found.answer) == (TransferState.DECLINED, "Chưa đến ở")
    assert offer(family).state == TransferState.OFFERED


def test_a_household_that_ended_is_offered_no_more(family: SimpleNamespace) -> None:
    found = offer(family)
    closing.close(
        household=family.household,
        reason=HouseholdEndReason.MOVED_OUT,
        happened_on=DAY,
        by=family.officer,
    )
    found.refresh_from_db()
    assert found.state == TransferState.WITHDRAWN
    with pytest.raises(Conflict):
        accept(family, found)


def test_status_goes_on_and_the_certificate_is_replaced_by_the_new_communes(
    family: SimpleNamespace,
) -> None:
    province = family.commune.parent.parent
    before = reviews.periodic(province, 2023, reviews.standard())
    reviews.listed(before, family.commune, family.officer, family.household)
    signed = certificates.Signed(dt.date(2024, 1, 5), "Hoàng Văn Chủ", SignerTitle.CHAIR)
    certificates.issue_all(commune=family.commune, signed=signed, by=family.officer)
    under_way = reviews.periodic(province, 2024, before.standards.get())
    taken = accept(family, offer(family))
    assert taken.poverty_class == "POOR"
    assert StatusPeriod.objects.get().valid_to is None
    old = Certificate.objects.get()
    assert (old.state, old.ended_on) == (CertificateState.REPLACED, TODAY)
    again = certificates.Signed(dt.date(2024, 10, 15), "Lường Văn Chủ", SignerTitle.CHAIR)
    certificates.issue_all(commune=family.elsewhere, signed=again, by=family.stranger)
    new = Certificate.objects.get(state=CertificateState.IN_FORCE)
    assert (new.commune, new.replaces, new.serial) == (family.elsewhere, old, 1)
    marked = ChangeMark.objects.filter(round=under_way).values_list("commune", flat=True)
    assert set(marked) == {family.commune.pk, family.elsewhere.pk}


def test_pairs_within_the_province_are_listed_by_the_day_of_the_move(
    family: SimpleNamespace,
) -> None:
    province = family.commune.parent.parent
    accept(family, offer(family))
    year = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    (pair,) = queries.moved_within(province, *year)
    assert (pair.transfer.household, pair.poverty_class) == (family.household, None)
    assert queries.moved_within(province, dt.date(2023, 1, 1), dt.date(2023, 12, 31)) == []
    assert queries.moved_within(areas.province("19", "Tỉnh Ngoài"), *year) == []


def test_a_form_that_is_only_begun_goes_along_and_a_complete_one_stays(
    family: SimpleNamespace,
) -> None:
    province = family.commune.parent.parent
    under_way = reviews.periodic(province, 2024, reviews.standard())
    before = reviews.periodic(province, 2023, reviews.standard())
    done = reviews.surveyed(before, family.village, family.officer, household=family.household)
    draft = surveys.start(round=under_way, household=family.household, by=family.officer)
    accept(family, offer(family))
    for survey, commune in ((draft, family.elsewhere), (done, family.commune)):
        survey.refresh_from_db()
        assert survey.commune == commune
    assert policies.why_not_edit_survey(family.stranger, draft) is None
    assert policies.why_not_edit_survey(family.officer, draft)


def test_not_into_a_village_that_is_past_its_survey_with_a_form_begun(
    family: SimpleNamespace,
) -> None:
    province = family.commune.parent.parent
    under_way = reviews.periodic(province, 2024, reviews.standard())
    surveys.start(round=under_way, household=family.household, by=family.officer)
    VillageReview.objects.create(round=under_way, village=family.far_village, state="SURVEYED")
    found = offer(family)
    with pytest.raises(Refused, match="cannot be finished here"):
        accept(family, found)
    found.refresh_from_db()
    assert found.state == TransferState.OFFERED
