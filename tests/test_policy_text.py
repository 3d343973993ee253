"""The policy's own text is not in the repository: an administrator loads it, and only its digest is kept."""

from hashlib import sha256

from tests.house import tracked

LONG = 120
SENTENCES = {  # the long sentences of the published text, as the first 24 digits of their SHA-256
    "16ecacd8e2b57575e105bb43", "18743dbd8a2b3138969594eb", "1fba037e24934a67ba1fe635",
    "2b1d3b2aa874da4a80af3b86", "3186b4af439d6fc242220430", "3397663157af7c5de0bbe1a7",
    "351b54b45f200a944c26f63f", "36c2503eeea479de934acf5f", "440be261f70edccbafc67a53",
    "45aa9dd7b98150929502f587", "4ad353f3f39d285bf57e8d9b", "4e4684fbb6742100193dd30b",
    "51f080d34d96f2e53537ce09", "58300b5779eee4440b2eb775", "5987cf9c8f3661df0481cd3f",
    "5d2c4b8a3a21a53c87336290", "61cd313cf0d5c838b52a792b", "64a1666cdb617c3f5d41fc92",
    "72e8454f6e88215cd2cab6a4", "7c83e4f4c43f1b7d11652686", "88f051279e908c68cca86cea",
    "93d8404a3f3c26075a54a832", "a01ac34cbd98404dc6624390", "ab87917477d900897986cce3",
    "aeee7ece67280123d72bdd22", "b4edd5b776a8b723c68c334d", "c0dbaf87d0ffe4c57ec96111",
    "c616b6fd801cfe10aee9366b", "c979967b11e8a10fb04a760d", "cb7a493d9c107dcdd56d750f",
    "d0e4ee765911ab911539366e", "d22d917db39c257615f4e425", "d50a7a62b9f7f6afc61120f5",
    "d7009bf520e339845579025c", "d87be807c2ff2df1fe670bbd", "de2b8279ab831d6635e070dd",
    "ef7cafa314966bde589be1de", "f77278b66589e4103cc70005", "f7a1baa96cb1ea9006042478",
    "f90df63198532f56b1ce8a94", "feded9cc14eba9ef49dd664c",
}


def digest(line: str) -> str:
    """The digest of a line, whatever its spaces and capitals."""
    return sha256(" ".join(line.split()).casefold().encode()).hexdigest()[:24]


def test_no_file_holds_a_sentence_of_the_policy() -> None:
    found = []
    for path in tracked():
        if path.suffix in {".txt", ".toml", ".md", ".py", ".html", ".po"}:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            found += [f"{path.name}:{at}" for at, line in enumerate(lines, 1)
                      if len(line) > LONG and digest(line) in SENTENCES]
    assert found == []
