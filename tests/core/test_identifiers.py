"""Check digits hold, and what looks like an Individual Number is found before it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.identifiers import count_my_numbers, is_corporate_number, is_my_number, normalise, read_ion

# 国税庁's own number and that of the Digital Agency, both public.
CORPORATE = ["7000012050002", "8000012010038"]


@pytest.mark.parametrize("number", CORPORATE)
def test_corporate_numbers(number: str) -> None:
    assert is_corporate_number(number)
    assert is_corporate_number(number.translate(str.maketrans("0123456789", "０１２３４５６７８９")))
    assert is_corporate_number(f"{number[0]}-{number[1:5]}-{number[5:9]}-{number[9:]}")


@given(st.sampled_from(CORPORATE), st.integers(0, 12), st.integers(1, 9))
def test_a_changed_digit_is_caught_or_kept_in_the_same_class(number: str, place: int, by: int) -> None:
    """One wrong digit is caught, save 0 for 9 in the body, which a modulus of 9 cannot tell apart."""
    digit = (int(number[place]) + by) % 10
    changed = number[:place] + str(digit) + number[place + 1:]
    same_class = place > 0 and {int(number[place]), digit} == {0, 9}
    assert is_corporate_number(changed) is same_class


@pytest.mark.parametrize("text", ["", "123", "0000012050002", "70000120500021", "七000012050002"])
def test_no_corporate_number(text: str) -> None:
    assert not is_corporate_number(text)


def my_number(body: str) -> str:
    """An invented number with its check digit, computed the long way of the ministerial ordinance."""
    total = sum(int(body[11 - n]) * (n + 1 if n <= 6 else n - 5) for n in range(1, 12))
    rest = total % 11
    return body + str(0 if rest <= 1 else 11 - rest)


@given(st.text("0123456789", min_size=11, max_size=11), st.integers(1, 9))
def test_my_number_check_digit(body: str, by: int) -> None:
    number = my_number(body)
    assert is_my_number(number) and is_my_number(f"{number[:4]} {number[4:8]}-{number[8:]}")
    assert not is_my_number(number[:-1] + str((int(number[-1]) + by) % 10))


def test_numbers_are_counted_in_running_text() -> None:
    number = my_number("10000000000")
    parted = f"{number[:4]}-{number[4:8]}－{number[8:]}"
    text = f"対象者：{number}、電話03-1234-5678、控え {parted}、伝票{number}99、受付99{number}"
    assert count_my_numbers(text) == 2
    assert count_my_numbers("承諾番号 123456789012") == int(is_my_number("123456789012"))


@pytest.mark.parametrize("text", ["ION-4364", "ion 4364", "4364", "ＩＯＮ－４３６４", "ION4364"])
def test_ion(text: str) -> None:
    assert read_ion(text) == "ION-4364"


@pytest.mark.parametrize("text", ["", "ION-436", "ION-43645", "XON-4364", "GRID 4364"])
def test_no_ion(text: str) -> None:
    assert read_ion(text) is None


def test_normalise() -> None:
    assert normalise("　Ａ－１　２\n") == "A-1 2"
