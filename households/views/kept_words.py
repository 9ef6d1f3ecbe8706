"""What somebody searches for, kept out of addresses where it may be a personal number.

Words are posted. Most go on as an address that can be sent and come back to; what may be a number,
whole or in part, is kept enciphered in the session and the address holds a token of it. An address
that carries a number itself is not answered, so nobody learns to write one.
"""

import base64
import re
import secrets
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from households.models.personal_id import decrypt_personal_id, encrypt_personal_id

WORDS, TOKEN = "q", "kept"
#: In the form that looks for something on a page whose other forms do something.
FIND = "find"
LONGEST = 120
#: A token of no words.
_NOTHING = "0"
_SESSION_KEY = "kept_words"
_MOST_KEPT = 8
_KEPT_SECONDS = 30 * 60
#: Six digits of a number tell province, sex and year of birth; from the seventh on it begins to
#: mean one person. Blanks, dots and dashes between the digits do not make it another.
_NUMBER = re.compile(r"(?:\d[\s.\-]*){7}")
_HOUSEHOLD_CODE = re.compile(r"\s*[hH]\d{1,9}\s*", re.ASCII)


@dataclass(frozen=True)
class Searched:
    """`words` to look for. `is_lost`: the address holds a token of words that are kept no more;
    then nothing is looked for, and the page says to type it again."""

    words: str = ""
    is_kept: bool = False
    is_lost: bool = False


def cleaned(text: str) -> str:
    return text.replace("\x00", "")[:LONGEST].strip()


def may_hold_a_number(words: str) -> bool:
    return bool(_NUMBER.search(words)) and not _HOUSEHOLD_CODE.fullmatch(words)


def in_address(request: HttpRequest, text: str) -> dict[str, str]:
    """What an address says of these words; {} for none. May write the session: for a POST."""
    words = cleaned(text)
    if not words:
        return {}
    if not may_hold_a_number(words):
        return {WORDS: words}
    token = secrets.token_urlsafe(9)
    enciphered = base64.b64encode(encrypt_personal_id(words)).decode()
    kept = [*_kept(request), [token, enciphered, int(timezone.now().timestamp())]]
    request.session[_SESSION_KEY] = kept[-_MOST_KEPT:]
    return {TOKEN: token}


def without_number(request: HttpRequest) -> str:
    """Where to go from an address that holds a number: the same without it, which says to type it
    again. "" for any other address."""
    if not may_hold_a_number(request.GET.get(WORDS, "")):
        return ""
    query = request.GET.copy()
    query.pop(WORDS)
    query[TOKEN] = _NOTHING
    return f"{request.path}?{query.urlencode()}"


def sent_on(request: HttpRequest) -> str:
    """Where a page goes that looks for something beside what it does: words were posted, or the
    address holds a number. The rest of the address stays. "" for any other request."""
    if request.method != "POST":
        return without_number(request)
    if FIND not in request.POST:
        return ""
    query = request.GET.copy()
    for name in (WORDS, TOKEN):
        query.pop(name, None)
    query.update(in_address(request, request.POST.get(WORDS, "")))
    return f"{request.path}?{query.urlencode()}" if query else request.path


def searched(request: HttpRequest) -> Searched:
    """What the address of this page means. Writes nothing."""
    words = cleaned(request.GET.get(WORDS, ""))
    token = request.GET.get(TOKEN, "")
    if words or not token:
        return Searched("" if may_hold_a_number(words) else words)
    for known, enciphered, __ in _kept(request):
        if known == token:
            told = decrypt_personal_id(base64.b64decode(enciphered))
            return Searched(told, is_kept=True)
    return Searched(is_lost=True)


def _kept(request: HttpRequest) -> list[list[Any]]:
    """Those of the session that are not too old."""
    since = timezone.now().timestamp() - _KEPT_SECONDS
    return [one for one in request.session.get(_SESSION_KEY, []) if one[2] >= since]
