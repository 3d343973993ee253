"""The line between a browser and the portal: bytes go through it until it is cut, in the middle of whatever goes on."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

RESET = struct.pack("ii", 1, 0)
"""SO_LINGER so that closing breaks the connection off instead of ending it in good order."""


@dataclass
class Line:
    """A port on this machine that stands for another one, until it is cut."""

    door: socket.socket
    port: int = 0
    is_cut: bool = False
    open: set[socket.socket] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        """What a browser opens."""
        return f"http://127.0.0.1:{self.door.getsockname()[1]}"

    def cut(self) -> None:
        """Break off what goes on, and whatever is tried from now on."""
        with self.lock:
            self.is_cut = True
            for end in self.open:
                _break(end)
            self.open.clear()

    def mend(self) -> None:
        """Let bytes through again."""
        self.is_cut = False

    def serve(self) -> None:
        """Take connections until the door is closed."""
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        except OSError:
            _break(near)
            return
        far.settimeout(None)
        with self.lock:
            if self.is_cut:
                _break(near)
                _break(far)
                return
            self.open |= {near, far}
        threading.Thread(target=self._carry, args=(far, near), daemon=True).start()
        self._carry(near, far)

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        with self.lock:
            self.open -= {source, sink}
        _end(source)
        _end(sink)


def _break(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        end.shutdown(socket.SHUT_RDWR)
    end.close()


def _end(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def line(port: int) -> Iterator[Line]:
    """A line to a port of this machine, for the length of a block."""
    made = Line(socket.create_server(("127.0.0.1", 0)), port)
    threading.Thread(target=made.serve, daemon=True).start()
    try:
        yield made
    finally:
        made.cut()
        with contextlib.suppress(OSError):
            made.door.shutdown(socket.SHUT_RDWR)
        made.door.close()
