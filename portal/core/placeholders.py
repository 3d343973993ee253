"""What may stand for a value in the text of a mail: the name in braces, what it says, a sample, and what it stands for.

`source` is the piece of a shipped text (templates/mail) that the placeholder takes the place of: an expression, or the
opening tag of a passage that is there only in some cases. Texts that an administrator writes hold the names alone.
"""

from dataclasses import dataclass

from portal.core.words import Word


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder; one that is `needed` must stay where the shipped text has it."""

    name: str
    source: str
    says: Word
    sample: Word
    needed: bool = False


def _p(name: str, source: str, says: tuple[str, str], sample: tuple[str, str], needed: bool = False) -> Placeholder:
    return Placeholder(name, source, Word(*says), Word(*sample), needed)


_PARTY = ("【架空】北浜検査センター", "Kitahama Lab")
_SITE = "https://portal.example"
_PAGE = f"{_SITE}/my/attestations/0123456789"
_SIGNED_JA = """
--
公益財団法人日本骨髄バンク　点検担当
電話 03-0000-0000（平日 9:30～17:00）
メール kanri@portal.example
このメールは個人情報取扱点検ポータルから自動で送信しています。
"""
_SIGNED_EN = """
--
Supervision desk, Japan Marrow Donor Program
Phone +81 3 0000 0000 (weekdays 09:30-17:00 JST)
Mail  kanri@portal.example
Sent automatically by the Personal Information Handling Portal.
"""
PLACEHOLDERS = (
    _p("link", "{{ address }}/my/attestations/{{ attestation.public_id }}", ("点検票のページ", "page of the checklist"),
       (_PAGE, _PAGE), needed=True),
    _p("registration_link", "{{ address }}/invitation/{{ code }}", ("登録用リンク", "link to set up the account"),
       (f"{_SITE}/invitation/…", f"{_SITE}/invitation/…"), needed=True),
    _p("reset_link", "{{ address }}/reset/{{ code }}", ("再設定用リンク", "link to set a new password"),
       (f"{_SITE}/reset/…", f"{_SITE}/reset/…"), needed=True),
    _p("desk_link", "{{ address }}/desk/attestations/{{ attestation.public_id }}",
       ("依頼のページ（当法人）", "page of the request at JMDP"),
       (f"{_SITE}/desk/attestations/…", f"{_SITE}/desk/attestations/…"), needed=True),
    _p("review_link", "{{ address }}/desk/reviews/{{ attestation.public_id }}",
       ("審査のページ", "page of the review"),
       (f"{_SITE}/desk/reviews/…", f"{_SITE}/desk/reviews/…"), needed=True),
    _p("round_link", "{{ address }}/desk/rounds/{{ round.public_id }}", ("定期点検のページ", "page of the round"),
       (f"{_SITE}/desk/rounds/…", f"{_SITE}/desk/rounds/…"), needed=True),
    _p("address", "{{ address }}", ("ポータルのアドレス", "address of the portal"),
       (_SITE, _SITE), needed=True),
    _p("signature", "{% include \"signature.", ("署名欄", "signature"),
       (_SIGNED_JA, _SIGNED_EN), needed=True),
    _p("name", "{{ reader.name }}", ("宛先の氏名", "name of the reader"), ("検査 太郎", "Taro Kensa"), needed=True),
    _p("reader_title", "{% if reader.title %}", ("宛先の役職（ある場合）", "title of the reader, if any"),
       ("品質管理部長　", "Quality manager ")),
    _p("party", "{{ reader.party }}", ("相手先の名称", "name of the party"), _PARTY),
    _p("number", "{{ attestation.number }}", ("受付番号", "number"), ("A-2026-0001", "A-2026-0001"), needed=True),
    _p("checklist", "{{ title }}", ("点検票の名称", "name of the checklist"),
       ("検査機関　個人情報取扱点検票", "Checklist for testing laboratories")),
    _p("year", "{{ attestation.fiscal_year }}", ("年度", "fiscal year"), ("2026", "2026")),
    _p("due_day", "{{ long(attestation.due_on) }}", ("期限の日", "due day"),
       ("2026年12月18日（金）", "Friday 18 December 2026")),
    _p("due", "{{ due(attestation.due_on) }}", ("期限（時刻と時間帯）", "due, with time and zone"),
       ("2026年12月18日（金）23:59（日本時間）", "Friday 18 December 2026, 23:59 (Japan)"), needed=True),
    _p("questions", "{{ questions }}", ("設問の数", "number of questions"), ("40", "40")),
    _p("answered", "{{ attestation.answered }}", ("回答済みの数", "number of answers"), ("12", "12")),
    _p("phone", "{{ phone }}", ("当法人の電話", "JMDP's telephone"), ("03-0000-0000", "+81 3 0000 0000")),
    _p("reply", "{{ reply }}", ("当法人のメール", "JMDP's mail address"),
       ("kanri@portal.example", "kanri@portal.example")),
    _p("note", "{% if note %}", ("依頼に添える文（ある場合）", "note to the request, if any"),
       ("\nよろしくお願いします。\n", "\nThank you for your help.\n"), needed=True),
    _p("version", "{{ version }}", ("提出の版", "version submitted"), ("2", "2")),
    _p("at", "{{ moment(at) }}", ("受付日時", "time of receipt"),
       ("2026年11月28日（土）10:00", "Saturday 28 November 2026, 10:00"), needed=True),
    _p("accepted", "{{ judged }}", ("確認を終えた設問の数", "number of accepted answers"), ("38", "38")),
    _p("returned_count", "{{ verdicts|length }}", ("修正をお願いする設問の数", "number of answers to correct"),
       ("2", "2")),
    _p("plural", '{{ "s" if verdicts|length != 1 }}', ("複数形の s", "the s of a plural"), ("", "s")),
    _p("letter", "{% if letter %}", ("審査者の添え文（ある場合）", "note of the reviewer, if any"),
       ("\nご確認ください。\n", "\nPlease see below.\n"), needed=True),
    _p("returned_questions", "{% for row in verdicts %}", ("修正をお願いする設問", "the questions to correct"),
       ("　1　LAB-03\n　　理由：範囲が分かりません\n", "  1. LAB-03\n     Reason: the extent is not clear\n"),
       needed=True),
    _p("situation", "{% if complete %}", ("状況に応じた文", "passage that fits the state"),
       ("ご依頼しております点検票のご提出期限が近づいております。\n", "The checklist is due soon.\n"), needed=True),
    _p("findings", "{{ findings }}", ("指摘事項の数", "number of findings"), ("1", "1"), needed=True),
    _p("findings_notice", "{% if findings %}", ("指摘事項がある場合の文", "passage where there are findings"),
       ("是正計画のご提出は、次のページでお願いいたします。\n", "Please send a plan for each finding.\n"), needed=True),
    _p("ended_evidence", "{% for one in ended %}", ("期限の切れた証跡", "the evidence that has ended"),
       ("　LAB-07　ISO15189 認定証.pdf\n", "  LAB-07  ISO15189.pdf\n"), needed=True),
    _p("reason", "{{ reason }}", ("取下げの理由", "reason of the withdrawal"),
       ("契約が終了したため。", "The contract has ended."), needed=True),
    _p("until", "{{ moment(until) }}", ("リンクの期限", "until when the link works"),
       ("2026年11月28日（土）10:00", "Saturday 28 November 2026, 10:00"), needed=True),
    _p("until_short", "{{ until_short }}", ("リンクの期限の日", "last day of the link"), ("11月28日", "28 November")),
    _p("role", "{{ role }}", ("登録する権限", "role"), ("担当者", "clerk")),
    _p("party_line", "{% if reader.party %}", ("相手先の名称（ある場合）", "name of the party, if any"),
       (f"{_PARTY[0]}\n", f" of {_PARTY[1]}")),
    _p("request_line", "{% if reader.party %}", ("登録のお願い（状況に応じた文）", "request that fits the reader"),
       ("個人情報取扱点検ポータルに、貴機関の担当者として\nご登録をお願いいたします。\n", ""), needed=True),
    _p("inviter_line", "{% if inviter %}", ("招待した者（いる場合）", "who invited, if anybody"),
       ("（ご招待した者：主管 花子）\n", "Invited by Hanako Shukan.\n")),
    _p("party_name", "{{ party_name }}", ("相手先の名称", "name of the party"), _PARTY),
    _p("party_name", "{{ party }}", ("相手先の名称", "name of the party"), _PARTY),
    _p("days", "{{ days }}", ("期限を過ぎた日数", "days past the due day"), ("30", "30")),
    _p("what_to_do", "{% if decides %}", ("宛先に応じた依頼の文", "what the reader is asked to do"),
       ("メールでのご案内は済んでいます。電話でのご確認をお願いします。\n", "Please call the party.\n"), needed=True),
    _p("round", "{{ round.title }}", ("定期点検の名称", "name of the round"),
       ("検査機関　年次点検", "Laboratories, yearly")),
    _p("why", "{% if has_lead %}", ("開始されなかった理由", "why it did not begin"),
       ("対象となる相手先がないため、開始されませんでした。\n", "no party that it would ask is due for a check.\n"),
       needed=True),
    _p("proposer", "{{ proposer }}", ("申請した者", "who proposed"), ("管理 四郎", "Shiro Kanri")),
    _p("person", "{{ person }}", ("対象者", "the person concerned"), ("審査 花子", "Hanako Shinsa"), needed=True),
    _p("count", "{{ contracts|length }}", ("契約の件数", "number of contracts"), ("2", "2")),
    _p("contracts", "{% for row in contracts %}", ("契約の一覧", "the contracts"),
       ("■ 【架空】北浜検査センター\n　契約番号　C-2026-001\n", "* Kitahama Laboratory (fictional)\n  C-2026-001\n"),
       needed=True),
    _p("count", "{{ items|length }}", ("お知らせの件数", "number of notices"), ("3", "3")),
    _p("notices", "{% for item in items %}", ("お知らせの一覧", "the notices"),
       ("■ 期限の近い契約のお知らせ（2件）\n", "* Contracts that end soon (2)\n"), needed=True),
    _p("day", "{{ long(day) }}", ("まとめの日", "day of the digest"),
       ("2026年11月28日（土）", "Saturday 28 November 2026")),
    _p("finding_link", "{{ address }}/my/findings/{{ finding.public_id }}",
       ("指摘事項のページ", "page of the finding"), (f"{_SITE}/my/findings/…", f"{_SITE}/my/findings/…"), needed=True),
    _p("finding_desk_link", "{{ address }}/desk/findings/{{ finding.public_id }}",
       ("指摘事項のページ（当法人）", "page of the finding at JMDP"),
       (f"{_SITE}/desk/findings/…", f"{_SITE}/desk/findings/…"), needed=True),
    _p("finding_number", "{{ finding.number }}", ("指摘番号", "number of the finding"),
       ("F-2026-0001", "F-2026-0001"), needed=True),
    _p("finding_due", "{{ due(finding.due_on) }}", ("指摘事項の期限", "due time of the finding"),
       ("2026年12月28日（月）23:59（日本時間）", "Monday 28 December 2026, 23:59 (Japan)"), needed=True),
    _p("finding_step", '{% if what == "opened" %}', ("段階（件名用）", "step, for the subject"),
       ("（是正計画のお願い）", "please send a corrective plan")),
    _p("finding_request", '{% if what == "opened" %}', ("段階に応じた文", "passage that fits the step"),
       ("是正をお願いしたい事項がございます。\n", "Something is to be corrected.\n"), needed=True),
    _p("accepted_until", '{% if finding.accepted_until and what == "accepted" %}',
       ("受容期限の行（ある場合）", "line of the acceptance, if any"), ("", ""), needed=True),
    _p("said", "{% if said %}", ("審査者の添え文（ある場合）", "what JMDP adds, if anything"),
       ("\n手順書への追記をお願いします。\n", "\nPlease add it to your procedure.\n"), needed=True),
    _p("desk_step", '{% if what == "planned" %}', ("段階（件名用）", "step, for the subject"),
       ("是正計画の提出", "a plan was sent")),
    _p("desk_request", '{% if what == "planned" %}', ("段階に応じた文", "passage that fits the step"),
       ("相手先から是正計画が提出されました。\n", "The party has sent its corrective plan.\n"), needed=True),
    _p("visit_link", "{{ address }}/my/inspections/{{ visit.public_id }}",
       ("実地監査のページ", "page of the inspection"), (f"{_SITE}/my/inspections/…", f"{_SITE}/my/inspections/…"),
       needed=True),
    _p("visit_number", "{{ visit.number }}", ("実地監査の番号", "number of the inspection"),
       ("V-2026-0001", "V-2026-0001"), needed=True),
    _p("visit_day", "{{ long(visit.held_on or visit.planned_on) }}", ("実地監査の日", "day of the inspection"),
       ("2026年12月10日（木）", "Thursday 10 December 2026"), needed=True),
    _p("place", "{{ visit.place }}", ("場所", "place"), ("本社 会議室", "Head office")),
    _p("visit_step", '{% if what == "announced" %}', ("段階（件名用）", "step, for the subject"),
       ("（2026年12月10日（木））", ": our visit on Thursday 10 December 2026")),
    _p("visit_request", '{% if what == "announced" %}', ("段階に応じた文", "passage that fits the step"),
       ("下記のとおり実地監査に伺いたく、ご協力をお願いいたします。\n", "We would like to visit you.\n"), needed=True),
    _p("visit_details", '{% if what == "announced" %}', ("予定・結果又は理由", "plan, result or reason"),
       ("　当法人　　審査 一子\n\n■ 確認する事項\n鍵の管理\n",
        "  From JMDP  Ichiko Shinsa\n\nWe will look at:\nKeys\n"), needed=True),
    _p("giver", "{{ giver }}", ("分担を設定した方", "who divided the checklist"), ("見本 太郎", "Taro Mihon")),
    _p("divided_step", "{% if given %}", ("分担の内容（件名用）", "what changed, for the subject"),
       ("ご担当いただく分野のお知らせ", "Sections for you to answer")),
    _p("given_sections", "{% if given %}", ("担当する分野（ある場合）", "sections to answer, if any"),
       ("\n■ ご担当いただく分野\n\n　A　組織・体制\n", "\nFor you to answer:\n\n  A  Organisation\n"), needed=True),
    _p("freed_sections", "{% if freed %}", ("担当から外れた分野（ある場合）", "sections taken back, if any"),
       ("\n■ ご担当から外れた分野\n　B　委託・再委託\n", "\nNo longer yours:\n  B  Outsourcing\n"), needed=True),
    _p("consent_link", "{{ address }}/my/reentrustment/{{ row.public_id }}",
       ("再委託のページ", "page of the re-entrustment"), (f"{_SITE}/my/reentrustment/…", f"{_SITE}/my/reentrustment/…"),
       needed=True),
    _p("consent_desk_link", "{{ address }}/desk/parties/reentrustment/{{ row.public_id }}",
       ("再委託のページ（当法人）", "page of the re-entrustment at JMDP"),
       (f"{_SITE}/desk/parties/reentrustment/…", f"{_SITE}/desk/parties/reentrustment/…"), needed=True),
    _p("consent_number", "{{ row.number }}", ("再委託の番号", "number of the re-entrustment"),
       ("S-2026-0001", "S-2026-0001"), needed=True),
    _p("consent_step", '{% if what == "return" %}', ("段階（件名用）", "step, for the subject"),
       ("（承諾のお知らせ）", "consent given")),
    _p("consent_request", '{% if what == "return" %}', ("段階に応じた文", "passage that fits the step"),
       ("ご申請の再委託について、承諾いたしましたのでお知らせします。\n", "We consent to the re-entrustment.\n"),
       needed=True),
    _p("consent_desk_step", '{% if what == "apply" %}', ("段階（件名用）", "step, for the subject"),
       ("（審査のお願い）", "request to examine")),
    _p("consent_desk_request", '{% if what == "apply" %}', ("段階に応じた文", "passage that fits the step"),
       ("再委託の承諾の申請がありました。審査をお願いします。\n", "A party asks for consent. Please examine it.\n"),
       needed=True),
    _p("body_name", "{{ row.name_ja }}", ("再委託先の名称", "name of the body"),
       ("【架空】港データ保管", "Minato Storage")),
    _p("body_name", "{{ row.name_en or row.name_ja }}", ("再委託先の名称", "name of the body"),
       ("【架空】港データ保管", "Minato Storage")),
    _p("body_tier", "{{ row.tier }}", ("再委託の階層", "tier of the body"), ("1", "1")),
    _p("body_country", "{{ row.country }}", ("再委託先の国", "country of the body"), ("JP", "JP")),
    _p("consent_until", '{% if what == "consent" %}',
       ("承諾の期限の行（承諾の場合）", "line of the last day, if consented"),
       ("　期　限　　2027年3月31日（水）\n", "  Until   Wednesday 31 March 2027\n"), needed=True),
    _p("count", "{{ bodies|length }}", ("再委託の件数", "number of re-entrustments"), ("2", "2")),
    _p("bodies", "{% for row in bodies %}", ("期限の近い再委託", "the re-entrustments"),
       ("■ 【架空】港データ保管（第1層）\n　番　号　S-2026-0001\n", "* Minato Storage (tier 1)\n  S-2026-0001\n"),
       needed=True),
    _p("ending_greeting", "{% if not mine %}", ("宛先に応じた書き出し", "beginning that fits the reader"),
       ("北浜検査センター\n見本 太郎　様\n", "Dear Taro Mihon,\n"), needed=True),
    _p("ending_request", "{% if mine %}", ("宛先に応じた依頼の文", "request that fits the reader"),
       ("継続される場合は、期限までにあらためてご申請ください。\n", "If you go on with one, please ask anew.\n"),
       needed=True),
)
