"""What each figure is to reach: the agreed goals, and whether a figure meets its own."""

from dataclasses import dataclass
from typing import Literal

from tests.bench.figure import Figure


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on a figure's value, or on its ratio to the floor."""

    sign: Literal["≤", "≥"]
    bound: float
    of: Literal["value", "ratio"] = "value"

    def __str__(self) -> str:
        bound = f"{self.bound:,g}"
        return f"{self.sign} {bound} × floor" if self.of == "ratio" else f"{self.sign} {bound}"

    def met(self, figure: Figure) -> bool:
        """Say whether the figure's median is on the right side."""
        found = figure.ratio if self.of == "ratio" else figure.value
        return found <= self.bound if self.sign == "≤" else found >= self.bound


def ratio(bound: float) -> Goal:
    """At most so many times the floor."""
    return Goal("≤", bound, "ratio")


FLAT = Goal("≤", 1.2)
SAME = ratio(1)
GOALS: dict[str, Goal] = {
    "register_page": ratio(5), "party_page": ratio(8), "save_answer": ratio(4), "questionnaire_page": ratio(12),
    "review_page": ratio(12), "desk_page": ratio(15),
    **{f"{name}_growth": FLAT for name in (
        "register_page", "party_page", "save_answer", "questionnaire_page", "review_page", "desk_page")},
    **{f"{name}_queries": SAME for name in (
        "register_page", "party_page", "save_answer", "questionnaire_page", "review_page", "desk_page")},
    "linter_page": ratio(5), "matrix_page": ratio(5),
    **{f"{page}_{parties}": ratio(1.2) for page in ("register_page", "linter_page", "matrix_page")
       for parties in (1000, 5000)},
    "linter_page_queries": SAME, "matrix_page_queries": SAME,
    "lint_100k_s": Goal("≤", 10), "lint_change_ms": Goal("≤", 50), "lint_change_lines": SAME,
    "upload_50mb": ratio(1.3), "upload_200mb": ratio(1.3), "upload_200mb_web": ratio(1.3),
    "upload_200mb_memory_mb": Goal("≤", 16), "upload_1gb_memory_mb": Goal("≤", 16),
    **{name: Goal("≥", 12) for name in ("packet_pages_per_s_25", "packet_pages_per_s", "packet_pages_per_s_300")},
    **{f"packet_s_per_page_{pages}": Goal("≤", 0.05) for pages in (25, 100, 300)},
    **{name: Goal("≤", 400) for name in ("packet_peak_mb_25", "packet_peak_mb_100", "packet_peak_mb")},
    "packet_100q_s": Goal("≤", 10), "packet_reissue_s": ratio(0.15), "seal_ms": Goal("≤", 350),
    "ledger_append": ratio(1.2), "ledger_verify_per_s": Goal("≥", 500_000),
    "memory_mb": Goal("≤", 300), "first_start_s": Goal("≤", 5), "mixed_50_p95_ms": Goal("≤", 500),
    "clicks_unchanged": Goal("≤", 20), "clicks_changed": Goal("≤", 65), "clicks_per_return": Goal("≤", 2),
    "keys_review_100": Goal("≤", 220), "keys_review_100_sampled": Goal("≤", 170),
    "kills_seconds_lost": Goal("≤", 2), "kills_half_states": Goal("≤", 0),
    "key_to_paint_p98_ms": Goal("≤", 100), "key_to_paint_4x_p98_ms": Goal("≤", 200),
    "first_evidence_page_ms": Goal("≤", 300),
    "kb_task_list": Goal("≤", 30), "kb_party_section": Goal("≤", 40), "kb_desk": Goal("≤", 40),
    "kb_review": Goal("≤", 90), "kb_css": Goal("≤", 16), "kb_js": Goal("≤", 20),
    **{f"lcp_{page}_ms": Goal("≤", 1000) for page in ("task_list", "party_section", "desk", "review")},
}
