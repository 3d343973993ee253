"""The nouns: what the portal keeps, as SQLAlchemy classes; children know parents, CHECKs keep the truth."""

from portal.models.absence import Absence, LaterReading, ProxyDecision
from portal.models.assessment import Assessment
from portal.models.attestation import (
    Answer,
    AnswerEvidence,
    Attestation,
    AttestationVersion,
    Round,
    RoundParty,
    Template,
)
from portal.models.base import Base
from portal.models.checklist import TemplateDraft, TemplateNote, Workbook
from portal.models.contract import Contract, ContractClause, ContractFile, ContractTerm
from portal.models.delivery import ContactNote, Digest, MailText, Undelivered
from portal.models.dividing import SectionPart
from portal.models.edition import Edition, GapChecklist, GapRound, SignOffEdition
from portal.models.evidence import Evidence, PageImage
from portal.models.handover import HandoverNote
from portal.models.inspection import Inspection, InspectionFile
from portal.models.job import Counter, Job, Mail, Once, Rate
from portal.models.jointuse import JointUseDraft, JointUseNotice, JointUseReview
from portal.models.ledger import LedgerCheckpoint, LedgerEntry, LedgerNode, LedgerSalt
from portal.models.overseas import OverseasStatement
from portal.models.packet import Packet
from portal.models.party import Contact, Engagement, Party, PartyAlias
from portal.models.partylist import PartyList
from portal.models.person import (
    ConflictStatement,
    KeptForm,
    LoginSession,
    Membership,
    Person,
    RecoveryCode,
    RoleGrant,
    StaffRole,
    Token,
)
from portal.models.provision import Provision, RecordSetting
from portal.models.receipt import Receipt
from portal.models.reentrustment import ConsentLetter, Reentrustment, ReentrustmentFile, ReentrustmentLine
from portal.models.reminder import Reminder
from portal.models.review import Draw, Finding, FindingEvidence, Review, SignOff, Verdict, Viewed
from portal.models.risk import RiskAcceptance, RiskRating, TierProposal
from portal.models.saved import SavedView
from portal.models.scope import ScopeCell, ScopeDecision, ScopeLine, ScopeStatement, ScopeWarning
from portal.models.search import SearchEntry
from portal.models.upload import Upload

__all__ = [
    "Absence", "Answer", "AnswerEvidence", "Assessment", "Attestation", "AttestationVersion", "Base",
    "ConflictStatement", "ConsentLetter", "Contact", "ContactNote", "Contract", "ContractClause", "ContractFile",
    "ContractTerm", "Counter", "Digest", "Draw", "Edition", "Engagement", "Evidence", "Finding", "FindingEvidence",
    "GapChecklist", "GapRound", "HandoverNote", "Inspection", "InspectionFile", "Job", "JointUseDraft",
    "JointUseNotice", "JointUseReview", "KeptForm", "LaterReading", "LedgerCheckpoint", "LedgerEntry", "LedgerNode",
    "LedgerSalt", "LoginSession", "Mail", "MailText", "Membership", "Once", "OverseasStatement", "Packet",
    "PageImage", "Party", "PartyAlias", "PartyList", "Person", "Provision", "ProxyDecision", "Rate", "Receipt",
    "RecordSetting", "RecoveryCode", "Reentrustment", "ReentrustmentFile", "ReentrustmentLine", "Reminder",
    "Review", "RiskAcceptance", "RiskRating", "RoleGrant", "Round", "RoundParty", "SavedView", "ScopeCell",
    "ScopeDecision", "ScopeLine", "ScopeStatement", "ScopeWarning", "SearchEntry", "SectionPart", "SignOff",
    "SignOffEdition", "StaffRole", "Template", "TemplateDraft", "TemplateNote", "TierProposal", "Token",
    "Undelivered", "Upload", "Verdict", "Viewed", "Workbook",
]
