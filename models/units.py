"""Units of the register and the groups letters speak of."""

from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import json_field


class Unit(SQLModel, table=True):
    """A body that can be given a task. `aliases`: forms seen in letters. `successor_id`: who took over after `valid_to`."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=200)
    kind: str = Field(max_length=40, index=True, description="sở, ban, văn phòng, xã, phường, doanh nghiệp, phòng …")
    short_name: str = Field(default="", max_length=80)
    aliases: list[str] = json_field(list)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    valid_from: date | None = None
    valid_to: date | None = Field(default=None, description="last day the unit existed")
    successor_id: int | None = Field(default=None, foreign_key="unit.id")
    address_as: str = Field(
        default="đồng chí", max_length=20, description="how its people are addressed; Anh/Chị for enterprises"
    )
    source: str = Field(default="", max_length=200)


class UnitGroup(SQLModel, table=True):
    """A phrase of letters ("UBND các xã, phường") and the units it means while it is valid.

    Members are the units of `kinds` (of `parent_code` when set) plus those named by `codes`, minus `except_codes`.
    """

    __table_args__ = (UniqueConstraint("phrase", "valid_from"),)

    id: int | None = Field(default=None, primary_key=True)
    phrase: str = Field(max_length=200)
    aliases: list[str] = json_field(list)
    kinds: list[str] = json_field(list)
    codes: list[str] = json_field(list)
    except_codes: list[str] = json_field(list)
    parent_code: str = Field(default="", max_length=40)
    valid_from: date = date(1900, 1, 1)
    valid_to: date | None = None


class Role(StrEnum):
    """What a person is in a unit. The contact of a letter is no role: it is a relation to a Directive."""

    OWNER = "owner"
    DEPUTY = "deputy"
    HEAD = "head"
    LEADER = "leader"
    ADMIN = "admin"
