"""Reading what pages of editions are asked for."""

from django.http import QueryDict

from reports.choices import FileForm, FileVersion
from reports.forms.editions import SignatureForm, asked_form, asked_number, asked_version


def test_what_cannot_be_read_is_as_if_it_were_not_there() -> None:
    assert asked_version(QueryDict("version=public")) is FileVersion.PUBLIC
    assert asked_version(QueryDict("version=secret")) is FileVersion.INTERNAL
    assert asked_form(QueryDict("form=pdf")) is FileForm.PDF
    assert asked_form(QueryDict("form=exe")) is None
    assert asked_number(QueryDict("at=12"), "at") == 12
    for typed in ("", "-1", "²", "9" * 30, "x"):
        assert asked_number(QueryDict(f"at={typed}"), "at") == 0


def test_a_reason_is_asked_only_where_something_does_not_hold() -> None:
    assert "broken_reason" not in SignatureForm(is_broken=False).fields
    assert SignatureForm(is_broken=True).fields["broken_reason"].required
