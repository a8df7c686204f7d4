"""The route that tells when an upload has ended."""

import asyncio
from pathlib import Path

import httpx
from fake_service import in_new_loop
from fastapi import FastAPI

from qa.page.uploads import UploadFolder
from qa.settings import Settings
from qa.web.fair_shares import FairShares
from qa.web.uploads import PROGRESS, UPLOAD, upload_routes

DONE = 'data: {"msg": "done"}\n\n'
HEAD = b'--cut\r\nContent-Disposition: form-data; name="files"; filename="tea.txt"\r\n\r\n'
END = b"\r\n--cut--\r\n"


def test_an_upload_is_done_when_it_has_ended(tmp_path: Path) -> None:
    settings, server = Settings(), FastAPI()
    folder = UploadFolder(tmp_path, 1_000_000)
    server.include_router(upload_routes(settings, folder, FairShares(settings)))
    headers = {
        "content-type": "multipart/form-data; boundary=cut",
        "content-length": str(len(HEAD + b"Tea." + END)),
    }

    async def visit() -> None:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def body():
            yield HEAD
            begun.set()
            await go_on.wait()
            yield b"Tea." + END

        transport = httpx.ASGITransport(server)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:

            async def told(identity: str) -> str:
                return (await client.get(PROGRESS, params={"upload_id": identity})).text

            sent = client.post(UPLOAD, params={"upload_id": "a"}, content=body(), headers=headers)
            upload = asyncio.create_task(sent)
            await begun.wait()
            waiting = asyncio.create_task(told("a"))
            assert await told("unknown") == DONE
            ended, _ = await asyncio.wait({waiting}, timeout=0.2)
            assert not ended
            go_on.set()
            assert await waiting == DONE
            assert (await upload).status_code == 200
            assert await told("a") == DONE

    in_new_loop(lambda: asyncio.wait_for(visit(), 20))
