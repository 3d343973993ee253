"""What intake says of a file: a verdict, why, and in both languages what the sender can do about it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """Refused is not kept; flagged is kept as sent, with a warning and no active content ever run."""

    ACCEPTED = "accepted"
    FLAGGED = "flagged"
    REFUSED = "refused"


class Sentence(NamedTuple):
    """A verdict with its sentence for the sender, Japanese and English."""

    verdict: Verdict
    ja: str
    en: str


class Reason(StrEnum):
    """Why a file is refused or flagged, gravest first; the value is what is stored and printed."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND_NOT_TAKEN = "kind_not_taken"
    OLD_OFFICE = "old_office"
    HEIC = "heic"
    KIND_DIFFERS = "kind_differs"
    MARKUP = "markup"
    TWO_KINDS = "two_kinds"
    DAMAGED = "damaged"
    PAGE_LOOP = "page_loop"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    BOMB = "bomb"
    MACRO = "macro"
    OFFICE_PASSWORD = "office_password"
    REMOTE_TEMPLATE = "remote_template"
    DOCTYPE = "doctype"
    NOT_TEXT = "not_text"
    ENCODING = "encoding"
    TOO_COMPLEX = "too_complex"
    PARSER_FELL = "parser_fell"
    INFECTED = "infected"
    MY_NUMBER = "my_number"
    PDF_ACTIVE = "pdf_active"
    PDF_EMBEDDED = "pdf_embedded"
    OFFICE_EXTERNAL = "office_external"
    OFFICE_EMBEDDED = "office_embedded"
    CSV_FORMULA = "csv_formula"
    PDF_PASSWORD = "pdf_password"
    PDF_REPAIRED = "pdf_repaired"
    PEOPLE_LISTED = "people_listed"
    TRAILING = "trailing"
    NOT_SCANNED = "not_scanned"
    PDF_RESTRICTED = "pdf_restricted"


_NO, _BUT = Verdict.REFUSED, Verdict.FLAGGED

