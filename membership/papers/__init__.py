"""A member's papers as PDF, from plain values: the card, the certificate and the letter of good standing."""

from .card import CardPaper, render_card
from .certificate import CertificatePaper, render_certificate
from .letter import LetterPaper, render_letter

__all__ = ["CardPaper", "CertificatePaper", "LetterPaper", "render_card", "render_certificate", "render_letter"]
