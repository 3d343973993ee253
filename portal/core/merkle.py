"""The ledger's Merkle tree: hashes, roots and proofs as RFC 6962 and RFC 9162 define them, over 32-byte hashes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT

# The hash of the complete subtree of 2**level leaves that begins at leaf index * 2**level.
Node = Callable[[int, int], bytes]


class BadProof(ValueError):
    """A proof or a tree that cannot be what it claims to be; the text says which step failed."""


def leaf_hash(entry: bytes) -> bytes:
    """Take an entry's bytes and give its leaf hash (RFC 6962 section 2.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Take the hashes of two neighbours and give their parent's (RFC 6962 section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Frontier:
    """The right edge of a tree: its size and the roots of its complete subtrees, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise BadProof(f"a tree of {self.size} leaves cannot have {len(self.peaks)} peaks")

    def append(self, leaf: bytes) -> "Frontier":
        """Take one more leaf hash and give the grown tree; touches O(log n) hashes."""
        return self.grow(leaf)[0]

    def grow(self, leaf: bytes) -> tuple["Frontier", list[tuple[int, int, bytes]]]:
        """Take a leaf hash; give the grown tree and every subtree it completed as (level, index, hash)."""
        peaks, level, index = list(self.peaks), 0, self.size
        done = [(0, index, leaf)]
        while index & 1:
            leaf = node_hash(peaks.pop(), leaf)
            level, index = level + 1, index >> 1
            done.append((level, index, leaf))
        return Frontier(self.size + 1, (*peaks, leaf)), done

    def root(self) -> bytes:
        """Give the tree's root hash; of an empty tree the hash of nothing."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root(leaves: Sequence[bytes]) -> bytes:
    """Take all leaf hashes in order and give the root in one pass (for recomputing a whole ledger)."""
    if not leaves:
        return EMPTY_ROOT
    row = list(leaves)
    while len(row) > 1:
        pairs = [sha256(b"\x01" + row[i] + row[i + 1]).digest() for i in range(0, len(row) - 1, 2)]
        row = pairs + row[len(pairs) * 2 :]
    return row[0]


def in_memory(leaves: Sequence[bytes]) -> Node:
    """Take leaf hashes held in memory and give a reader of complete subtrees, each computed once."""
    levels: list[list[bytes]] = [list(leaves)]

    def node(level: int, index: int) -> bytes:
        while len(levels) <= level:
            below = levels[-1]
            levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
        return levels[level][index]

    return node


def tiled(tile: Callable[[int, int], Sequence[bytes]]) -> Node:
    """Take a reader of tiles (C2SP tlog-tiles: level, index → up to 256 hashes) and give one of subtrees."""

    def node(level: int, index: int) -> bytes:
        height, inside = divmod(level, TILE_HEIGHT)
        first = index << inside
        hashes = tile(height, first // TILE_WIDTH)[first % TILE_WIDTH : first % TILE_WIDTH + (1 << inside)]
        if len(hashes) != 1 << inside:
            raise BadProof(f"tile {height}/{first // TILE_WIDTH} does not reach leaf {first + (1 << inside)}")
        return root(hashes)

    return node


def subtree(start: int, end: int, node: Node) -> bytes:
    """Give the root over leaves start (included) to end (excluded) of a tree; start must be aligned to it."""
    frontier: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        frontier.append(node(level, start >> level))
        start += 1 << level
    if not frontier:
        return EMPTY_ROOT
    result = frontier.pop()
    while frontier:
        result = node_hash(frontier.pop(), result)
    return result


def _split(size: int) -> int:
    """Give the largest power of two smaller than size, where RFC 6962 divides a tree."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """Give the path that proves leaf `index` in a tree of `size` leaves, lowest hash first; BadProof if outside."""
    if not 0 <= index < size:
        raise BadProof(f"leaf {index} is not in a tree of {size}")
    start, end, path = 0, size, list[bytes]()
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(subtree(middle, end, node))
            end = middle
        else:
            path.append(subtree(start, middle, node))
            start = middle
    return path[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Give the root that a leaf and its path lead to (RFC 9162 section 2.1.3.2); BadProof if the length is wrong."""
    if not 0 <= index < size:
        raise BadProof(f"leaf {index} is not in a tree of {size}")
    place, last = index, size - 1
    for sibling in path:
        if last == 0:
            raise BadProof("the inclusion path is too long")
        if place & 1 or place == last:
            leaf = node_hash(sibling, leaf)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            leaf = node_hash(leaf, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise BadProof("the inclusion path is too short")
    return leaf


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], tree_root: bytes) -> bool:
    """Say whether the path proves that `leaf` stands at `index` of the tree of `size` with `tree_root`."""
    try:
        return root_from_inclusion(leaf, index, size, path) == tree_root
    except BadProof:
        return False


def consistency(old: int, new: int, node: Node) -> list[bytes]:
    """Give the proof that the tree of `old` leaves is the beginning of that of `new` (RFC 6962 2.1.2)."""
    if not 0 <= old <= new:
        raise BadProof(f"a tree of {new} leaves cannot continue one of {old}")
    if old in (0, new):
        return []
    start, end, path, whole = 0, new, list[bytes](), True
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(subtree(middle, end, node))
            end = middle
        else:
            path.append(subtree(start, middle, node))
            start, whole = middle, False
    return ([] if whole else [subtree(start, end, node)]) + path[::-1]


def continues(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Say whether the proof shows the new tree to begin with the old one (RFC 9162 section 2.1.4.2)."""
    if old < 0 or old > new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    return _replay(old - 1, new - 1, steps) == (old_root, new_root)


def _replay(place: int, last: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Rebuild both roots from a consistency proof; None where its length does not fit the two sizes."""
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return None if last else (first, second)
