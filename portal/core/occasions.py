"""The occasions of mails: what each is called, and whose texts may not be written."""

from portal.core.words import Word

FIXED = frozenset({"notice", "text_unfit"})
"""Written by nobody: a warning about an account must not be softened, nor one about a text hang on a text."""
LANGUAGES: dict[str, Word] = {"ja": Word("日本語", "Japanese"), "en": Word("英語", "English")}
"""The languages of mails."""
OCCASIONS: dict[str, Word] = {
    "request": Word("点検票ご回答のお願い", "request for a checklist"),
    "reminder": Word("期限前のご案内", "reminder before the due day"),
    "overdue": Word("期限後の再度のご案内", "reminder after the due day"),
    "extended": Word("期限延長のお知らせ", "the due day was put off"),
    "withdrawn": Word("依頼取下げのお知らせ", "the request was withdrawn"),
    "divided": Word("分担のお知らせ", "sections were given to a colleague"),
    "submitted": Word("ご提出の受付", "receipt of a submission"),
    "returned": Word("ご修正のお願い", "answers to correct"),
    "signed_off": Word("点検完了のお知らせ", "the checklist is signed off"),
    "ended": Word("証跡の期限切れ（相手先あて）", "evidence has ended (to the party)"),
    "finding": Word("指摘事項のお知らせ（相手先あて）", "a finding (to the party)"),
    "inspection": Word("実地監査のお知らせ", "an inspection on site"),
    "reentrustment": Word("再委託の申請について（相手先あて）", "a request for re-entrustment (to the party)"),
    "reentrustment_ending": Word("期限の近い再委託", "re-entrustments that end soon"),
    "invitation": Word("ご利用登録のお願い", "invitation to the portal"),
    "reset": Word("パスワード再設定のご案内", "a new password"),
    "digest": Word("お知らせのまとめ", "daily digest"),
    "overdue_desk": Word("期限超過のお知らせ（当法人あて）", "a request is overdue (to JMDP)"),
    "ended_staff": Word("証跡の期限切れ（当法人あて）", "evidence has ended (to JMDP)"),
    "finding_desk": Word("指摘事項の動き（当法人あて）", "a finding moved on (to JMDP)"),
    "reentrustment_desk": Word("再委託の動き（当法人あて）", "a re-entrustment moved on (to JMDP)"),
    "contracts_ending": Word("期限の近い契約（当法人あて）", "contracts that end soon (to JMDP)"),
    "round_empty": Word("開始されなかった定期点検（当法人あて）", "a round that did not begin (to JMDP)"),
    "handed_over": Word("主管の変更のお知らせ（新しい主管あて）", "parties handed over (to the new lead)"),
    "deputy": Word("承認者の不在と代決者のお知らせ", "an approver is away, and who decides meanwhile"),
    "by_proxy": Word("代決のお知らせ（不在の承認者あて）", "a decision in your stead (to the absent approver)"),
    "role_proposed": Word("権限付与の確認のお願い（管理者あて）", "a role to confirm (to administrators)"),
    "notice": Word("アカウントに関するお知らせ", "warning about an account"),
    "text_unfit": Word("使えない文面のお知らせ（管理者あて）", "a text that cannot be used (to administrators)"),
}
"""Every occasion in the order of a request's life, then what goes to JMDP's own people."""
