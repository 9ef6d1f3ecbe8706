"""The accounts of the demonstration, one per role (two for the department, where a second person
has to agree). Invented people; the passwords are public and exist in demonstrations only."""

from dataclasses import dataclass

from households.choices import Role


@dataclass(frozen=True, slots=True)
class Login:
    """`area_code` is the unit of the assignment; with `village`, that village of the commune."""

    username: str
    full_name: str
    role: Role
    area_code: str
    village: str = ""

    @property
    def password(self) -> str:
        return f"demo-{self.username}"


LOGINS = (
    Login("rasoatvien", "Hoàng Thị Diệp", Role.REVIEWER, "01864", "Phiêng Rào"),
    Login("truongthon", "Nông Văn Thức", Role.VILLAGE_HEAD, "01864", "Phiêng Rào"),
    Login("congchucxa", "Bàn Thị Hiền", Role.COMMUNE_OFFICER, "01864"),
    Login("chutichxa", "Nông Văn Kiên", Role.COMMUNE_CHAIR, "01864"),
    Login("mattran", "Lý Phúc Toàn", Role.FATHERLAND_FRONT, "01864"),
    Login("huyen", "Ma Đình Trung", Role.DISTRICT_READER, "060"),
    Login("so", "Nguyễn Thu Trang", Role.DEPARTMENT, "06"),
    Login("so2", "Hà Quốc Đạt", Role.DEPARTMENT, "06"),
    Login("thanhtra", "Lưu Thị Hạnh", Role.INSPECTOR, "06"),
    Login("quantri", "Trần Đức Long", Role.ADMINISTRATOR, "06"),
)
