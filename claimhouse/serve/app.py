"""The app: addresses, and what answers them.

Belongs here: routes, templates, errors. Does not belong here: what is on a page (``views``, ``things``).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
import orjson
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from claimhouse.briefing import words
from claimhouse.briefing.page import TEMPLATES as BRIEFING_TEMPLATES
from claimhouse.briefing.page import environment
from claimhouse.publications import Publication, Publications
from claimhouse.selections import LISTS, SelectionError, select
from claimhouse.serve import things, views
from claimhouse.serve.charts import holder_of
from claimhouse.serve.downloads import TYPES, csv_of, file_of
from claimhouse.serve.guard import Guard, Token
from claimhouse.serve.maps import control_features
from claimhouse.serve.parameters import Asked
from claimhouse.serve.prepare import prepare
from claimhouse.serve.reviews import write
from claimhouse.serve.statements import joined_by
from claimhouse.serve.things import NotFoundError
from claimhouse.serve.views import LIST_PAGES, Page
from claimhouse.serve.words import plainly
from claimhouse.warehouse import NoWarehouseError
from ingest.settings import Settings

_HERE = Path(__file__).parent
_META_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"<>]*)"')
_BODY = re.compile(r'<body>\s*<a class="skip"[^>]*>[^<]*</a>')
_EVENT_ID = re.compile(r"<code>event_id ([0-9a-f]{16})</code>")
_LOAD_ID = re.compile(r"[0-9A-Za-z.-]{1,60}")
_KEPT_BRIEFINGS = 8
_ONE = {
    "claims": things.claim, "mentions": things.mention, "events": things.event, "places": things.place,
    "actors": things.actor, "articles": things.article, "figures": things.series,
}  # fmt: skip
_MENU = (
    ("/search", "Search"), ("/new", "New"), ("/events", "Events"), ("/claims", "Claims"),
    ("/relations?kind=contradicts", "Contradictions"), ("/figures", "Figures"), ("/control", "Control"),
    ("/places", "Places"), ("/actors", "Actors"), ("/briefing", "Briefing"), ("/quality", "Quality"),
)  # fmt: skip


class App:
    """The pages of one house. ``build_app`` makes the ASGI application of it."""

    def __init__(self, settings: Settings, *, may_review: bool) -> None:
        self.settings = settings
        self.publications = Publications(settings.warehouse_path, self._prepare)
        self.token = Token()
        self.may_review = may_review
        self._briefings: dict[Any, str] = {}
        self._templates = environment(
            code=lambda text: (text or "").replace("_", " "),
            event_title=lambda row: words.event_title(row["kind"], row["place"]),
            holder=holder_of,
            plainly=plainly,
            joined_by=joined_by,
            counted=lambda row: words.counted(row["thing"], row["role"]),
            bounds=lambda row: words.bounds(row["low"], row["high"], row["bound"]),
            url=lambda text: quote(str(text), safe=""),
            sentence=lambda text: text[:1].upper() + text[1:].rstrip(".") + ".",
        )
        loaders = [jinja2.FileSystemLoader(_HERE / "templates"), jinja2.FileSystemLoader(BRIEFING_TEMPLATES)]
        self._templates.loader = jinja2.ChoiceLoader(loaders)

    def _prepare(self, publication: Publication) -> None:
        """Do once, beside the first requests, what the first page of each kind would otherwise wait for."""
        for path in (_HERE / "templates").glob("*.j2"):
            self._templates.get_template(path.name)
        prepare(publication)

    def html(self, request: Request, page: Page, publication: Publication | None, status: int = 200) -> HTMLResponse:
        """A page as HTML."""
        asked = Asked.of(request.query_params) if status == 200 else Asked({})
        text = self._templates.get_template(page.template).render(
            title=page.title, menu=_MENU, path=request.url.path, asked=asked, publication=publication,
            may_review=self.may_review, token=self.token.value,
            side_names=publication.side_names if publication else {}, **page.values,
        )  # fmt: skip
        return HTMLResponse(text, status)

    def error(self, request: Request, status: int, message: str) -> HTMLResponse:
        """A page that says what is wrong."""
        return self.html(
            request,
            Page("error.html.j2", "Not found" if status == 404 else "This cannot be shown", {"message": message}),
            None,
            status,
        )

    def page(self, make: Callable[[Publication, Asked, Request], Page]) -> Callable[[Request], Any]:
        """A route that shows what ``make`` gives."""

        def answer(request: Request) -> Response:
            with self.publications.newest() as publication:
                shown = make(publication, Asked.of(request.query_params), request)
                return self.html(request, shown, publication)

        return self._safely(answer)

    def _safely(self, answer: Callable[[Request], Response]) -> Callable[[Request], Any]:
        async def handle(request: Request) -> Response:
            try:
                return await run_in_threadpool(answer, request)
            except NotFoundError:
                return self.error(request, 404, "There is nothing with this id in the warehouse.")
            except SelectionError as problem:
                return self.error(request, 400, str(problem))
            except NoWarehouseError as problem:
                return self.error(request, 503, str(problem))

        return handle

    # --- answers that are no pages of ours ------------------------------------------------------

    def download(self, request: Request) -> Response:
        """A list, or the hits of a search, as a file."""
        name, ending = request.path_params["name"], request.path_params["format"]
        if ending not in TYPES or name not in (*LISTS, "search"):
            raise NotFoundError(name)
        asked = Asked.of(request.query_params)
        with self.publications.newest() as publication:
            if name == "search":
                content = self._hits(publication, asked, ending)
            else:
                content = file_of(publication, select(name, asked.filters(publication)), ending)
        headers = {"content-disposition": f'attachment; filename="claimhouse-{name}.{ending}"'}
        return Response(content, media_type=TYPES[ending], headers=headers)

    def _hits(self, publication: Publication, asked: Asked, ending: str) -> bytes:
        from dataclasses import asdict

        from claimhouse.search.search import SearchError

        if publication.search is None or ending not in ("csv", "json"):
            raise NotFoundError(ending)
        try:
            answer = publication.search.find(
                asked.get("q"), asked.search_filters(), limit=1_000, newest=asked.get("sort") == "newest"
            )
        except SearchError as problem:
            raise SelectionError(str(problem)) from None
        rows = [asdict(hit) for hit in answer.hits]
        if ending == "json":
            return orjson.dumps(rows)
        columns = list(rows[0]) if rows else ["id"]
        return csv_of(columns, [tuple(list(v) if isinstance(v, tuple) else v for v in row.values()) for row in rows])

    def control_map(self, request: Request) -> Response:
        """Places with their holders in a week."""
        asked = Asked.of(request.query_params)
        week = Asked({"week": request.query_params.get("week", "")}).day("week")
        with self.publications.newest() as publication:
            features = control_features(publication, asked.filters(publication), week)
        return Response(orjson.dumps(features), media_type=TYPES["geojson"])

    def briefing(self, request: Request) -> Response:
        """The briefing of a place, topic, side or window; its own policy allows its own style and script."""
        from claimhouse.briefing.data import find_scope
        from claimhouse.briefing.scope import ScopeError
        from claimhouse.briefing.write import html_of

        asked = Asked.of(request.query_params)
        given: dict[str, Any] = {name: asked.get(name) or None for name in ("place", "topic", "side")}
        given |= {name: asked.day(name) for name in ("since", "until")}
        with self.publications.newest() as publication:
            choices = views.choices((*given,), publication)
            # finding a scope and drawing it takes seconds
            key = (publication.name, *given.values())
            if key not in self._briefings:
                try:
                    scope = find_scope(self.settings.warehouse_path, weeks=12, **given)
                except ScopeError as problem:
                    raise SelectionError(str(problem)) from None
                drawn = html_of(self.settings, scope)
                while len(self._briefings) >= _KEPT_BRIEFINGS:
                    self._briefings.pop(next(iter(self._briefings)))
                self._briefings[key] = _EVENT_ID.sub(r'<a href="/events/\1">Who tells of it</a>', drawn)
        return self._with_bar(request, self._briefings[key], choices)

    def _with_bar(self, request: Request, page: str, choices: list[views.Choice] | None = None) -> HTMLResponse:
        """A page that a refresh writes, below the menu of the server."""
        bar = self._templates.get_template("bar.html.j2").render(
            menu=_MENU, asked=Asked.of(request.query_params), choices=choices
        )
        # its own policy allows no form, for a file has nobody to send one to
        page = page.replace("form-action &#39;none&#39;", "form-action &#39;self&#39;", 1)
        return _with_own_policy(_BODY.sub(lambda found: found[0] + bar, page, count=1))

    def quality_of_load(self, request: Request) -> Response:
        """The checks of one load, as the refresh wrote them."""
        from claimhouse.briefing.quality import quality_path

        load_id = request.path_params["load_id"]
        path = quality_path(self.settings, load_id)
        if not _LOAD_ID.fullmatch(load_id) or ".." in load_id or not path.is_file():
            raise NotFoundError(load_id)
        return self._with_bar(request, path.read_text(encoding="utf-8"))

    async def review(self, request: Request) -> Response:
        """Write a verdict on a relation, where the user allowed it."""
        if not self.may_review:
            return self.error(request, 403, "Start the server with --allow-reviews to review pairs here.")
        async with request.form(max_files=0, max_fields=10) as form:
            given = {name: value for name, value in form.items() if isinstance(value, str)}
        if not self.token.is_in(given.get("token", "")):
            return self.error(request, 403, "The form is from another run of the server; go back and load it anew.")
        try:
            await run_in_threadpool(
                write, self.settings, given.get("relation_id", ""), given.get("verdict", ""), given.get("note", "")
            )
        except ValueError as problem:
            return self.error(request, 400, str(problem))
        back = given.get("back", "")
        return RedirectResponse(back if re.fullmatch(r"/[^/\\][\x21-\x7e]*", back) else "/relations", 303)

    def routes(self) -> list[Route | Mount]:
        """Every address."""
        found: list[Route | Mount] = [
            Route("/", self.page(lambda p, a, r: views.home(p))),
            Route("/search", self.page(lambda p, a, r: views.search(p, a))),
            Route("/new", self.page(lambda p, a, r: views.new(p, a))),
            Route("/control", self.page(lambda p, a, r: views.control(p, a))),
            Route("/places", self.page(lambda p, a, r: views.places(p, a))),
            Route("/actors", self.page(lambda p, a, r: views.actors(p, a))),
            Route("/quality", self.page(lambda p, a, r: views.quality(p))),
            Route("/quality/{load_id}", self._safely(self.quality_of_load)),
            Route("/briefing", self._safely(self.briefing)),
            Route("/control.geojson", self._safely(self.control_map)),
            Route("/download/{name}.{format}", self._safely(self.download)),
            Route("/reviews", self.review, methods=["POST"]),
            Route("/static/page.css", self._safely(_briefing_style)),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ]
        found += [Route(f"/{name}", self.page(_listing(name))) for name in LIST_PAGES]
        found += [Route(f"/{name}/{{id}}", self.page(_thing(make))) for name, make in _ONE.items()]
        return found


def _listing(name: str) -> Callable[[Publication, Asked, Request], Page]:
    return lambda publication, asked, request: views.listed(publication, name, asked)


def _thing(make: Callable[[Publication, str], Page]) -> Callable[[Publication, Asked, Request], Page]:
    return lambda publication, asked, request: make(publication, request.path_params["id"])


def _briefing_style(request: Request) -> Response:
    text = (BRIEFING_TEMPLATES / "page.css").read_text(encoding="utf-8")
    return PlainTextResponse(text, media_type="text/css", headers={"cache-control": "max-age=600"})


def _with_own_policy(page: str) -> HTMLResponse:
    """A page that stands for itself: its policy allows its style and script by their digests, and nothing else."""
    found = _META_POLICY.search(page)
    policy = found[1].replace("&#39;", "'") if found else "default-src 'none'"
    return HTMLResponse(page, headers={"content-security-policy": f"{policy}; frame-ancestors 'none'"})


def build_app(settings: Settings, *, may_review: bool = False) -> Starlette:
    """The app of a house.

    Args:
        settings: of the house.
        may_review: whether pairs can be accepted and rejected, the only thing that is ever written.
    """
    app = App(settings, may_review=may_review)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        with contextlib.suppress(NoWarehouseError), app.publications.newest():
            pass
        yield
        app.publications.close()

    async def failed(request: Request, problem: Exception) -> Response:
        status = problem.status_code if isinstance(problem, HTTPException) else 500
        said = {404: "There is no such page.", 405: "This server is only read."}
        return app.error(request, status, said.get(status, "Something went wrong; the log of the server says what."))

    made = Starlette(
        routes=app.routes(),
        middleware=[Middleware(Guard, may_write=may_review), Middleware(GZipMiddleware, minimum_size=2_000)],
        exception_handlers={404: failed, 405: failed, 500: failed},
        lifespan=lifespan,
    )
    made.state.publications = app.publications
    return made
