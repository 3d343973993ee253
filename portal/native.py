"""Pango and its kin, which no wheel brings: whether they load, and loading those unpacked into .native/."""

from __future__ import annotations

import ctypes
import platform
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / ".native"
LINUX = (
    "libgobject-2.0.so.0", "libpango-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0",
    "libfontconfig.so.1", "libpangoft2-1.0.so.0",
)
MACOS = (
    "libgobject-2.0.0.dylib", "libpango-1.0.dylib", "libharfbuzz.0.dylib", "libharfbuzz-subset.0.dylib",
    "libfontconfig.1.dylib", "libpangoft2-1.0.dylib",
)

BREW = "/opt/homebrew/lib" if platform.machine() == "arm64" else "/usr/local/lib"


def environment() -> dict[str, str]:
    """Give what a process must be started with to find the libraries: on macOS Homebrew's folder, else nothing."""
    return {"DYLD_FALLBACK_LIBRARY_PATH": f"{BREW}:/usr/local/lib:/usr/lib"} if sys.platform == "darwin" else {}


def loads(name: str) -> bool:
    """Whether a shared library can be loaded into this process; a loaded one stays.

    Its symbols stay its own: other wheels bring their own FreeType and must not meet this one's.
    """
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def preload() -> None:
    """Load every library in .native/, each after those it leans on; without that folder nothing happens.

    Call it before the first import of WeasyPrint: a library that is loaded already is found by its name.
    """
    waiting = sorted(str(path) for path in FOLDER.glob("**/*.so.*") if path.is_file())
    while waiting:
        left = [path for path in waiting if not loads(path)]
        if len(left) == len(waiting):
            return
        waiting = left


def missing() -> list[str]:
    """Name the libraries that the pages' printer needs and this machine cannot load."""
    preload()
    return [name for name in (MACOS if sys.platform == "darwin" else LINUX) if not loads(name)]
