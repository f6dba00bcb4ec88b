"""Stand-ins for other people's parsers: what becomes of a process that reads what it should not."""

import os
import time


def reads(path, *_):
    yield "read", "A", []
    yield [[1, ["id", "avis"]], [2, ["1", path[-4:]]]]


def aborts(*_):
    yield "read", "A", []
    os.abort()


def hangs(*_):
    yield "read", "A", []
    time.sleep(600)


def turns(*_):
    yield "read", "A", []
    while True:
        pass


def allocates(*_):
    yield "read", "A", []
    held = bytearray(1 << 40)
    yield [[1, ["id"]], [2, [str(len(held))]]]


def fails(*_):
    yield "read", "A", []
    raise RuntimeError("what this library says is for nobody")


def chatters(*_):
    print("a library that prints", flush=True)
    os.write(1, b"or writes\n")
    yield "read", "A", []
    yield [[1, ["id"]], [2, ["1"]]]
