"""The routes for files, in place of Gradio's: those keep what was broken off, and a word for every
upload that anybody asks about."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import StreamingResponse

from qa.errors import InputError
from qa.page.uploads import UploadFolder
from qa.settings import Settings
from qa.web.fair_shares import FairShares
from qa.web.refusal import Refused, client_of

UPLOAD, PROGRESS = "/gradio_api/upload", "/gradio_api/upload_progress"
FILES, FIELDS = 1000, 10
SWEEP_SECONDS = 60.0


def upload_routes(settings: Settings, folder: UploadFolder, shares: FairShares) -> APIRouter:
    """`POST UPLOAD`: files of a form, field `files`; answers with where they lie. Until all have
    come, they have no name on disk, so that nothing stays of what breaks off.

    `GET PROGRESS`: a stream of events that tells when the upload with that id has ended.
    """
    routes = APIRouter()
    coming: dict[str, asyncio.Event] = {}

    @routes.post(UPLOAD)
    async def upload(request: Request) -> list[str]:
        if not settings.documents_tab:
            raise Refused(403, "This page takes no files.")
        shares.take("uploads", client_of(request.scope))
        if not request.headers.get("content-type", "").startswith("multipart/form-data"):
            raise Refused(400, "Files come as a form.")
        if not (length := int(request.headers.get("content-length", "0"))):
            raise Refused(411, "How much will come must be said first (Content-Length).")
        identity = request.query_params.get("upload_id", "")
        ended = coming.setdefault(identity, asyncio.Event())
        try:
            with folder.room_for(length):
                return await keep(request)
        except InputError as error:
            raise Refused(413, str(error)) from error
        except OSError:
            raise Refused(507, "The disk takes no more; tell the owner of this page.") from None
        finally:
            ended.set()
            coming.pop(identity, None)

    @routes.get(PROGRESS)
    async def progress(upload_id: str = "") -> StreamingResponse:
        async def told() -> AsyncIterator[str]:
            if ended := coming.get(upload_id):
                await ended.wait()
            yield 'data: {"msg": "done"}\n\n'

        return StreamingResponse(told(), media_type="text/event-stream")

    async def keep(request: Request) -> list[str]:
        async with request.form(max_files=FILES, max_fields=FIELDS) as form:
            files = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
            if any((one.size or 0) > settings.max_file_mb * 1_000_000 for one in files):
                raise Refused(413, f"A file is larger than {settings.max_file_mb} MB, the limit.")
            return [
                str(await run_in_threadpool(folder.keep, one.filename or "", one.file))
                for one in files
            ]

    return routes


def sweeping(
    folder: UploadFolder,
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """A lifespan that sweeps the folder at start and every SWEEP_SECONDS."""

    async def sweep() -> None:
        while True:
            await run_in_threadpool(folder.sweep)
            await asyncio.sleep(SWEEP_SECONDS)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        task = asyncio.create_task(sweep())
        yield
        task.cancel()

    return lifespan
