"""What a user is told of, and that he has read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.queries import notices as queries
from households.services import notices
from households.views import access, notice_words


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_list(request: HttpRequest) -> HttpResponse:
    """The newest of the user's own notices; a POST says that they are read up to ?to. Policy:
    whoever is logged in; notices of his roles in his areas only."""
    user = access.actor(request)
    rows = list(queries.of_user(user)[: queries.MOST])
    if request.method == "POST":
        asked = request.POST.get("to", "")
        newest = rows[0].pk if rows else 0
        to = min(int(asked), newest) if asked.isdecimal() else newest
        notices.mark_read(to=to, by=user)
        return redirect(
            "households:home" if request.POST.get("from") == "home" else "households:notice_list"
        )
    read_to = queries.read_to(user)
    shown = {
        "rows": [(notice_words.told(one), one.pk > read_to) for one in rows],
        "newest": rows[0].pk if rows else 0,
        "has_unread": bool(rows) and rows[0].pk > read_to,
    }
    return render(request, "households/notice_list.html", shown)
