"""The web as its server wants it: gunicorn's settings, and the application each of its processes opens for itself.

The settings are read in the parent, so that all the imports are made once and shared by the processes it forks.
"""

import gc

from flask import Flask

from portal.jobs.queue import Queue
from portal.settings import load
from portal.store.cellar import open_cellar
from portal.web.factory import create_app

worker_class = "gthread"
workers = 2
threads = 8
keepalive = 15
timeout = 120
graceful_timeout = 20
loglevel = "warning"
control_socket_disable = True
proc_name = "portal"


def when_ready(server: object) -> None:
    """Before the first fork: keep the collector from touching, and so copying, what is shared."""
    gc.collect()
    gc.freeze()


def application() -> Flask:
    """Open the store the environment describes and give the application on it."""
    cellar = open_cellar(load())
    return create_app(cellar, Queue(cellar))
