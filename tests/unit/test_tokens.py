"""Tokens: what the server signs, what a host may say, and what is refused."""

import base64
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbell.domain.errors import TokenExpired, Unauthorized
from deskbell.domain.people import Actor, User
from deskbell.tokens import LEEWAY, MAX_TOKEN, Purpose, Tokens
from tests.cast import START, Clock

SECRET = b"a secret that is long enough for HS256"
LIFE = timedelta(hours=1)
NOW = int(START.timestamp())
ADA = Actor(uuid4(), "user")


@pytest.fixture
def tokens(clock: Clock) -> Tokens:
    return Tokens(SECRET, life=LIFE, clock=clock)


Claims = dict[str, Any]


def said(changed: Claims | None = None, *, key: bytes = SECRET, algorithm: str = "HS256") -> str:
    """A host's statement; a claim that is changed to None is left out."""
    claims = {"sub": "ada", "aud": "deskbell", "iat": NOW, "exp": NOW + 600} | (changed or {})
    given = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(given, key, algorithm)


def test_a_bearer_token_speaks_for_its_owner_until_it_ends(tokens: Tokens, clock: Clock) -> None:
    grant = tokens.grant(ADA, "Ada")
    assert grant.expires_at == START + LIFE
    bearer = tokens.bearer(grant.token)
    assert (bearer.actor, bearer.name, bearer.expires_at) == (ADA, "Ada", START + LIFE)
    clock.now = START + LIFE - timedelta(seconds=1)
    assert tokens.bearer(grant.token).actor == ADA
    clock.now = START + LIFE
    with pytest.raises(TokenExpired):
        tokens.bearer(grant.token)


def test_a_bearer_token_fits_a_header_and_a_sub_protocol(tokens: Tokens) -> None:
    token = tokens.grant(Actor(uuid4(), "admin"), "دانا 名").token
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")


def test_the_links_of_a_mail_lead_to_its_reader_for_their_time(
    tokens: Tokens, clock: Clock
) -> None:
    link = tokens.link("open-chat", ADA.user_id, timedelta(days=14))
    assert tokens.follow("open-chat", link) == ADA.user_id
    clock.now += timedelta(days=14)
    with pytest.raises(TokenExpired):
        tokens.follow("open-chat", link)


def test_a_token_of_one_kind_passes_as_no_other(tokens: Tokens) -> None:
    purposes: tuple[Purpose, ...] = ("session", "open-chat", "unsubscribe", "confirm-email")
    made = {purpose: tokens.link(purpose, ADA.user_id, LIFE) for purpose in purposes}
    for purpose in purposes:
        for other in set(purposes) - {purpose}:
            with pytest.raises(Unauthorized):
                tokens.follow(purpose, made[other])
        with pytest.raises(Unauthorized):
            tokens.identity(made[purpose])
    with pytest.raises(Unauthorized):
        tokens.bearer(said({"role": "admin", "sub": str(ADA.user_id)}))


def test_a_token_of_another_installation_is_worth_nothing(tokens: Tokens, clock: Clock) -> None:
    other = Tokens(b"another secret of at least 32 bytes", life=LIFE, clock=clock)
    with pytest.raises(Unauthorized):
        tokens.bearer(other.grant(ADA, None).token)


def test_a_host_says_who_its_user_is(tokens: Tokens) -> None:
    claims = {
        "email": "ada@lamps.example",
        "name": "Ada 名",
        "role": "admin",
        "locale": "zh-CN",
        "attributes": {"plan": {"seats": 3}},
    }
    assert tokens.identity(said(claims)) == User(
        id="ada",
        email="ada@lamps.example",
        name="Ada 名",
        is_admin=True,
        locale="zh-CN",
        attributes={"plan": {"seats": 3}},
    )
    assert tokens.identity(said()) == User(id="ada")


@pytest.mark.parametrize("claim", ["sub", "aud", "iat", "exp"])
def test_a_statement_without_a_needed_claim_is_refused(claim: str, tokens: Tokens) -> None:
    with pytest.raises(Unauthorized):
        tokens.identity(said({claim: None}))


