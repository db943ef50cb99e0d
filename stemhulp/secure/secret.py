"""Whether a secret can be guessed. It needs nothing: the settings ask before Django is there."""

import math
from collections import Counter

SHORTEST = 50  # characters, as Django's own check (security.W009) has it
FEWEST_KINDS = 12  # different characters; 50 hexadecimal digits nearly always have more
LEAST_BITS = 128  # NIST SP 800-57, what holds beyond 2030
EXAMPLES = (
    "django-insecure",
    "changeme",
    "change-me",
    "secret",
    "password",
    "wachtwoord",
    "geheim",
)
HELP = """\
{name} {fault}.

Everything that is signed or encrypted hangs on it: who is signed in, invitations, and the voter's
answers in the cookie. Whoever guesses it, can be anyone. So the product does not start.

Draw one, and keep it out of the repository and out of mails:

    python3 -c "import secrets; print(secrets.token_urlsafe(60))"

Give it to every process as {name}. Does the weak one serve already? Then do not keep it among
SECRET_KEY_FALLBACKS: everybody signs in anew, and who is under way in the quiz begins again.
"""


def fault_of(secret: str) -> str:
    """Why this is no secret, as the end of a sentence; empty when it is one."""
    if len(secret) < SHORTEST:
        return f"has {len(secret)} characters, and needs {SHORTEST} or more"
    if secret.lower().startswith(EXAMPLES):
        return "begins as an example does, which everybody knows"
    if len(set(secret)) < FEWEST_KINDS:
        return f"is made of {len(set(secret))} different characters only"
    if (secret + secret).find(secret, 1) < len(secret):
        return "is one piece of text over and over"
    if bits(secret) < LEAST_BITS:
        return "is too regular: it was typed, not drawn at random"
    return ""


def bits(text: str) -> float:
    """What there is to guess at most, in bits, by how often each character stands in it."""
    counts = Counter(text).values()
    return sum(count * math.log2(len(text) / count) for count in counts)


def help_with(name: str, fault: str) -> str:
    """The paragraph that someone reads whose server does not start."""
    return HELP.format(name=name, fault=fault)
