"""fakesnow on 127.0.0.1, as npm's snowflake-sdk can read it: that driver knows results as JSON only, and fakesnow
answers in Arrow. Prints `{"port": N}` when it listens; ends when its standard input does."""

import asyncio
import base64
import datetime
import decimal
import gzip
import io
import json
import socket

import pyarrow.ipc
import uvicorn
from fakesnow import info_schema
import fakesnow.server as fakesnow
from starlette.responses import JSONResponse
from starlette.routing import Route

from parent import end_with_standard_input

turn = asyncio.Lock()
QUERY = "/queries/v1/query-request"
EPOCH = datetime.date(1970, 1, 1)
EPOCH_TIME = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def cell(value, column):
    """A value as Snowflake writes it into JSON: always text, whose meaning the column's type gives."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dict) and "epoch" in value:
        # fakesnow's form of a time: seconds, nanoseconds, and minutes from UTC with 1440 added
        text = f"{value['epoch']}.{value.get('fraction') or 0:09d}"
        return text if value.get("timezone") is None else f"{text} {value['timezone']}"
    if isinstance(value, datetime.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
        micros = (moment - EPOCH_TIME) // datetime.timedelta(microseconds=1)
        return f"{micros // 1_000_000}.{micros % 1_000_000 * 1000:09d}"
    if isinstance(value, datetime.date):
        return str((value - EPOCH).days)
    if isinstance(value, (bytes, bytearray)):
        return value.hex().upper()
    return scaled(value, column)


def scaled(value, column):
    scale = column.get("scale") or 0
    is_unscaled = isinstance(value, int) and scale > 0
    if is_unscaled and (column["type"] == "fixed" or column["type"].startswith("time")):
        return str(decimal.Decimal(value).scaleb(-scale))
    return str(value)


def json_rows(data):
    raw = base64.b64decode(data.pop("rowsetBase64"))
    if not raw:
        return []
    table = pyarrow.ipc.open_stream(io.BytesIO(raw)).read_all()
    columns = [
        [cell(value, rowtype) for value in column.to_pylist()]
        for column, rowtype in zip(table.columns, data["rowtype"], strict=True)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


async def join_rows(request):
    """Rows of parameters as one statement of many rows: fakesnow runs it once for each row, 4 ms a time."""
    raw = await request.body()
    is_packed = request.headers.get("Content-Encoding") == "gzip"
    body = json.loads(gzip.decompress(raw) if is_packed else raw)
    columns = list((body.get("bindings") or {}).values())
    if not columns or not isinstance(columns[0]["value"], list):
        return
    head, marks = body["sqlText"].rsplit(" VALUES ", 1)
    rows = len(columns[0]["value"])
    body["sqlText"] = f"{head} VALUES {', '.join([marks] * rows)}"
    cells = [{**column, "value": column["value"][row]} for row in range(rows) for column in columns]
    body["bindings"] = {str(place): binding for place, binding in enumerate(cells, 1)}
    joined = json.dumps(body).encode()
    request._body = gzip.compress(joined) if is_packed else joined


async def query(request):
    await join_rows(request)
    # Two statements that define the same table would fail, where Snowflake lets one wait.
    async with turn:
        answer = await fakesnow.query_request(request)
    body = json.loads(answer.body)
    if answer.status_code == 500:
        # What fakesnow cannot do. The driver would ask again for minutes; this it reports as Snowflake's own failure.
        body["code"] = "000603"
        body["data"] = {"errorCode": "000603", "sqlState": "XX000"}
        return JSONResponse(body)
    data = body.get("data") or {}
    if data.get("queryResultFormat") == "arrow":
        rows = json_rows(data)
        data.update(queryResultFormat="json", rowset=rows, total=len(rows))
    if isinstance(data.get("rowset"), list):
        data.update(returned=len(data["rowset"]), version=1)
    return JSONResponse(body, status_code=answer.status_code)


async def swallow(_):
    return JSONResponse({"success": True, "data": None})


def forget_notes_on_tables():
    """fakesnow notes comments and lengths of texts in a database of its own, and DuckDB refuses to write two in one
    transaction: MERGE, which makes a table for itself, would fail in each. Nor could two sessions make a table."""
    info_schema.insert_table_comment_sql = lambda *_: "SELECT 1"
    info_schema.insert_text_lengths_sql = lambda *_: "SELECT 1"


def main():
    forget_notes_on_tables()
    routes = fakesnow.app.router.routes
    routes[:] = [route for route in routes if route.path != QUERY]
    routes += [Route(QUERY, query, methods=["POST"]), Route("/telemetry/send", swallow, methods=["POST"])]
    listener = socket.create_server(("127.0.0.1", 0))
    end_with_standard_input()
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
    config = uvicorn.Config(fakesnow.app, log_level="error", access_log=False)
    uvicorn.Server(config).run(sockets=[listener])


main()
