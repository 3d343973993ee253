"""What a person may do, in words: the permissions of core/policy, held outright or on conditions."""

from portal.core.actor import Actor
from portal.core.policy import RULES, Permission
from portal.core.words import Word

ROLES = frozenset({"is_anyone", "is_signed_in", "is_system", "is_staff", "is_lead", "is_reviewer", "is_approver",
                   "stands_in", "is_administrator", "is_auditor", "is_party_member", "is_party_officer"})
"""Predicates that look at the person alone; the others look at the thing too."""

PERMISSIONS: dict[Permission, Word] = {
    Permission.READ_PUBLIC: Word("公開ページを見る", "read public pages"),
    Permission.USE_ACCOUNT: Word("自分のアカウントを使う", "use their own account"),
    Permission.READ_REGISTER: Word("台帳を見る", "read the register"),
    Permission.READ_PARTY: Word("相手先を見る", "read a party"),
    Permission.EDIT_PARTY: Word("相手先を登録・変更する", "edit a party"),
    Permission.EDIT_CONTRACT: Word("契約を登録・変更する", "edit a contract"),
    Permission.EDIT_SCOPE: Word("提供データを登録・変更する", "edit a scope line"),
    Permission.ACTIVATE_SCOPE: Word("提供を有効にする", "activate a scope line"),
    Permission.APPROVE_PARTY: Word("選定・提供先を承認する", "approve a selection or a recipient"),
    Permission.RECORD_CHECK: Word("相手先の点検を記録する", "record a check of a party"),
    Permission.CONFIRM_TIER: Word("リスク区分の変更を承認する", "confirm a tier that another person proposed"),
    Permission.INSPECT: Word("実地監査を行う", "inspect a party on site"),
    Permission.RATE_RISK: Word("相手先のリスクを評価する", "rate the risk of a party"),
    Permission.ACCEPT_RISK: Word("残存リスクを受容する", "accept the residual risk of a party"),
    Permission.DECIDE_SCOPE: Word("根拠を失った提供の扱いを決める", "decide on sharing that lost its basis"),
    Permission.KEEP_RECORDS: Word("提供・受領の記録を作成する", "keep records of provision and receipt"),
    Permission.EDIT_NOTICE: Word("共同利用の公表文を作成する", "edit the joint-use notice"),
    Permission.PUBLISH_NOTICE: Word("共同利用の公表文を公表する", "publish the joint-use notice"),
    Permission.SUBMIT_REENTRUSTMENT: Word("再委託を申請・報告する", "ask for consent to re-entrustment"),
    Permission.LAPSE_REENTRUSTMENT: Word("再委託の期間満了を記録する", "let a re-entrustment end with its day"),
    Permission.REQUEST: Word("点検を依頼する", "request an attestation"),
    Permission.EDIT_CHECKLIST: Word("点検票を作成・公開する", "edit and publish a checklist"),
    Permission.ANSWER: Word("回答する", "answer"),
    Permission.CERTIFY: Word("証明して提出する", "certify and submit"),
    Permission.INVITE: Word("相手先の利用者を招待する", "invite people of a party"),
    Permission.DIVIDE: Word("分野の担当を決める", "give sections to colleagues"),
    Permission.READ_EVIDENCE: Word("証跡を見る", "read evidence"),
    Permission.UPLOAD: Word("証跡を提出する", "upload evidence"),
    Permission.EXAMINE: Word("証跡を検査する", "examine evidence"),
    Permission.RENEW: Word("期限の切れた証跡の回答を再開する", "reopen answers whose evidence has ended"),
    Permission.TAKE: Word("審査を引き受ける", "take for review"),
    Permission.REVIEW: Word("審査する", "review"),
    Permission.APPROVE: Word("承認する", "sign off"),
    Permission.ISSUE_PACKET: Word("監査資料を作る", "issue a packet"),
    Permission.BUILD_PACKET: Word("監査資料を印刷・封緘する", "build a packet"),
    Permission.READ_PACKET: Word("監査資料を見る", "read a packet"),
    Permission.MANAGE_PEOPLE: Word("利用者と権限を管理する", "manage people"),
    Permission.CONFIRM_ROLE: Word("ほかの管理者が申請した権限を確認する", "confirm a role that another proposed"),
    Permission.RUN_JOBS: Word("処理とシステムを管理する", "look after jobs and the installation"),
    Permission.READ_OUTBOX: Word("送信メールを見る", "read the outbox"),
    Permission.FOLLOW_LETTER: Word("不達のお知らせに対応する", "follow up a letter that did not arrive"),
    Permission.EDIT_MAIL_TEXT: Word("メールの文面を編集する", "edit the texts of mails"),
    Permission.NOTE_CONTACT: Word("電話・郵送での連絡を記録する", "record a contact by telephone or post"),
    Permission.KEEP_VIEW: Word("検索条件を保存する", "keep a view of one's own"),
    Permission.CHANGE_VIEW: Word("保存した検索条件を変更する", "change a view"),
    Permission.SHARE_VIEW: Word("検索条件を全員で共有する", "share a view with all staff"),
    Permission.LOAD_EDITION: Word("方針・法令表の版を登録する", "load an edition of the policy or the law table"),
    Permission.CONFIRM_EDITION: Word("ほかの人が登録した版を承認する", "confirm an edition that another person loaded"),
    Permission.READ_LEDGER: Word("操作記録を見る", "read the ledger"),
    Permission.STATE_ABSENCE: Word("不在を登録する", "state an absence"),
    Permission.CONFIRM_DEPUTY: Word("代決者の指定を確認する", "confirm who decides during an absence"),
    Permission.READ_LATER: Word("代決の後閲をする", "read later what was decided in one's stead"),
}
CONDITIONS: dict[str, Word] = {
    "is_granted": Word("閲覧を許された相手先に限る", "only parties opened to them"),
    "belongs_to": Word("自分の所属に限る", "only of their own party"),
    "is_for_party": Word("相手先用の資料に限る", "only what was made for the party"),
    "is_sole_member": Word("所属がその人一人の場合", "where they are their party's only person"),
    "did_not_prepare_alone": Word("回答をすべて自分で作ったものでない場合", "not what they prepared alone"),
    "did_not_review": Word("自分が審査していない場合", "not what they reviewed"),
    "did_not_register": Word("自分が申請していない場合", "not what they made themselves"),
    "did_not_load": Word("自分が登録していない場合", "not what they loaded"),
    "has_no_conflict": Word("利害関係がない場合", "where they have no interest"),
    "is_for_a_free_approver": Word("不在の承認者に利害関係がなく、本人が審査していない場合",
                                   "where the absent approver has no interest and did not review it"),
    "is_not_deputy": Word("自分が代決者でない場合", "not where they are the deputy"),
    "is_for_another": Word("自分以外の人の場合", "only for somebody else"),
    "is_own": Word("自分のものに限る", "only one's own"),
}


def effective(actor: Actor) -> list[tuple[Word, list[Word]]]:
    """Give what the actor may do: each permission with the conditions of its widest clause (none: always)."""
    found = []
    for permission, clauses in RULES.items():
        open_ones = [[q.__name__ for q in clause if q.__name__ not in ROLES] for clause in clauses
                     if all(q(actor, None) for q in clause if q.__name__ in ROLES)]
        if open_ones:
            found.append((named(permission), [condition(name) for name in min(open_ones, key=len)]))
    return found


def named(permission: Permission) -> Word:
    """Give a permission in words; one without any is shown as policy writes it."""
    return PERMISSIONS.get(permission, Word(permission.value, permission.value))


def condition(name: str) -> Word:
    """Give a condition in words; one without any is shown by its name."""
    return CONDITIONS.get(name, Word(name, name.replace("_", " ")))
