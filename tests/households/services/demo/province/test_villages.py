"""Villages of a commune: enough of them, each once, those of the small demonstration first."""

from households.services.demo.province import villages
from households.services.demo.province.apportioning import Commune

BOC_BO = Commune("01864", "Bộc Bố", "060", "Pác Nặm", "RURAL", "III")
TOWN = Commune("01936", "Nà Phặc", "062", "Ngân Sơn", "URBAN", "")


def names(commune: Commune, households: int) -> list[str]:
    return [one.village for one in villages.of_commune(commune, households, seed="seed")]


def test_a_commune_has_as_many_as_its_households_need() -> None:
    assert len(names(TOWN, 720)) == 10
    assert len(names(TOWN, 5)) == 3
    assert len(set(names(BOC_BO, 720))) == 10


def test_the_villages_of_the_small_demonstration_are_there() -> None:
    assert names(BOC_BO, 720)[:4] == ["Nà Phai", "Khuổi Lòn", "Phiêng Rào", "Lủng Vài"]


def test_a_town_has_quarters() -> None:
    assert names(TOWN, 300)[0] == "Tổ dân phố 1"


def test_they_are_the_same_each_time() -> None:
    assert names(BOC_BO, 720) == names(BOC_BO, 720)
    place = villages.of_commune(BOC_BO, 720, seed="seed")[0]
    assert (place.commune_code, place.district, place.settlement) == ("01864", "Pác Nặm", "RURAL")