REFUSED: dict[str, Claims] = {
    "another audience": {"aud": "somebody else"},
    "longer than an hour": {"exp": NOW + 3601},
    "from the future": {"iat": NOW + 61, "exp": NOW + 600},
    "not yet": {"nbf": NOW + 61},
    "an end that is a text": {"exp": str(NOW + 600)},
    "an end that is true": {"exp": True, "iat": False},
    "an end that is no number": {"exp": float("nan")},
    "an endless end": {"exp": float("inf")},
    "an end after the end of time": {"exp": 2**60, "iat": 2**60 - 1},
    "a beginning that is a text": {"nbf": "now"},
    "a number for a name": {"name": 5},
    "an empty id": {"sub": ""},
    "a number for an id": {"sub": 7},
    "an id that is too long": {"sub": "x" * 321},
    "a name that breaks lines": {"name": "Ada\r\nBcc: all@lamps.example"},
    "an e-mail that is a list": {"email": ["ada@lamps.example"]},
    "an unknown role": {"role": "owner"},
    "a role that is true": {"role": True},
    "attributes that are a list": {"attributes": [1]},
}


@pytest.mark.parametrize("claims", REFUSED.values(), ids=REFUSED)
def test_a_statement_that_breaks_a_rule_is_refused(claims: Claims, tokens: Tokens) -> None:
    with pytest.raises(Unauthorized):
        tokens.identity(said(claims))


def test_an_hour_is_not_too_long(tokens: Tokens) -> None:
    assert tokens.identity(said({"exp": NOW + 3600})).id == "ada"


def test_a_statement_ends_by_our_own_clock(tokens: Tokens, clock: Clock) -> None:
    clock.forward(seconds=600)
    with pytest.raises(TokenExpired):
        tokens.identity(said())


@pytest.mark.parametrize("claim", ["iat", "nbf"])
def test_the_hosts_clock_may_be_a_little_ahead(claim: str, tokens: Tokens) -> None:
    assert tokens.identity(said({claim: NOW + int(LEEWAY.total_seconds())})).id == "ada"


@pytest.mark.parametrize("key", [b"another secret of at least 32 bytes", SECRET + b" ", SECRET * 2])
def test_a_statement_of_somebody_else_is_refused(key: bytes, tokens: Tokens) -> None:
    with pytest.raises(Unauthorized):
        tokens.identity(said(key=key))


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_only_the_one_algorithm_counts(algorithm: str, tokens: Tokens) -> None:
    with pytest.raises(Unauthorized):
        tokens.identity(said(key=SECRET * 2, algorithm=algorithm))


def part(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


CLAIMS = {"sub": "ada", "aud": "deskbell", "iat": NOW, "exp": NOW + 600}
FORGED = {
    "unsigned": f"{part({'alg': 'none'})}.{part(CLAIMS)}.",
    "unsigned, in capitals": f"{part({'alg': 'NONE'})}.{part(CLAIMS)}.",
    "no algorithm": f"{part({})}.{part(CLAIMS)}.x",
    "a list of algorithms": f"{part({'alg': ['HS256']})}.{part(CLAIMS)}.x",
    "a header that is a number": f"{part('5')}.{part(CLAIMS)}.x",
    "a header nested deeply": f"{part('[' * 5_000)}.{part(CLAIMS)}.x",
    "a header with a long number": f"{part('9' * 5_000)}.{part(CLAIMS)}.x",
    "nothing": "",
    "dots": "..",
    "two parts": "a.b",
    "no ASCII": "é.é.é",
    "half a surrogate pair": "\ud800",
    "too long": "a" * (MAX_TOKEN + 1),
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_forged_tokens_are_refused_whatever_they_are_made_of(token: str, tokens: Tokens) -> None:
    for read in (tokens.identity, tokens.bearer):
        with pytest.raises(Unauthorized):
            read(token)


@given(token=st.text(max_size=200) | st.binary(max_size=100).map(lambda raw: part(raw.hex())))
def test_no_text_is_a_token_by_chance(token: str) -> None:
    tokens = Tokens(SECRET, life=LIFE, clock=Clock())
    with pytest.raises(Unauthorized):
        tokens.bearer(token)
