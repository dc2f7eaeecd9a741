"""What browsers load from us, and which pages may call us."""

from pathlib import Path

import pytest

from deskbell.api import site
from tests.contract.answers import refused
from tests.contract.service import Caller, Service, StartService

SHOP = "https://shop.example"
VISITORS_PATHS = [
    "/support_chat",
    "/support_chat/session",
    "/support_chat/messages",
    "/support_chat/mark_read",
    "/support_chat/contact",
    "/support_chat/link",
]


@pytest.fixture
def bundles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with bundles as the build would leave them."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "dashboard" / "assets").mkdir(parents=True)
    (folder / "widget.js").write_text("loader")
    (folder / "assets" / "panel-abc123.js").write_text("panel")
    (folder / "dashboard" / "index.html").write_text("<!doctype html><title>Dashboard</title>")
    (folder / "dashboard" / "assets" / "index-abc123.css").write_text("body {}")
    (folder / "assets" / "notes.txt").write_text("private")
    monkeypatch.setattr(site, "STATIC", folder)
    return folder


@pytest.mark.usefixtures("bundles")
async def test_the_widget_is_for_every_page_and_cached_briefly(service: Service) -> None:
    response = await service.http.get("/widget.js", headers={"Origin": SHOP})
    assert (response.status_code, response.text) == (200, "loader")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["cache-control"] == "public, max-age=300"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.usefixtures("bundles")
async def test_files_with_a_fingerprint_are_kept_forever(service: Service) -> None:
    for path, text in (
        ("/assets/panel-abc123.js", "panel"),
        ("/dashboard/assets/index-abc123.css", "body {}"),
    ):
        response = await service.http.get(path)
        assert response.text == text
        assert "immutable" in response.headers["cache-control"]


async def test_a_file_is_not_sent_twice_and_a_rebuilt_one_is(
    service: Service, bundles: Path
) -> None:
    first = await service.http.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    known = {"If-None-Match": first.headers["etag"]}
    assert (await service.http.get("/widget.js", headers=known)).status_code == 304
    (bundles / "widget.js").write_text("a newer loader")
    assert (await service.http.get("/widget.js", headers=known)).text == "a newer loader"


@pytest.mark.usefixtures("bundles")
@pytest.mark.parametrize(
    "path",
    [
        "/assets/missing.js",
        "/assets/notes.txt",
        "/assets/..%2Fwidget.js",
        "/assets/..%5Cwidget.js",
        "/assets/%2e%2e%2fwidget.js",
        "/assets/%00.js",
        "/assets/" + "x" * 5_000 + ".js",
        "/assets/",
        "/dashboard/assets/missing.js",
    ],
)
async def test_nothing_but_the_files_themselves_is_served(path: str, service: Service) -> None:
    refused(await service.http.get(path), 404, "not_found")


@pytest.mark.usefixtures("bundles")
async def test_the_dashboard_is_one_strict_page_at_every_address_below_it(
    service: Service,
) -> None:
    for path in ("/dashboard/", "/dashboard/chats/7", "/dashboard/archived"):
        response = await service.http.get(path)
        assert response.status_code == 200
        assert "Dashboard" in response.text
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "access-control-allow-origin" not in response.headers
    for path in ("/", "/dashboard"):
        response = await service.http.get(path)
        assert (response.status_code, response.headers["location"]) == (307, "dashboard/")


async def test_the_hosted_page_carries_the_widget_and_the_name(
    start_service: StartService,
) -> None:
    service = await start_service(brand="Lamps <& Co>")
    response = await service.http.get("/chat")
    assert response.headers["content-type"].startswith("text/html")
    assert "Lamps &lt;&amp; Co&gt;" in response.text
    assert 'src="widget.js" data-open' in response.text
    assert "unsafe" not in response.headers["content-security-policy"]
    assert (await service.http.get("/pages/page.css")).status_code == 200


@pytest.mark.parametrize("path", VISITORS_PATHS)
async def test_any_page_may_make_visitors_calls_without_credentials(
    path: str, service: Service
) -> None:
    asked = {"Origin": SHOP, "Access-Control-Request-Method": "POST"}
    preflight = await service.http.options(path, headers=asked)
    assert preflight.status_code == 204
    assert "authorization" in preflight.headers["access-control-allow-headers"]
    assert "PATCH" in preflight.headers["access-control-allow-methods"]
    for response in (preflight, await service.http.get(path, headers={"Origin": SHOP})):
        if response.status_code != 404:
            assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (SHOP, True),
        ("https://evil.example", False),
        ("null", False),
        (f"{SHOP}.evil.example", False),
        (None, False),
    ],
)
async def test_listed_pages_alone_may_when_some_are_listed(
    origin: str | None, allowed: bool, start_service: StartService
) -> None:
    service = await start_service(sites=(SHOP,))
    headers = {} if origin is None else {"Origin": origin}
    session = Caller(service.http, headers=headers)
    for response in (
        await session.call("POST", "/support_chat/session", {}),
        await session.call("GET", "/support_chat"),
        await service.http.options("/support_chat", headers=headers),
    ):
        assert response.headers.get("access-control-allow-origin") == (origin if allowed else None)
        assert response.headers["vary"] == "Origin"
        assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("path", ["/admin/session", "/admin/chats", "/admin/setup", "/metrics"])
async def test_no_other_page_may_call_the_agents_side(path: str, service: Service) -> None:
    for method in ("OPTIONS", "GET"):
        response = await service.http.request(method, path, headers={"Origin": SHOP})
        assert not [name for name in response.headers if name.startswith("access-control")]
