"""The fixed vocabulary: label in both languages, shape and tone of every state, role and ledger event."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is shown: never by colour alone (shape and word go with it)."""

    ja: str
    en: str
    shape: str = "none"
    tone: str = "mute"

    def get(self, language: str) -> str:
        """The label in a language ('ja' or 'en')."""
        return self.ja if language == "ja" else self.en


STATES: dict[str, dict[str, Word]] = {
    "attestation": {
        "requested": Word("依頼中", "requested", "circle", "mute"),
        "in_progress": Word("回答中", "in progress", "half", "info"),
        "submitted": Word("提出済み", "submitted", "half", "info"),
        "under_review": Word("審査中", "under review", "half", "info"),
        "returned": Word("差戻し", "returned", "diamond", "warn"),
        "awaiting_approval": Word("承認待ち", "awaiting approval", "circle", "wait"),
        "signed_off": Word("承認済み", "signed off", "check", "plain"),
        "withdrawn": Word("取下げ", "withdrawn", "none", "mute"),
        "overdue": Word("期限超過", "overdue", "square", "bad"),
        "resubmitted": Word("再提出", "resubmitted", "diamond", "info"),
    },
    "round": {
        "opening": Word("依頼処理中", "being sent out", "half", "info"),
        "open": Word("実施中", "under way", "half", "info"),
        "paused": Word("一時停止中", "paused", "circle", "warn"),
        "withdrawn": Word("取下げ", "withdrawn", "none", "mute"),
    },
    "scope": {
        "draft": Word("下書き", "draft", "circle", "mute"),
        "active": Word("有効", "active", "check", "plain"),
        "stopped": Word("停止中", "suspended", "square", "bad"),
        "ended": Word("終了", "ended", "none", "mute"),
    },
    "evidence": {
        "quarantined": Word("確認中", "being checked", "half", "info"),
        "accepted": Word("受領済み", "accepted", "check", "plain"),
        "flagged": Word("受領済み（注意あり）", "accepted with a caution", "diamond", "warn"),
        "refused": Word("受付不可", "refused", "square", "bad"),
        "superseded": Word("差替え済み", "superseded", "none", "mute"),
        "purged": Word("抹消", "purged", "none", "mute"),
    },
    "scan": {
        "clean": Word("ウイルス検査済み", "scanned, clean", "check", "plain"),
        "infected": Word("ウイルス検出", "infected", "square", "bad"),
        "not_scanned": Word("ウイルス検査未実施", "not scanned", "circle", "warn"),
    },
    "finding": {
        "open": Word("是正計画待ち", "awaiting a plan", "square", "bad"),
        "planned": Word("計画確認中", "plan being checked", "half", "info"),
        "agreed": Word("是正中", "being corrected", "half", "warn"),
        "done": Word("是正確認待ち", "awaiting verification", "circle", "wait"),
        "verified": Word("是正完了", "verified", "check", "plain"),
        "accepted_risk": Word("リスク受容", "risk accepted", "none", "mute"),
    },
    "inspection": {
        "planned": Word("計画中", "planned", "circle", "mute"),
        "announced": Word("通知済み", "announced", "half", "info"),
        "held": Word("実施済み", "carried out", "check", "plain"),
        "cancelled": Word("中止", "cancelled", "none", "mute"),
    },
    "reentrustment": {
        "draft": Word("下書き", "draft", "circle", "mute"),
        "submitted": Word("申請済み", "sent to JMDP", "half", "info"),
        "returned": Word("差戻し", "returned", "diamond", "warn"),
        "awaiting_approval": Word("承認待ち", "awaiting approval", "circle", "wait"),
        "consented": Word("承諾済み", "consented to", "check", "ok"),
        "listed": Word("報告済み", "reported", "check", "plain"),
        "refused": Word("不承諾", "refused", "square", "bad"),
        "expired": Word("期間満了・終了報告待ち", "over, end not reported", "diamond", "warn"),
        "withdrawn": Word("撤回・終了報告待ち", "withdrawn, end not reported", "square", "bad"),
        "ended": Word("終了", "ended", "none", "mute"),
        "taken_back": Word("取下げ", "taken back", "none", "mute"),
    },
    "packet": {
        "queued": Word("作成待ち", "queued", "circle", "mute"),
        "building": Word("作成中", "being built", "half", "info"),
        "kept": Word("有効", "valid", "check", "plain"),
        "failed": Word("作成失敗", "failed", "square", "bad"),
        "superseded": Word("新しい版あり", "superseded", "diamond", "warn"),
        "withdrawn": Word("取消", "withdrawn", "square", "bad"),
    },
    "verdict": {
        "conforms": Word("適", "conforms", "check", "ok"),
        "return": Word("差戻し", "return", "diamond", "warn"),
        "finding": Word("指摘事項", "finding", "square", "bad"),
        "not_applicable": Word("該当しない", "not applicable", "none", "mute"),
    },
    "sample": {
        "drawn": Word("抽出分を確認中", "sample being read", "half", "info"),
        "ready": Word("一括適合可", "block may be accepted", "check", "ok"),
        "accepted": Word("一括適合済み", "block accepted", "check", "plain"),
        "fallen": Word("一括適合不可", "no block", "square", "bad"),
    },
    "answering": {
        "todo": Word("未着手", "not started", "circle", "mute"),
        "doing": Word("回答中", "in progress", "half", "info"),
        "fix": Word("要修正", "to be corrected", "diamond", "warn"),
        "done": Word("回答済み", "answered", "check", "plain"),
    },
    "severity": {
        "critical": Word("重大", "critical", "square", "bad"),
        "high": Word("高", "high", "diamond", "warn"),
        "medium": Word("中", "medium", "half", "info"),
        "low": Word("低", "low", "circle", "mute"),
    },
    "lawful": {
        "PERMITTED": Word("共有可", "permitted", "check", "ok"),
        "INCOMPLETE": Word("要件未充足", "incomplete", "half", "warn"),
        "NO_BASIS": Word("根拠なし", "no basis", "square", "bad"),
        "PROHIBITED": Word("共有不可", "prohibited", "square", "bad"),
    },
    "duty": {
        "met": Word("履行", "met", "check", "ok"),
        "due": Word("要対応", "due", "half", "warn"),
        "failing": Word("不履行", "failing", "square", "bad"),
    },
    "overseas": {
        "current": Word("有効", "current", "check", "ok"),
        "soon": Word("期限が近い", "due soon", "half", "warn"),
        "lapsed": Word("期限切れ", "lapsed", "square", "bad"),
        "lacking": Word("未作成", "not stated yet", "square", "bad"),
        "failed": Word("追加の措置が必要", "more measures needed", "square", "bad"),
        "lost": Word("確保できない", "no longer assured", "square", "bad"),
        "unasked": Word("不要", "not needed", "none", "mute"),
    },
    "coverage": {
        "covered": Word("対応済み", "covered", "check", "ok"),
        "partly": Word("一部対応", "partly covered", "half", "warn"),
        "missing": Word("未対応", "not covered yet", "square", "bad"),
        "outside": Word("対象外", "out of scope", "none", "mute"),
    },
    "edition": {
        "waiting": Word("確認待ち", "awaiting a second person", "circle", "wait"),
        "refused": Word("不承認", "refused", "none", "mute"),
        "to_come": Word("適用前", "not in force yet", "half", "info"),
        "in_force": Word("適用中", "in force", "check", "plain"),
        "replaced": Word("旧版", "earlier edition", "none", "mute"),
    },
    "edition_kind": {
        "policy": Word("情報セキュリティポリシー", "Information Security Policy"),
        "law": Word("規則表", "law table"),
    },
    "gap": {
        "ask": Word("依頼する（承認済みの回答あり）", "to be asked: accepted answers", "circle", "info"),
        "kind": Word("依頼する（種別・関係により対象）", "to be asked: by kind and relation", "circle",
                     "info"),
        "asked": Word("この版について依頼済み", "asked for this edition", "check", "plain"),
        "answered": Word("適用開始後に提出済み", "submitted since it applies", "check", "plain"),
        "going": Word("点検票全体を依頼中", "whole checklist under way", "half", "info"),
        "inactive": Word("取引中でない", "not active", "none", "mute"),
    },
    "checklist": {
        "in_use": Word("使用中", "in use", "check", "plain"),
        "replaced": Word("旧版", "earlier version", "none", "mute"),
        "retired": Word("使用終了", "retired", "none", "mute"),
        "draft": Word("下書き", "draft", "circle", "info"),
    },
    "change": {
        "added": Word("追加", "new", "plus", "ok"),
        "removed": Word("削除", "removed", "dash", "bad"),
        "changed": Word("変更", "changed", "delta", "warn"),
        "moved": Word("移動", "moved", "return", "info"),
    },
    "mail": {
        "queued": Word("送信待ち", "queued", "circle", "info"),
        "sent": Word("送信済み", "sent", "check", "plain"),
        "failed": Word("送信断念", "undelivered", "square", "bad"),
        "bounced": Word("不達", "bounced", "diamond", "bad"),
        "held": Word("まとめ待ち", "kept for the digest", "circle", "mute"),
        "gathered": Word("まとめて送信", "sent in a digest", "check", "plain"),
        "acknowledged": Word("着手確認", "acknowledged", "check", "ok"),
    },
    "contact": {
        "telephone": Word("電話", "by telephone", "check", "plain"),
        "post": Word("郵送", "by post", "check", "plain"),
    },
    "undelivered": {
        "": Word("要対応", "to be followed up", "square", "bad"),
        "sent_again": Word("再送", "sent again", "check", "plain"),
        "corrected": Word("宛先を訂正", "address corrected", "check", "plain"),
        "contacted": Word("電話・郵送で連絡", "told by telephone or post", "check", "plain"),
    },
    "job": {
        "queued": Word("待機中", "queued", "circle", "info"),
        "running": Word("実行中", "running", "half", "info"),
        "done": Word("完了", "done", "check", "plain"),
        "failed": Word("失敗", "failed", "square", "bad"),
    },
    "grant": {
        "proposed": Word("確認待ち", "awaiting confirmation", "circle", "wait"),
        "granted": Word("付与済み", "granted", "check", "plain"),
        "refused": Word("不承認", "refused", "none", "mute"),
        "withdrawn": Word("取下げ", "withdrawn", "none", "mute"),
    },
    "absence": {
        "proposed": Word("代決者の確認待ち", "deputy to be confirmed", "circle", "wait"),
        "standing": Word("登録済み", "entered", "check", "plain"),
        "refused": Word("不承認", "refused", "none", "mute"),
        "ended": Word("終了", "ended", "none", "mute"),
    },
    "invitation": {
        "open": Word("招待中", "invited", "half", "info"),
        "expired": Word("招待の期限切れ", "invitation expired", "diamond", "warn"),
    },
    "account": {
        "active": Word("利用中", "active", "check", "plain"),
        "closed": Word("停止", "deactivated", "none", "mute"),
    },
    "party": {
        "candidate": Word("選定中", "being selected", "circle", "info"),
        "active": Word("取引中", "active", "check", "plain"),
        "suspended": Word("共有停止中", "suspended", "square", "bad"),
        "ended": Word("終了", "ended", "none", "mute"),
    },
    "tier": {
        "critical": Word("最重要", "critical", "square", "bad"),
        "high": Word("高", "high", "diamond", "warn"),
        "medium": Word("中", "medium", "half", "info"),
        "low": Word("低", "low", "circle", "mute"),
        "none": Word("未判定", "not rated", "none", "mute"),
    },
    "role": {
        "lead": Word("主管", "lead"),
        "reviewer": Word("審査者", "reviewer"),
        "approver": Word("承認者", "approver"),
        "deputy": Word("代決者", "deputy"),
        "administrator": Word("管理者", "administrator"),
        "auditor": Word("監査人", "auditor"),
        "officer": Word("責任者", "officer"),
        "clerk": Word("担当者", "clerk"),
        "system": Word("システム", "system"),
    },
}


def word(process: str, state: str) -> Word:
    """Give the word of a state; KeyError names a state that the table does not have."""
    return STATES[process][state]
