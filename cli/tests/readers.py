"""Others read what `jobview convert` writes: pyarrow, DuckDB and polars find the rows of its NDJSON in its other formats.

    python3 -m venv venv && venv/bin/pip install --requirement cli/tests/requirements.txt
    venv/bin/python cli/tests/readers.py target/release/jobview
"""

import json
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import duckdb
import polars
import pyarrow
import pyarrow.compute
import pyarrow.ipc
import pyarrow.parquet

TABLES = ["jobs", "lists", "import_errors", "errors", "identifiers", "rejects"]
COMPRESSIONS = ["zstd", "zstd:9", "snappy", "none"]


def plain(value):
    """The value as all readers have it in common."""
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    return value


def rows_of(records):
    return [{name: plain(value) for name, value in record.items()} for record in records]


def rows_of_ndjson(path, schema):
    """The rows, with nulls for what is left out, and times as times."""

    def value(field, row):
        found = row.get(field.name)
        if found is not None and pyarrow.types.is_timestamp(field.type):
            return datetime.fromisoformat(found)
        return found

    # JSON may have other characters that end lines in Python.
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return [{field.name: value(field, json.loads(line)) for field in schema} for line in lines]


def rows_of_duckdb(path):
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    found = connection.execute(f"SELECT * FROM '{path}'")
    names = [column[0] for column in found.description]
    return rows_of(dict(zip(names, row)) for row in found.fetchall())


def check(command, folder, table, source):
    def convert(name, *options):
        path = folder / f"{table}-{name}"
        arguments = [command, "convert", "--table", table, "--columns", "all", *options]
        rejects = ["--rejects", folder / "rejects"]
        ended = subprocess.run([*arguments, *rejects, "--output", path, source], stderr=subprocess.PIPE)
        # There are bad records.
        assert ended.returncode == 1, ended
        return path

    parquet = convert("default.parquet")
    schema = pyarrow.parquet.read_schema(parquet)
    if table == "rejects":
        expected = rows_of(pyarrow.parquet.read_table(parquet).to_pylist())
        assert b"".join(row["raw"] + b"\n" for row in expected) == (folder / "rejects").read_bytes()
    else:
        expected = rows_of_ndjson(convert("rows.ndjson"), schema)
    assert len(expected) > 20, (table, len(expected))

    files = [convert(f"{name}.parquet", "--compression", name) for name in COMPRESSIONS]
    files.append(convert("groups.parquet", "--row-group-rows", "100"))
    assert pyarrow.parquet.ParquetFile(files[-1]).num_row_groups == -(-len(expected) // 100)
    for path in [parquet, *files]:
        read = pyarrow.parquet.read_table(path)
        read.validate(full=True)
        assert rows_of(read.to_pylist()) == expected, path
        assert rows_of_duckdb(path) == expected, path
        assert rows_of(polars.read_parquet(path).to_dicts()) == expected, path

    path = convert("rows.arrow")
    with pyarrow.ipc.open_file(path) as file:
        read = file.read_all()
    read.validate(full=True)
    assert rows_of(read.to_pylist()) == expected, path
    assert rows_of(polars.read_ipc(path).to_dicts()) == expected, path

    # What people do next.
    first = schema.names[1]
    assert read.sort_by(first).num_rows == len(expected)
    if table == "jobs":
        done = read.filter(pyarrow.compute.field("status") == "complete")
        assert done.num_rows == sum(row["status"] == "complete" for row in expected) > 0
    print(f"{table}: {len(expected)} rows, {len(schema.names)} columns")


def main(command):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "answers.ndjson"
        generate = [command, "generate", "--documents", "4000", "--kind", "mixed", "--varied", "--items", "5"]
        subprocess.run([*generate, "--every-form", "--bad-every", "40", "--output", source], check=True)
        for table in TABLES:
            check(command, folder, table, source)


main(sys.argv[1])
