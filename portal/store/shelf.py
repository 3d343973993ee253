"""The shelf: reads the catalogue's TOML files packaged with the portal, once, and hands them to core."""

from functools import cache
from importlib.resources import files

from portal.core import catalogue as core
from portal.core.catalogue import Catalogue


def texts() -> dict[str, str]:
    """Give the text of every file of the catalogue by its name, as packaged (UTF-8)."""
    root = files("portal") / "catalogue"
    return {name: root.joinpath(name).read_text(encoding="utf-8") for name in core.FILES}


@cache
def catalogue() -> Catalogue:
    """Give the catalogue, read and checked once; raises BadCatalogue when a file cannot be read."""
    return core.read(texts())


def digests() -> dict[str, str]:
    """Give the SHA-256 (hex) of every file of the catalogue by its name."""
    return dict(catalogue().digests)
