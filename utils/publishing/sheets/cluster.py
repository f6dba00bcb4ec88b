"""Sheets made by the workers of a Dask cluster, and written here: the same, whoever makes them.

A worker has the project and the wave's folder as any machine has: the same image, or a copy.
What it makes it gives back at once: a sheet is a file here, written once under its own name,
and a worker that dies takes none along. Each sheet is made in a process of its own, which the
worker must be allowed to begin, and which is stopped when it takes too long. The library is
an extra: `pip install -e '.[grappe]'`.
"""

__all__ = ["spread"]

import atexit
import multiprocessing
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from pathlib import Path

from utils import whole
from utils.publishing import processes
from utils.publishing.failures import Failure
from utils.publishing.processes import Workshop
from utils.publishing.sheets.edition import edition
from utils.publishing.sheets.making import LIMIT, Order, make
from utils.publishing.sheets.stamps import stamp

ANSWERING = 10  # seconds until the scheduler answers
WAITING = 60  # seconds until the first worker is there
AHEAD = 8  # sheets that are asked for at a time, for each thread of the cluster
_living = ExitStack()  # what a worker has begun, and ends with it
atexit.register(_living.close)
DEATHS = 3  # workers that may die over one sheet: more die of the sheet itself


def spread(orders: Sequence[Order], scheduler: str) -> Iterator[str]:
    """Have sheets made by a cluster, and yield each commune's code once its sheet is there.

    Parameters
    ----------
    orders : sequence of Order
    scheduler : str
        Its address: `tcp://10.0.0.1:8786`.

    Raises
    ------
    Failure
        The library is not installed, nobody answers at the address, a worker is not what it must be, or a sheet
        failed; those that were made are there.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise Failure("Il faut Dask pour une grappe : pip install -e '.[grappe]'") from error
    try:
        client = Client(scheduler, timeout=ANSWERING)
    except (OSError, TimeoutError, ValueError) as error:
        raise Failure(f"Personne ne répond à l’adresse « {scheduler} » : y lancer « dask scheduler ».") from error
    with client:
        many = _threads(client, scheduler)
        waiting = iter(orders)
        asked = {_ask(client, order): (order, 0) for order in islice(waiting, AHEAD * many)}
        coming = as_completed(asked, raise_errors=False)
        for future in coming:
            order, deaths = asked.pop(future)
            if _died(future) and deaths < DEATHS:
                again = _ask(client, order, deaths + 1)
                asked[again] = (order, deaths + 1)
                coming.add(again)
                continue
            _write(order, future)
            yield order.ins
            if (following := next(waiting, None)) is not None:
                further = _ask(client, following)
                asked[further] = (following, 0)
                coming.add(further)


def _threads(client, scheduler: str) -> int:
    """Wait for a worker, and return how many there are; a notebook's shell is one for its whole process."""
    try:
        client.wait_for_workers(1, timeout=WAITING)
    except TimeoutError as error:
        raise Failure(f"Aucun travailleur à « {scheduler} » : en lancer avec « dask worker ».") from error
    threads = client.nthreads()
    if several := [address for address, held in threads.items() if held != 1]:
        raise Failure(f"Un fil par travailleur (dask worker --nthreads 1) ; plus d’un : {', '.join(several)}.")
    return len(threads)


def _ask(client, order: Order, deaths: int = 0):
    # Under a key of its own a sheet that killed its workers is asked for again: the library gives it up for good.
    return client.submit(_made, order, key=f"fiche-{order.stamp}-{order.ins}-{deaths}")


def _died(future) -> bool:
    from distributed import KilledWorker

    return future.status == "error" and isinstance(future.exception(), KilledWorker)


def _write(order: Order, future) -> None:
    if future.status != "finished":
        error = future.exception() if future.status == "error" else None
        told = str(error) if isinstance(error, Failure) else type(error).__name__
        raise Failure(f"La fiche de {order.ins} : échec, {told}")
    page, printed = future.result()
    future.release()
    path = Path(order.page)
    # What was printed of another page goes first, as where one is made here.
    path.with_suffix(".pdf").unlink(missing_ok=True)
    whole.write(path, page)
    if printed is not None:
        whole.write(path.with_suffix(".pdf"), printed)


def _made(order: Order) -> tuple[bytes, bytes | None]:
    """Make a sheet on a worker, and return its page, and what is printed of it."""
    if _stamp(order.wave, order.previous, order.book) != order.stamp:
        raise Failure(
            "ce travailleur n’a pas le même code, les mêmes données ou les mêmes bibliothèques que la machine qui "
            "demande les fiches"
        )
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / Path(order.page).name
        workshop = _workshop(order.wave, order.previous)
        try:
            [(_, fault)] = workshop.does({order.ins: partial(make, replace(order, page=str(page)))}, LIMIT)
        except Failure:  # it is gone: the next sheet begins another
            _workshop.cache_clear()
            raise
        if fault:
            raise Failure(str(fault))
        printed = page.with_suffix(".pdf")
        return page.read_bytes(), printed.read_bytes() if order.printed else None


@cache
def _stamp(wave: str, previous: str, book: str) -> str:
    return stamp(wave, previous, book, edition(wave, previous).chapters)


@cache
def _workshop(wave: str, previous: str) -> Workshop:
    """Begin what makes sheets on a worker, and lives as long as it does."""
    if multiprocessing.current_process().daemon:
        raise Failure(
            "ce travailleur ne peut lancer aucun processus ; le lancer avec --no-nanny, ou dans un environnement où "
            "DASK_DISTRIBUTED__WORKER__DAEMON vaut False"
        )
    processes.start(processes.SHEETS)
    return _living.enter_context(Workshop(partial(edition, wave, previous)))
