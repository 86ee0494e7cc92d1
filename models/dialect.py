"""Which of the two databases a session is on, for the few places where their SQL differs."""

from sqlmodel import Session


def on_postgresql(session: Session) -> bool:
    """Whether the session's database is PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"
