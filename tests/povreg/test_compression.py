"""Texts travel compressed, everything else as it is."""

import gzip

from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from povreg.compression import CompressTexts


def test_a_page_travels_compressed_to_whoever_reads_it(client: Client, db: None) -> None:
    plain = client.get(reverse("login"))
    packed = client.get(reverse("login"), headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert b"csrfmiddlewaretoken" in gzip.decompress(packed.content)
    assert "Accept-Encoding" in packed["Vary"]


def test_what_is_compressed_already_is_left_alone() -> None:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = "gzip"
    picture = HttpResponse(b"\x00" * 1000, content_type="image/jpeg")
    kept = CompressTexts(lambda _: picture)(request)
    assert "Content-Encoding" not in kept
