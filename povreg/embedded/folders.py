"""Folders and sockets for servers: owners, who reaches them, how long a path may be."""

import hashlib
import os
import pwd
import stat
from pathlib import Path

# sun_path takes 108 bytes; PostgreSQL appends "/.s.PGSQL.5432".
LONGEST_SOCKET_FOLDER_BYTES = 85
SHORT_ROOT = Path("/tmp")  # noqa: S108  make_private() refuses a folder somebody else made


def unprivileged() -> pwd.struct_passwd | None:
    """The account for servers that refuse root: nobody when we are root, else None (ourselves)."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def make_private(folder: Path, owner: pwd.struct_passwd | None = None) -> Path:
    """folder with mode 0700, owned by owner or by us.

    Raises PermissionError if it belongs to somebody else.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    uid = owner.pw_uid if owner else os.geteuid()
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.geteuid()}:
        raise PermissionError(
            f"{folder}: thư mục của người khác / the folder belongs to somebody else"
        )
    if owner and found.st_uid != owner.pw_uid:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.chmod(0o700)
    return folder


def make_home(home: Path) -> None:
    """The folder of an installation: for us alone; as root others may pass to a folder inside."""
    if not home.exists():
        mode = 0o711 if unprivileged() else 0o700
        home.mkdir(mode=mode, parents=True, exist_ok=True)
        home.chmod(mode)


def reachable(path: Path, account: pwd.struct_passwd) -> bool:
    """Whether account may walk down to path and read it. Judged from the mode bits of each step."""
    return passable(path.parent, account) and _allowed(path, account, need=0o5)


def passable(path: Path, account: pwd.struct_passwd) -> bool:
    """Whether account may walk through path to a folder of its own inside."""
    return all(_allowed(step, account, need=0o1) for step in (path, *path.parents))


def _allowed(step: Path, account: pwd.struct_passwd, need: int) -> bool:
    found = step.stat()
    if found.st_uid == account.pw_uid:
        shift = 6
    elif found.st_gid == account.pw_gid:
        shift = 3
    else:
        shift = 0
    return (found.st_mode >> shift) & need == need


def short_enough(folder: Path) -> Path:
    """folder, or where its path is too long for a socket a folder under /tmp named by its hash."""
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER_BYTES:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return SHORT_ROOT / f"povreg-{os.geteuid()}-{digest}"
