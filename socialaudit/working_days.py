"""Working days on the calendar of England and Wales: the clock of the Freedom of Information Act.

A working day is any day but a Saturday, a Sunday, Christmas Day, Good Friday and a bank holiday
(section 10(6)). The Act leaves out the bank holidays of *every* part of the United Kingdom. Those
that only Scotland or Northern Ireland keep are working days here, so a date given here may be a day
or two before the law's last day, and is never after it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from holidays import HolidayBase


def after(received: date, days: int) -> date:
    """The working day that is so many working days (at least 1) after a day.

    The day itself never counts, be it a working day or not: the first working day after it is
    day 1 (section 10(1), "following the date of receipt").
    """
    return _calendar().get_nth_working_day(received, days)


@cache
def _calendar() -> HolidayBase:
    import holidays  # noqa: PLC0415 - a tenth of a second that listing the checks need not wait for

    return holidays.country_holidays("GB", subdiv="ENG")