SENTENCES = {
    Reason.EMPTY: Sentence(
        _NO, "ファイルが空です。内容をご確認のうえ、もう一度お選びください。",
        "The file is empty. Check it and choose it again."),
    Reason.TOO_LARGE: Sentence(
        _NO, "ファイルが大きすぎます。分割するか、画質を下げて保存し直してください。",
        "The file is too large. Split it, or save it again at a lower picture quality."),
    Reason.KIND_NOT_TAKEN: Sentence(
        _NO, "この形式は受け付けておりません。PDF、PNG、JPEG、XLSX、DOCX、CSV、TXTのいずれかで保存し直してください。",
        "This kind of file is not taken. Save it as PDF, PNG, JPEG, XLSX, DOCX, CSV or TXT."),
    Reason.OLD_OFFICE: Sentence(
        _NO, "旧形式のOfficeファイルは受け付けておりません。XLSX、DOCXまたはPDFで保存し直してください。",
        "Old Office files are not taken. Save it as XLSX, DOCX or PDF."),
    Reason.HEIC: Sentence(
        _NO, "HEIC形式の写真は受け付けておりません。JPEGで保存し直してください（iPhoneでは「設定」→「カメラ」→"
        "「フォーマット」→「互換性優先」）。",
        "HEIC photos are not taken. Save it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)."),
    Reason.KIND_DIFFERS: Sentence(
        _NO, "拡張子と中身の形式が一致しません。元のソフトウェアで開き、正しい形式で保存し直してください。",
        "The extension and the content do not agree. Open it in its own program and save it in the right format."),
    Reason.MARKUP: Sentence(
        _NO, "HTMLやSVGなど、ブラウザーで動作する内容は受け付けておりません。PDFで保存し直してください。",
        "HTML, SVG and other content that runs in a browser is not taken. Save it as PDF."),
    Reason.TWO_KINDS: Sentence(
        _NO, "別の形式のデータが混ざっています。元のソフトウェアで開き、保存し直してください。",
        "The file holds data of another format as well. Open it in its own program and save it again."),
    Reason.DAMAGED: Sentence(
        _NO, "ファイルが壊れているため開けません。元のファイルが開けることをご確認のうえ、保存し直してください。",
        "The file is damaged and cannot be opened. Check that the original opens, then save it again."),
    Reason.PAGE_LOOP: Sentence(
        _NO, "PDFのページ構成が壊れています。元のソフトウェアからPDFを作り直してください。",
        "The PDF's page structure is broken. Make the PDF again from its own program."),
    Reason.TOO_MANY_PAGES: Sentence(
        _NO, "ページ数が多すぎます。ファイルを分割してください。",
        "The file has too many pages. Split it into several files."),
    Reason.TOO_MANY_PIXELS: Sentence(
        _NO, "画像が大きすぎます（4,000万画素まで）。縮小して保存し直してください。",
        "The picture is too large (up to 40 megapixels). Save it at a smaller size."),
    Reason.BOMB: Sentence(
        _NO, "展開すると極端に大きくなるため、開けません。元のソフトウェアで保存し直してください。",
        "Unpacked, the file would become extremely large. Save it again from its own program."),
    Reason.MACRO: Sentence(
        _NO, "マクロやActiveXを含むファイルは受け付けておりません。"
        "マクロなしのXLSX、DOCXまたはPDFで保存し直してください。",
        "Files with macros or ActiveX are not taken. Save it without macros as XLSX or DOCX, or as PDF."),
    Reason.OFFICE_PASSWORD: Sentence(
        _NO, "パスワードで保護されているため、中身を確認できません。パスワードを外して保存し直してください。",
        "The file is protected by a password and cannot be checked. Remove the password and save it again."),
    Reason.REMOTE_TEMPLATE: Sentence(
        _NO, "外部のテンプレートを読み込む設定になっています。テンプレートの参照を外すか、PDFで保存し直してください。",
        "The file loads a template from outside. Detach the template, or save it as PDF."),
    Reason.DOCTYPE: Sentence(
        _NO, "Officeファイルとして正しくない記述があります。元のソフトウェアで開き、保存し直してください。",
        "The file holds declarations no Office program writes. Open it in its own program and save it again."),
    Reason.NOT_TEXT: Sentence(
        _NO, "文字だけのファイルとして読めません。元のソフトウェアで保存し直してください。",
        "The file cannot be read as text. Save it again from its own program."),
    Reason.ENCODING: Sentence(
        _NO, "文字コードを判別できません。UTF-8またはShift_JISで保存し直してください。",
        "The character encoding is not known. Save it as UTF-8 or Shift_JIS."),
    Reason.TOO_COMPLEX: Sentence(
        _NO, "内容が複雑すぎるため、確認が終わりませんでした。分割するか、PDFで保存し直してください。",
        "The file is too complex to be checked in time. Split it, or save it as PDF."),
    Reason.PARSER_FELL: Sentence(
        _NO, "ファイルを開いて確認できませんでした。元のソフトウェアで保存し直すか、PDFでお出しください。",
        "The file could not be opened for checking. Save it again from its own program, or send a PDF."),
    Reason.INFECTED: Sentence(
        _NO, "ウイルスが検出されたため、受け付けられません。貴機関の情報システム担当にご連絡ください。",
        "A virus was found and the file is not taken. Please tell your own information systems staff."),
    Reason.PDF_PASSWORD: Sentence(
        _BUT, "開くためにパスワードが必要なPDFです。原本のまま保管しますが、当法人では内容を確認できません。"
        "パスワードを外したPDFもお出しください。",
        "The PDF needs a password to open. It is kept as sent, but JMDP cannot read it. "
        "Please send a copy without the password as well."),
    Reason.PDF_RESTRICTED: Sentence(
        _BUT, "印刷や編集が制限されたPDFです。内容は確認できます。",
        "The PDF restricts printing or editing. It can be read."),
    Reason.PDF_REPAIRED: Sentence(
        _BUT, "PDFの一部が欠けている可能性があります。最後のページまで表示されることをご確認ください。",
        "Part of the PDF may be missing. Check that it shows to the last page."),
    Reason.PDF_ACTIVE: Sentence(
        _BUT, "スクリプトや自動で動作する内容を含むPDFです。当法人では動作させません。",
        "The PDF holds scripts or actions. JMDP will not run them."),
    Reason.PDF_EMBEDDED: Sentence(
        _BUT, "PDFに別のファイルが添付されています。必要なファイルは、別途そのままお出しください。",
        "Other files are attached inside the PDF. Send those that are needed as files of their own."),
    Reason.OFFICE_EXTERNAL: Sentence(
        _BUT, "外部のファイルへのリンクを含みます。リンク先の内容は当法人では表示されません。",
        "The file links to other files. JMDP will not see what they hold."),
    Reason.OFFICE_EMBEDDED: Sentence(
        _BUT, "別のファイルが埋め込まれています。必要なファイルは、別途そのままお出しください。",
        "Other files are embedded in it. Send those that are needed as files of their own."),
    Reason.CSV_FORMULA: Sentence(
        _BUT, "数式として動作するおそれのあるセルがあります。表計算ソフトで開く際はご注意ください。",
        "Some cells could run as formulas. Take care when opening it in a spreadsheet program."),
    Reason.TRAILING: Sentence(
        _BUT, "ファイルの末尾に余分なデータがあります。原本のまま保管します。",
        "There is extra data after the file's end. It is kept as sent."),
    Reason.NOT_SCANNED: Sentence(
        _BUT, "ウイルス検査がまだ済んでおりません。検査が済むまで、当法人では開きません。",
        "The file has not been scanned for viruses. JMDP will not open it until it has."),
    Reason.MY_NUMBER: Sentence(
        _BUT, "個人番号（マイナンバー）と思われる番号があります。証跡に必要でなければ、取り下げてください。",
        "There seem to be individual numbers (My Number) in it. Withdraw it unless the evidence needs them."),
    Reason.PEOPLE_LISTED: Sentence(
        _BUT, "氏名などの一覧と思われる表があります。証跡に必要でなければ、取り下げるか、伏せてお出しください。",
        "There seems to be a list of people in it. Withdraw it or black them out unless the evidence needs them."),
}


def verdict_of(reasons: Iterable[Reason]) -> Verdict:
    """Give the verdict the reasons amount to; none means accepted."""
    verdicts = {SENTENCES[reason].verdict for reason in reasons}
    return next((verdict for verdict in (Verdict.REFUSED, Verdict.FLAGGED) if verdict in verdicts), Verdict.ACCEPTED)


def gravest(reasons: Iterable[Reason]) -> Reason | None:
    """Give the gravest reason, to be shown where there is room for one; nothing if there is none."""
    return min(reasons, key=list(Reason).index, default=None)
