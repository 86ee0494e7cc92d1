"""Every table, imported once, so that the metadata is whole wherever it is needed (migrations, tests, set-up)."""

from sqlmodel import SQLModel

from models import answers, assignments, directives, events, people, talk, units, upkeep

TABLE_MODULES = (units, people, answers, directives, assignments, events, talk, upkeep)
metadata = SQLModel.metadata
