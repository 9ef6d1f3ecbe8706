"""What of the register an address names: rows of commune A, where all but the strangers are."""

from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from households.choices import Role
from households.models import DuplicatePair, Reorganisation, User
from tests.factories import layouts
from tests.security.conftest import Register


def household(register: Register) -> tuple[object, ...]:
    return (register.household.pk,)


def survey(register: Register) -> tuple[object, ...]:
    return (register.survey.uuid,)


def draft(register: Register) -> tuple[object, ...]:
    return (register.draft.uuid,)


def attachment(register: Register) -> tuple[object, ...]:
    return (register.attachment.uuid,)


def village(register: Register) -> tuple[object, ...]:
    return (register.village.pk,)


def reorganisation(register: Register) -> tuple[object, ...]:
    return (Reorganisation.objects.get(area=register.commune).pk,)


def round(register: Register) -> tuple[object, ...]:
    return (register.round.pk,)


def commune_in_round(register: Register) -> tuple[object, ...]:
    return (register.round.pk, register.commune.pk)


def own_commune(register: Register) -> tuple[object, ...]:
    return (register.commune.pk,)


def decided_commune(register: Register) -> tuple[object, ...]:
    return (register.certificate.period.decision_in.round_id, register.commune.pk)


def decided_village(register: Register) -> tuple[object, ...]:
    return (register.certificate.period.decision_in.round_id, register.village.pk)


def certificate(register: Register) -> tuple[object, ...]:
    return (register.certificate.pk,)


def confirmed(register: Register) -> tuple[object, ...]:
    return (register.confirmation.pk,)


def transfer(register: Register) -> tuple[object, ...]:
    return (register.transfer.pk,)


def pair(register: Register) -> tuple[object, ...]:
    """The two families of commune A."""
    return (DuplicatePair.objects.get().pk,)


def inspection(register: Register) -> tuple[object, ...]:
    return (register.sample.inspection.pk,)


def sample(register: Register) -> tuple[object, ...]:
    return (register.sample.inspection.pk, register.sample.pk)


def import_batch(register: Register) -> tuple[object, ...]:
    return (register.import_batch.uuid,)


def import_columns(register: Register) -> tuple[object, ...]:
    return (register.import_batch.uuid, "households")


def layout(register: Register) -> tuple[object, ...]:
    return (register.layout.pk,)


def ordered_file(register: Register) -> tuple[object, ...]:
    return (layouts.ordered(register.officer).uuid,)


def returned_sheet(register: Register) -> tuple[object, ...]:
    return (register.difference.row.returned.uuid,)


def difference(register: Register) -> tuple[object, ...]:
    return (register.difference.pk,)


def request(register: Register) -> tuple[object, ...]:
    return (register.request.pk,)


def complaint(register: Register) -> tuple[object, ...]:
    return (register.complaint.pk,)


def village_in_round(register: Register) -> tuple[object, ...]:
    return (register.round.pk, register.village.pk)


def standard(register: Register) -> tuple[object, ...]:
    return ("std_2022",)


def table(register: Register) -> tuple[object, ...]:
    return (register.table.code,)


def account(register: Register) -> tuple[object, ...]:
    return (register.people[Role.REVIEWER].pk,)


def set_password(register: Register) -> tuple[object, ...]:
    owner: User = register.people[Role.REVIEWER]
    return (
        urlsafe_base64_encode(force_bytes(owner.pk)),
        default_token_generator.make_token(owner),
    )
