"""What every letter has and this one lacks, or has in words that look worn: number, date, issuer, subject, addressees, signer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from letters.frame.heading import Heading
from letters.frame.recipients import odd_recipients
from letters.text.compare import fold
from letters.text.syllables import is_syllable
from models.reading import Doubt, Signer, Span


def missing(
    heading: Heading,
    issuer: str | None,
    recipients: Sequence[str],
    signer: Signer | None,
    doubted: Collection[str],
    *,
    titled: bool,
    spans: Mapping[str, Span],
) -> Iterator[Doubt]:
    """Doubts about the frame of a letter. `doubted`: fields that carry a doubt already; `titled`: a plan or a dispatch,
    which needs no addressees; `spans`: where the fields were found."""
    if heading.number is None:
        yield Doubt(field="number", code="number_missing")
    if heading.date is None and "date" not in doubted:
        yield Doubt(field="date", code="date_missing")
    if issuer is None:
        yield Doubt(field="issuer", code="issuer_missing")
    elif heading.issuer is None or odd_name(issuer):
        yield Doubt(field="issuer", code="issuer_unsure")
    if heading.subject is None:
        yield Doubt(field="subject", code="subject_missing")
    elif odd_subject(heading.subject) and "subject" not in doubted:
        yield Doubt(field="subject", code="subject_unsure", span=spans.get("subject"))
    if odd_recipients(recipients):
        yield Doubt(field="recipients", code="recipients_unsure", span=spans.get("recipients[0]"))
    if not recipients and not titled:
        yield Doubt(field="recipients", code="recipients_missing")
    if signer is None:
        yield Doubt(field="signer", code="signer_missing")


SIGNS = re.compile(r"[$€£¥%⁄@#^~<>{}\[\]\\|=¬‡†]|\w[?!]\w|—\s*—")
"""What only a scan puts into words."""
_LONG_SUBJECT = 70


def odd_subject(subject: str) -> bool:
    """Whether a subject ends in the middle of its sentence, or holds a word that no Vietnamese would write."""
    words = re.findall(r"(?<![\w/-])[^\W\d_]+(?![\w/-])", subject)
    if SIGNS.search(subject) or len(words) > _LONG_SUBJECT:
        return True
    if words and fold(words[-1]) in ("trong", "cua", "cac", "va", "tai", "voi", "cho", "ve", "theo", "den"):
        return True
    return not all(is_syllable(w) for w in words if not w.isascii() and len(w) > 1)


def odd_name(issuer: str) -> bool:
    """Whether an issuer's name is spelled as no Vietnamese name is (worn by OCR), holds what is no name (a number, the
    motto, "Công văn"), or stops before its place ("ỦY BAN NHÂN DÂN")."""
    folded = fold(issuer)
    if sum(map(str.isupper, issuer)) > len(issuer) * 0.6 and any(map(str.islower, issuer)):
        return True
    if re.search(r"\d|[^\w\s,&.()\-–]", issuer) or re.search(
        r"\b(?:cong hoa xa|cong van|so)\b(?! \w)|cong hoa xa|doc lap", folded
    ):
        return True
    if folded in ("uy ban nhan dan", "ubnd", "hoi dong nhan dan", "dang uy", "van phong"):
        return True
    return not all(is_syllable(w) for w in re.findall(r"[^\W\d_]+", issuer) if not w.isascii() and len(w) > 1)
