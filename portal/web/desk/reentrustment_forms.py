"""The forms of re-entrustment at the desk: shape only; each act of a page has its own."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal.core.workflow import Move

LONG = Length(max=4000)
READ = lazy_gettext("The party reads this.")


class ReturnForm(FlaskForm):
    """What the party is asked back."""

    reason = TextAreaField(lazy_gettext("What the party is to change or add"), validators=[
        InputRequired(lazy_gettext("Write what the party is to change or add")), LONG], description=READ)


class PassForm(FlaskForm):
    """What was examined."""

    reason = TextAreaField(lazy_gettext("What was examined, and what was found"), validators=[
        InputRequired(lazy_gettext("Write what you examined and what you found")), LONG],
        description=lazy_gettext("For the approver; the party does not see it."))


class SendBackForm(FlaskForm):
    """What is to be examined again."""

    reason = TextAreaField(lazy_gettext("What is to be examined again"), validators=[
        InputRequired(lazy_gettext("Write what is to be examined again")), LONG],
        description=lazy_gettext("For the reviewer; the party does not see it."))


class ConsentForm(FlaskForm):
    """Until when, and on which conditions."""

    until = DateField(lazy_gettext("Consented to until"), validators=[InputRequired(lazy_gettext("Enter the day"))])
    conditions = TextAreaField(lazy_gettext("Conditions, if any"), validators=[LONG], description=lazy_gettext(
        "They stand in the letter of consent."))


class DeclineForm(FlaskForm):
    """Why consent is refused."""

    reason = TextAreaField(lazy_gettext("Why consent is refused"), validators=[
        InputRequired(lazy_gettext("Write why consent is refused")), LONG], description=READ)


class RevokeForm(FlaskForm):
    """Why it is withdrawn."""

    reason = TextAreaField(lazy_gettext("Why it is withdrawn, and by when the data are to come back"), validators=[
        InputRequired(lazy_gettext("Write why it is withdrawn, and by when the data are to come back")), LONG],
        description=READ)


FORMS: dict[Move, type[FlaskForm]] = {
    Move.RETURN: ReturnForm, Move.PASS: PassForm, Move.CONSENT: ConsentForm, Move.DECLINE: DeclineForm,
    Move.SEND_BACK: SendBackForm, Move.REVOKE: RevokeForm,
}
"""The form of each act."""
