"""Installing and opening without a network: manifest, worker and shell say the same to everybody."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from backcare import offline


def test_the_manifest_says_how_to_install(client: Client) -> None:
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert (manifest["id"], manifest["start_url"], manifest["scope"]) == ("/", "/", "/")
    assert manifest["display"] == "standalone"
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    assert manifest["shortcuts"][0]["name"] == "Start my routine"


@pytest.mark.parametrize(("name", "size"), [("icon-192", 192), ("icon-512", 512), ("icon-maskable-512", 512)])
def test_icons_have_the_size_that_they_are_said_to_have(name: str, size: int) -> None:
    header = Path(f"static/img/{name}.png").read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(header[16:20]), int.from_bytes(header[20:24])) == (size, size)


def test_the_worker_looks_after_the_whole_site_and_is_never_stale(client: Client) -> None:
    response = client.get("/sw.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in response.headers["Cache-Control"]
    text = response.content.decode()
    precache = re.match(r"globalThis\.precache = (.*);\n", text)
    assert precache
    assert json.loads(precache[1])["shell"] == "/offline/"


@pytest.mark.parametrize("address", ["/sw.js", "/offline/", "/manifest.webmanifest"])
def test_nothing_in_them_is_about_anybody(address: str, client: Client, user: User) -> None:
    stranger = client.get(address).content
    client.force_login(user)
    assert client.get(address).content == stranger


def test_what_is_kept_ahead_has_what_the_player_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    class Storage:
        hashed_files = dict.fromkeys(
            ["js/player/session.js", "js/offline/shell.js", "js/offline/worker.js", "js/builder/sort.js"], "x"
        )

        def url(self, name: str) -> str:
            return f"/static/{name}"

    monkeypatch.setattr(offline, "staticfiles_storage", Storage())
    offline._worker.cache_clear()
    try:
        first = offline._worker().partition(";\n")[0]
    finally:
        offline._worker.cache_clear()
    assert json.loads(first.partition(" = ")[2])["files"] == [
        "/static/js/offline/shell.js",
        "/static/js/player/session.js",
    ]
