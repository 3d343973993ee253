"""Plain values that the pictures are tried with."""

from datetime import date, timedelta

from portal.pictures.bars import Span
from portal.pictures.findings_trend import Month
from portal.pictures.flow import Flow
from portal.pictures.result_bar import Part
from portal.pictures.risk_matrix import Risks

TODAY = date(2026, 11, 23)
COUNTS = [61, 22, 18, 9, 4, 2, 14, 8, 6, 11, 9, 7, 5, 24, 31, 18, 12, 9, 6, 4, 3, 8, 12, 7, 5, 2]
WEEKS = [(TODAY + timedelta(weeks=place), count) for place, count in enumerate(COUNTS)]
YEAR = {date(2026, 11, 30): 61, date(2026, 4, 1): 2, date(2027, 3, 31): 12, date(2025, 1, 1): 99}
SPANS = [
    Span("ISO 15189 認定証", date(2024, 4, 1), date(2028, 3, 31)),
    Span("教育の受講記録 <2026>", date(2025, 12, 1), date(2026, 11, 1)),
    Span("再委託先の一覧", date(2026, 1, 1), date(2027, 1, 1), notice=date(2026, 12, 1)),
]
MONTHS = [Month(date(2025 + (place > 7), (place + 4) % 12 + 1, 1), place % 5, place % 4, 9 - place % 3)
          for place in range(24)]
FLOWS = [Flow(f"目的{one % 13}", f"相手先{one % 40:02}", f"再委託先{one % 7}" if one % 3 else "",
              ("日本", "ドイツ", "米国", "英国")[one % 4], one % 5 + 1, one % 4 > 0) for one in range(120)]
THIS = [Part("適", "ok", 92), Part("差戻し", "warn", 5), Part("指摘事項", "bad", 2), Part("該当しない", "mute", 1)]
OUTCOME = [("2026年度", THIS), ("2025年度", [Part("適", "ok", 88), Part("指摘事項", "bad", 0)])]
RISKS = Risks({(4, 4): 2, (1, 2): 30, (3, 4): 5})
