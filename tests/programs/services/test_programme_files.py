"""The shipped files are whole and agree with the standards and lists they name."""

from households.services import reference_files
from households.services.reference_files import DATA_FOLDER
from households.services.standard_documents import read_file
from programs.choices import FundingLine, ProgrammeKind
from programs.services import programme_files


def test_every_kind_of_programme_is_shipped() -> None:
    kinds = {one.kind for one in programme_files.documents()}
    assert kinds == set(ProgrammeKind.values)


def test_they_name_indicators_wants_and_funding_that_exist() -> None:
    wants = {
        row.code for row in reference_files.list_entries() if row.list_code == "support_wanted"
    }
    standard = read_file(DATA_FOLDER / "standards" / "std_2022.toml")
    indicators = {one["code"] for one in standard["indicators"]}
    for one in programme_files.documents():
        assert set(one.answers_indicators) <= indicators, one.code
        assert set(one.answers_wants) <= wants, one.code
        assert set(one.funding) <= set(FundingLine.values), one.code


def test_each_ground_says_where_it_was_read() -> None:
    for one in programme_files.documents():
        for terms in one.terms:
            assert terms.source, (one.code, terms.ground)
            assert terms.legal_basis, (one.code, terms.ground)
