"""The table of residents: typed, pasted, from a file; nothing is saved before it is looked at."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import ResidentCount, User
from tests.factories import users
from tests.households.conftest import World

LogIn = Callable[[User], Client]


def page(world: World) -> str:
    return reverse("households:residents", args=[world.round.pk])


def test_pasted_looked_at_and_saved(world: World, logged_in: LogIn) -> None:
    client = logged_in(users.user("so", Role.DEPARTMENT, world.province))
    pasted = {"act": "paste", "text": "02008\t600\t2600\nXã Lạ\t1\t2"}
    told = client.post(page(world), pasted).content.decode()
    assert "1 row is read into the table" in told
    assert "Row 2" in told
    assert 'value="600"' in told
    assert not ResidentCount.objects.exists()
    key = f"{world.commune.pk}-RURAL"
    given = {
        "act": "save", f"households-{key}": "600", f"persons-{key}": "2.600",
        f"minority_households-{key}": "1.00", f"minority_persons-{key}": "400",
    }  # fmt: skip
    answer = client.post(page(world), given, follow=True)
    assert "1 count is saved" in answer.content.decode()
    kept = ResidentCount.objects.get()
    assert (kept.persons, kept.minority_households, kept.local_minority_persons) == (
        2600,
        100,
        None,
    )
    # What was entered stands in the table and is saved again as it was.
    shown = client.get(page(world)).content.decode()
    assert f'name="minority_persons-{key}" value="400"' in shown
    assert f'name="local_minority_persons-{key}" value=""' in shown


def test_what_is_typed_wrong_is_told_and_kept(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    key = f"{world.commune.pk}-RURAL"
    given = {"act": "save", f"households-{key}": "sáu trăm", f"persons-{key}": ""}
    answer = client.post(page(world), given)
    assert answer.status_code == 422
    assert "whole numbers are needed" in answer.content.decode()
    assert 'value="sáu trăm"' in answer.content.decode()


def test_a_file_is_read_into_the_table(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    text = "commune_code,resident_households,resident_persons\n02008,600,2600\n02011,5,9\n"
    sent = SimpleUploadedFile("residents.csv", text.encode())
    told = client.post(page(world), {"act": "file", "file": sent}).content.decode()
    assert 'value="600"' in told
    assert "Xã Khác: " in told
    wrong = SimpleUploadedFile("residents.csv", b"a,b\n1,2\n")
    assert client.post(page(world), {"act": "file", "file": wrong}).status_code == 422
    assert client.post(page(world), {"act": "file"}).status_code == 422
    chair = logged_in(users.user("chair", Role.COMMUNE_CHAIR, world.commune))
    assert chair.get(page(world)).status_code == 403
