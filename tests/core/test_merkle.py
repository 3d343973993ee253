"""The tree's hashes and proofs, against RFC 6962's own definition written out naively, and every way to bend them."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import merkle

LEAVES = [merkle.leaf_hash(bytes([n])) for n in range(70)]


def plain_root(leaves):
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + plain_root(leaves[:k]) + plain_root(leaves[k:])).digest()


def plain_path(index, leaves):
    """RFC 6962 section 2.1.1, word for word."""
    if len(leaves) <= 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if index < k:
        return plain_path(index, leaves[:k]) + [plain_root(leaves[k:])]
    return plain_path(index - k, leaves[k:]) + [plain_root(leaves[:k])]


def test_known_roots():
    """The test vectors of the certificate-transparency reference log."""
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [merkle.leaf_hash(bytes.fromhex(entry)) for entry in data]
    assert merkle.root(leaves[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.root(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", range(70))
def test_every_size_up_to_seventy(size):
    leaves = LEAVES[:size]
    frontier = merkle.Frontier()
    stored = {}
    for leaf in leaves:
        frontier, done = frontier.grow(leaf)
        stored |= {(level, index): value for level, index, value in done}
    expected = plain_root(leaves)
    assert merkle.root(leaves) == frontier.root() == expected
    assert frontier.size == size

    def node(level, index):
        return stored[level, index]

    for index in range(size):
        path = merkle.inclusion(index, size, node)
        assert path == plain_path(index, leaves)
        assert merkle.includes(leaves[index], index, size, path, expected)
    for old in range(size + 1):
        proof = merkle.consistency(old, size, node)
        assert merkle.continues(old, plain_root(leaves[:old]), size, expected, proof)


@given(st.integers(1, 600), st.data())
def test_a_bent_inclusion_proof_never_passes(size, data):
    leaves = [merkle.leaf_hash(n.to_bytes(2, "big")) for n in range(size)]
    index = data.draw(st.integers(0, size - 1))
    node = merkle.in_memory(leaves)
    path, root = merkle.inclusion(index, size, node), merkle.root(leaves)
    assert merkle.includes(leaves[index], index, size, path, root)
    other = data.draw(st.integers(0, size * 2))
    if other != index:
        assert not merkle.includes(leaves[index], other, size, path, root)
    assert not merkle.includes(leaves[index], index, size, [*path, root], root)
    if path:
        assert not merkle.includes(leaves[index], index, size, path[:-1], root)
        at = data.draw(st.integers(0, len(path) - 1))
        bent = path[:at] + [bytes(b ^ 1 for b in path[at])] + path[at + 1 :]
        assert not merkle.includes(leaves[index], index, size, bent, root)


@given(st.integers(1, 600), st.data())
def test_a_rewritten_past_never_passes(size, data):
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    leaves = [merkle.leaf_hash(n.to_bytes(2, "big")) for n in range(size)]
    rewritten = [*leaves]
    rewritten[changed] = merkle.leaf_hash(b"another past")
    old_root, new_root = merkle.root(leaves[:old]), merkle.root(rewritten)
    for tree in (leaves, rewritten):
        proof = merkle.consistency(old, size, merkle.in_memory(tree))
        assert not merkle.continues(old, old_root, size, new_root, proof)
        assert not merkle.continues(old, old_root, size, merkle.root(leaves), [*proof, new_root])
    true = merkle.consistency(old, size, merkle.in_memory(leaves))
    assert merkle.continues(old, old_root, size, merkle.root(leaves), true)
    for at in range(len(true)):
        assert not merkle.continues(old, old_root, size, merkle.root(leaves), true[:at] + true[at + 1 :])


def test_tiles_give_the_same_proofs():
    size = 70_000
    leaves = [merkle.leaf_hash(n.to_bytes(4, "big")) for n in range(size)]
    whole = merkle.in_memory(leaves)

    def tile(level, index):
        row, count = [], size >> (8 * level)
        for place in range(index * 256, min(index * 256 + 256, count)):
            row.append(whole(8 * level, place))
        return row

    node = merkle.tiled(tile)
    for index in (0, 255, 256, 65_535, 65_536, size - 1):
        assert merkle.inclusion(index, size, node) == merkle.inclusion(index, size, whole)
    for old in (1, 256, 65_536, 69_999):
        assert merkle.consistency(old, size, node) == merkle.consistency(old, size, whole)


def test_nonsense_is_refused():
    node = merkle.in_memory(LEAVES)
    for act in (
        lambda: merkle.inclusion(5, 5, node),
        lambda: merkle.inclusion(-1, 5, node),
        lambda: merkle.consistency(6, 5, node),
        lambda: merkle.Frontier(3, (b"one",)),
        lambda: merkle.tiled(lambda level, index: LEAVES[:3])(2, 0),
    ):
        with pytest.raises(merkle.BadProof):
            act()
    assert not merkle.continues(3, b"", 2, b"", [])
    assert not merkle.continues(3, merkle.root(LEAVES[:3]), 7, merkle.root(LEAVES[:7]), [])
