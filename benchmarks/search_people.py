"""A province of invented people with names as skewed as they are, straight into the tables."""

from typing import Final

from django.db import connection

from benchmarks.own_database import indexes_after
from households.models import Area
from households.services import search_names

#: The first are the commonest: which one is drawn follows a power of a random number.
_FAMILIES: Final = """
Nguyễn Trần Lê Phạm Hoàng Vũ Phan Trương Bùi Đặng Đỗ Ngô Hồ Dương Đinh Lý Nông Hà Lương Triệu Bế
Mai Đào Trịnh Đoàn Lâm Phùng Cao Tô Tạ Lò Quàng Cà Vàng Giàng Sùng Thào Lầu Mùa Vừ Lường Tòng
Đàm Mã Lục Ma Chu Hứa Hầu Sầm Chảo Phàn Tẩn Bàn Đường Viên Khổng Mạc Quách Nghiêm
"""
_MEN: Final = """
Văn Đức Hữu Quang Minh Xuân Ngọc Công Đình Quốc Thanh Anh Mạnh Trọng Thế Hồng Duy Gia Bá Tiến
Viết Huy Chí Khắc Nhật A
"""
_WOMEN: Final = """
Thị Ngọc Thu Thanh Hồng Kim Minh Phương Bích Thuỳ Diệu Mỹ Lan Hoài Bảo Như Khánh Quỳnh Mai Tuyết
Ánh Cẩm Hà Xuân Y Tường
"""
_GIVEN: Final = """
Hương Hùng Hoa Hoà Hải Hà Tuấn Dũng Lan Thảo Linh Anh Nam Sơn Bình Minh Thanh Thuỷ Hằng Hạnh Nga
Mai Long Cường Thắng Trang Hiền Đức Phương Tâm Loan Hồng Yến Vân Quân Kiên Trung Tùng Huệ Hoàng
Dung Nhung Oanh Liên Tú Khánh Phúc Lộc Toàn Tuyết Đông Xuân Thu Hạ Quyên Ngân Giang Sáng Chiến
Chung Hậu Luân Khoa Thoa Hoan Hoạt Ba Tư Sáu Bảy Út Páo Dợ Súa Sính Mỷ Chứ Pá Tủa Vảng Dế Sâu
Kim Ngọc Cúc Đào Mận Lành Thơm Hợi Tý Sửu Dần Thìn Tỵ Ngọ Mùi Thân Dậu Tuất Bắc Việt Hưng Thịnh
Vượng Quý Bảo Châu Trâm Diễm Như Ý Vy My Nhi Uyên Thư Quỳnh Trinh Duyên Đạt Lợi Tài Nghĩa Tín
Hiếu Trí Nhân Khôi Nguyên Phong Lâm Vinh Quang Huy Bách Tiến Triển Thành Đăng Hoài Niệm Luyến
Nhàn Thuận Hảo
"""
#: Of rare syllables, one given name in thirty is made of them.
_ONSETS: Final = """
b c ch d đ gi h kh l m n ng nh ph qu s t th tr v
"""
_RIMES: Final = """
a á ai ao âu en ẻo inh iu oan ổn ơn uất ung úy ước ưởng yên ậu ềm
"""

_DRAW: Final = """
CREATE TEMPORARY TABLE drawn ON COMMIT DROP AS
WITH house AS (
  SELECT i, 1 + (i - 1) * cardinality(%(villages)s::bigint[]) / %(households)s AS place,
    CASE WHEN random() < 0.25
      -- A quarter of a village is of a few families of its own.
      THEN (%(families)s::text[])[16 + ((i - 1) * cardinality(%(villages)s::bigint[])
                                  / %(households)s / 14 + (i %% 3)) %% 44]
      ELSE (%(families)s::text[])[1 + floor(60 * random() ^ 3.2)::int] END AS family
  FROM generate_series(1, %(households)s::bigint) i
)
SELECT h.i AS household, (h.i - 1) * 8 + k AS person, k,
  (%(villages)s::bigint[])[h.place] AS village,
  CASE WHEN k = 1 THEN (%(families)s::text[])[1 + floor(60 * random() ^ 3.2)::int]
       ELSE h.family END || ' '
  || CASE WHEN k %% 2 = 0
       THEN (%(men)s::text[])[1 + floor(26 * random() ^ 3)::int]
       ELSE (%(women)s::text[])[1 + floor(26 * random() ^ 3)::int] END || ' '
  || CASE WHEN random() < 0.15 THEN (%(women)s::text[])[1 + floor(26 * random())::int] || ' '
       ELSE '' END
  || CASE WHEN random() < 0.033
       THEN initcap((%(onsets)s::text[])[1 + floor(20 * random())::int]
                    || (%(rimes)s::text[])[1 + floor(20 * random())::int])
       ELSE (%(given)s::text[])[1 + floor(cardinality(%(given)s::text[]) * random() ^ 1.8)::int]
     END AS name
FROM house h CROSS JOIN generate_series(0, 6) k
WHERE k < ('{1,2,3,3,4,4,4,5,6,7}'::int[])[1 + (h.i * 7 + h.i / 10) %% 10]
ORDER BY household, k
"""
_FILL: Final = (
    """
    INSERT INTO households_household (id, end_reason, phone) OVERRIDING SYSTEM VALUE
    SELECT household, '', '' FROM drawn WHERE k = 0
    """,
    """
    INSERT INTO households_person (id, full_name, sex, birth_precision) OVERRIDING SYSTEM VALUE
    SELECT person, name, CASE k % 2 WHEN 0 THEN 'M' ELSE 'F' END, 'DAY' FROM drawn
    """,
    """
    INSERT INTO households_membership (household_id, person_id, relation, valid_from)
    SELECT household, person, CASE k WHEN 0 THEN 'head' WHEN 1 THEN 'spouse' ELSE 'child' END,
           '2020-01-01' FROM drawn
    """,
    """
    INSERT INTO households_householdcard
      (household_id, head_name, members, village_id, folded_names)
    SELECT d.household, min(d.name) FILTER (WHERE d.k = 0), count(*), min(d.village),
           string_agg(p.folded_name, E'\n' ORDER BY d.k)
    FROM drawn d JOIN households_person p ON p.id = d.person GROUP BY d.household
    ORDER BY d.household
    """,
    "DROP TABLE drawn",
)
_FILLED: Final = (
    "household", "person", "membership", "householdcard", "searchname", "searchword",
)  # fmt: skip


def fill(households: int, villages: list[Area]) -> None:
    """3.9 persons to a household, household after household as an import writes them, and the names
    that are searched as the service writes them. Into tables that are empty, in one transaction;
    indexes are made after the rows, which takes a few minutes instead of an hour."""
    drawn = {
        "households": households,
        "villages": [one.pk for one in villages],
        "families": _FAMILIES.split(),
        "men": _MEN.split(),
        "women": _WOMEN.split(),
        "given": _GIVEN.split(),
        "onsets": _ONSETS.split(),
        "rimes": _RIMES.split(),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute("SELECT setseed(0.25)")
        cursor.execute(_DRAW, drawn)
        with indexes_after(list(_FILLED)):
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in _FILL:
                cursor.execute(statement)
            cursor.execute("SET LOCAL session_replication_role = origin")
            search_names.rebuild()
        for table in _FILLED:
            cursor.execute(f"ANALYZE households_{table}")
