"""Signed notes and proofs as text: what is written is read back, and no changed character passes."""

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from portal.core import checkpoint, merkle
from portal.core.checkpoint import BadNote, Checkpoint, LogKey, Proof

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = LogKey("portal.example/ledger", PRIVATE.public_key().public_bytes_raw())
ENTRIES = [f'{{"n":{n}}}'.encode() for n in range(13)]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
NOTE = checkpoint.sign(Checkpoint(KEY.name, 13, merkle.root(LEAVES)), PRIVATE)
PROOF = Proof(4, tuple(merkle.inclusion(4, 13, merkle.in_memory(LEAVES))), NOTE)


def test_keys_and_signatures_of_others():
    """The public example of Go's signed notes, and the key of its checksum database."""
    key = LogKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    line = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    blob = b64decode(line)
    assert blob[:4] == key.id
    assert key.holds(text, blob[4:])
    assert not key.holds(text + " ", blob[4:])
    assert LogKey.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").name == "sum.golang.org"


def test_a_key_is_read_back():
    assert LogKey.parse(str(KEY)) == KEY
    assert len(KEY.fingerprint) == 64


@pytest.mark.parametrize("text", ["", "a+b", "a+00000000+AQ==", str(KEY)[:-1], "other" + str(KEY)])
def test_a_bent_key_is_refused(text):
    with pytest.raises(BadNote):
        LogKey.parse(text)


def test_a_note_and_a_proof_hold():
    assert NOTE.startswith("portal.example/ledger\n13\n")
    assert checkpoint.verify(NOTE, KEY).size == 13
    read = checkpoint.parse_proof(PROOF.text())
    assert read == PROOF
    assert checkpoint.prove(ENTRIES[4], read, KEY).root == merkle.root(LEAVES)
    more = Proof(4, PROOF.path, NOTE, b"extra")
    assert checkpoint.parse_proof(more.text()) == more


def test_another_signer_and_another_entry_are_refused():
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    forged = checkpoint.sign(Checkpoint(KEY.name, 13, merkle.root(LEAVES)), stranger)
    for note in (forged, forged.replace(forged.split()[-1], NOTE.split()[-1][:8] + forged.split()[-1][8:])):
        with pytest.raises(BadNote):
            checkpoint.verify(note, KEY)
    with pytest.raises(BadNote):
        checkpoint.prove(ENTRIES[5], PROOF, KEY)


def test_a_second_signature_does_no_harm():
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    second = checkpoint.sign(Checkpoint("witness.example", 13, merkle.root(LEAVES)), stranger).split("\n")[-2]
    assert checkpoint.verify(NOTE + second + "\n", KEY).size == 13


@given(st.integers(0, len(PROOF.text()) - 1), st.integers(0, 127).map(chr))
def test_no_changed_character_passes(at, other):
    text = PROOF.text()
    if text[at] == other:
        return
    bent = text[:at] + other + text[at + 1 :]
    with pytest.raises(BadNote):
        checkpoint.prove(ENTRIES[4], checkpoint.parse_proof(bent), KEY)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    for read in (checkpoint.parse, checkpoint.parse_proof, LogKey.parse):
        with pytest.raises(BadNote):
            read(text)
