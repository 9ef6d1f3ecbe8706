"""The scan of a resolution: kept with the draft and the signed act, read by who may change the
map."""

import pytest

from households import policies
from households.errors import Refused
from households.models import Attachment
from households.services.reorganisation import drafts, scans, signing, undoing
from tests.factories import pictures
from tests.households.services.reorganisation.conftest import SOON, World


def test_a_scan_is_kept_once_before_and_after_signing(world: World) -> None:
    draft = world.draft(world.merger(), day=SOON)
    page = pictures.jpeg()

    first = scans.add(reorganisation=draft, pages=[page], by=world.department)
    again = scans.add(reorganisation=draft, pages=[page], by=world.department)
    signing.sign(reorganisation=draft, by=world.department)
    whole = scans.add(reorganisation=draft, pages=[page, page], by=world.department)

    assert (first, whole.page_count) == (again, 2)
    assert scans.of(draft) == [first, whole]


def test_who_changes_other_maps_neither_adds_nor_reads_it(world: World) -> None:
    draft = world.draft(world.merger())
    kept = scans.add(reorganisation=draft, pages=[pictures.jpeg()], by=world.department)

    with pytest.raises(Refused):
        scans.add(reorganisation=draft, pages=[pictures.jpeg()], by=world.officer_a)
    assert list(policies.readable_attachments(world.department)) == [kept]
    assert not policies.readable_attachments(world.officer_a).exists()


def test_it_goes_with_a_draft_and_stays_with_an_act_taken_back(world: World) -> None:
    thrown, signed = world.draft(world.merger(), day=SOON), world.draft(world.merger(), day=SOON)
    for one in (thrown, signed):
        scans.add(reorganisation=one, pages=[pictures.jpeg()], by=world.department)

    drafts.discard(reorganisation=thrown, by=world.department)
    signing.sign(reorganisation=signed, by=world.department)
    undoing.undo(reorganisation=signed, reason="Sai nghị quyết", by=world.department)

    assert Attachment.objects.count() == 1
    with pytest.raises(Refused):
        scans.add(reorganisation=signed, pages=[pictures.jpeg()], by=world.department)
