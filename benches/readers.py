"""What pyarrow, DuckDB and polars make of job documents. The bench `arrow` starts this, once for each reader:

    python3 benches/readers.py pyarrow|duckdb|polars core|ids

The first line of its output is the version of the reader. After that it reads the file that each line of its input
names, and answers with a line: the nanoseconds that took, rows, the sum of `total_count`, and the nulls in columns of
required members; or the word `error`, and why.

Each reader is at its best: one thread, everything in memory, no schema to infer, nothing with a name that has no column.
"""

import io
import os
import sys
import time

# It is read when polars is imported.
os.environ["POLARS_MAX_THREADS"] = "1"

import duckdb
import polars
import pyarrow
import pyarrow.compute
import pyarrow.json

TIMES = ["created_at", "started_at", "completed_at", "expires_at"]
COUNTS = ["total_count", "completed_count", "failed_count"]
RELATED = ["lists", "profiles", "import-errors"]
REQUIRED = ["type", "id", "status", "created_at", "total_count"]


def pyarrow_reader(has_ids):
    pyarrow.set_cpu_count(1)
    pyarrow.set_io_thread_count(1)
    text = pyarrow.string()
    times = [(name, pyarrow.timestamp("us", tz="UTC")) for name in TIMES]
    counts = [(name, pyarrow.int64()) for name in COUNTS]
    members = [("type", text), ("id", text), ("attributes", pyarrow.struct([("status", text), *times, *counts]))]
    if has_ids:
        related = pyarrow.struct([("data", pyarrow.list_(pyarrow.struct([("id", text)])))])
        members.append(("relationships", pyarrow.struct([(name, related) for name in RELATED])))
    schema = pyarrow.schema([("data", pyarrow.struct(members))])
    options = {
        "read_options": pyarrow.json.ReadOptions(use_threads=False),
        "parse_options": pyarrow.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
    }

    def read(_, content):
        table = pyarrow.json.read_json(pyarrow.BufferReader(content), **options).flatten().flatten()
        return table.rename_columns([name.split(".")[-1] for name in table.column_names])

    return pyarrow.__version__, read


def duckdb_reader(has_ids):
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute("SET TimeZone = 'UTC'")
    times = ", ".join(f"{name} TIMESTAMPTZ" for name in TIMES)
    counts = ", ".join(f"{name} BIGINT" for name in COUNTS)
    members = f"type VARCHAR, id VARCHAR, attributes STRUCT(status VARCHAR, {times}, {counts})"
    columns = ["data.type", "data.id", *(f"data.attributes.{name}" for name in ["status", *TIMES, *COUNTS])]
    if has_ids:
        related = ", ".join(f'"{name}" STRUCT(data STRUCT(id VARCHAR)[])' for name in RELATED)
        members += f", relationships STRUCT({related})"
        columns += [f'data.relationships."{name}".data AS "{name}"' for name in RELATED]
    # Without `records`, which it need not find out then, it takes 10 to 90 times as long.
    options = f"format = 'newline_delimited', records = true, columns = {{data: 'STRUCT({members})'}}"

    def read(path, _):
        source = f"read_json('{path}', {options})"
        return connection.sql(f"SELECT {', '.join(columns)} FROM {source}").to_arrow_table()

    return duckdb.__version__, read


def polars_reader(has_ids):
    # Times stay text: on `poll`, all takes 10 times as long with `Datetime` in the schema, 1.5 times if they are converted
    # afterwards.
    texts = {name: polars.String for name in ["status", *TIMES]}
    counts = {name: polars.Int64 for name in COUNTS}
    members = {"type": polars.String, "id": polars.String, "attributes": polars.Struct({**texts, **counts})}
    if has_ids:
        related = polars.Struct({"data": polars.List(polars.Struct({"id": polars.String}))})
        members["relationships"] = polars.Struct({name: related for name in RELATED})
    schema = {"data": polars.Struct(members)}

    def read(_, content):
        frame = polars.scan_ndjson(io.BytesIO(content), schema=schema).unnest("data").unnest("attributes")
        if has_ids:
            frame = frame.unnest("relationships")
        return frame.collect()

    return polars.__version__, read


READERS = {"pyarrow": pyarrow_reader, "duckdb": duckdb_reader, "polars": polars_reader}


def counts_of(table):
    """The rows, the sum of `total_count`, and the nulls where a document must have a value."""
    if isinstance(table, polars.DataFrame):
        table = table.to_arrow()
    total = pyarrow.compute.sum(table["total_count"]).as_py() or 0
    return table.num_rows, total, sum(table[name].null_count for name in REQUIRED)


def main(reader, columns):
    version, read = READERS[reader](columns == "ids")
    print(version, flush=True)
    path, content = None, None
    for line in sys.stdin:
        if line[:-1] != path:
            path = line[:-1]
            with open(path, "rb") as file:
                content = file.read()
        try:
            started = time.perf_counter_ns()
            table = read(path, content)
            took = time.perf_counter_ns() - started
            print(took, *counts_of(table), flush=True)
        except Exception as error:
            print("error", " ".join(str(error).split()), flush=True)


main(*sys.argv[1:])
