"""Secrets of second factors: encrypted at rest, read with any key, encrypted anew when the key changes."""

import logging

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import CommandError, call_command

from aapm_site.accounts.domain.factors import reseal_factors
from aapm_site.accounts.factor_secrets import NoKeyFits, seal, unseal
from tests import factories

pytestmark = pytest.mark.django_db
OLD, NEW = "o" * 32, "n" * 32


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def person(settings):
    settings.FACTOR_KEYS = [OLD]
    return factories.user()


@pytest.fixture
def secret(person):
    made = generate_totp_secret()
    TOTP.activate(person, made)
    RecoveryCodes.activate(person)
    return made


def kept() -> list[str]:
    rows = Authenticator.objects.order_by("type").values_list("data", flat=True)
    return [row.get("secret") or row["seed"] for row in rows]


def test_neither_secret_nor_seed_stands_in_the_database(secret):
    assert [value.startswith("gAAAA") for value in kept()] == [True, True]
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_codes_of_app_and_paper_are_right(person, secret):
    factors = {row.type: row.wrap() for row in Authenticator.objects.all()}
    codes = factors["recovery_codes"].get_unused_codes()
    assert factors["totp"].validate_code(code_of(secret))
    assert factors["recovery_codes"].validate_code(codes[0])


def test_a_secret_from_before_there_were_keys_is_read_and_sealed(person):
    made = generate_totp_secret()
    Authenticator.objects.create(user=person, type="totp", data={"secret": made})
    assert Authenticator.objects.get().wrap().validate_code(code_of(made))
    assert reseal_factors(Authenticator.objects) == 1
    assert (kept()[0].startswith("gAAAA"), unseal(kept()[0])) == (True, made)


def test_a_key_is_changed_without_anybody_noticing(secret, settings, capsys):
    settings.FACTOR_KEYS = [NEW, OLD]
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret))
    call_command("renew_factor_keys")
    assert capsys.readouterr().out == "2 second factors are encrypted anew.\n"
    settings.FACTOR_KEYS = [NEW]
    assert unseal(Authenticator.objects.get(type="totp").data["secret"]) == secret


def test_without_the_right_key_no_code_is_right_and_nothing_is_changed(secret, settings, caplog):
    before = kept()
    settings.FACTOR_KEYS = [NEW]
    with caplog.at_level(logging.ERROR):
        assert not Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret))
    assert "factor.no_key_fits" in caplog.text
    assert get_adapter().decrypt(before[0]) != get_adapter().decrypt(before[0])
    with pytest.raises(CommandError, match="Put that key at the end of the list"):
        call_command("renew_factor_keys")
    assert kept() == before


def test_the_same_secret_looks_different_each_time_and_a_changed_one_is_refused(person):
    first, second = seal("secret"), seal("secret")
    assert first != second
    assert unseal(first) == unseal(second) == "secret"
    with pytest.raises(NoKeyFits):
        unseal(first[:-6] + "AAAAA=")
