"""A form with one field of each kind."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

YES_NO = [SelectChoice("y", "はい"), SelectChoice("n", "いいえ")]


class Answer(FlaskForm):
    """One field of each kind."""

    name = StringField("氏名", [DataRequired("氏名を入力してください")], description="登記どおりに")
    note = TextAreaField("備考")
    kind = SelectField("種類", choices=[SelectChoice("a", "甲"), SelectChoice("b", "乙")])
    agree = RadioField("同意", [DataRequired("どちらかを選んでください")], choices=YES_NO)
    sure = BooleanField("確認しました", [DataRequired("確認してください")])
    due = StringField("期限", [DataRequired("日付を入力してください")])
    files = MultipleFileField("書類", [DataRequired("ファイルを選んでください")])
    mail = EmailField("メール", [DataRequired("入力してください")], render_kw={"autocomplete": "username"})
    password = PasswordField("合言葉", [DataRequired("必要です")], render_kw={"autocomplete": "current-password"})
