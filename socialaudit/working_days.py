"""Working days on the calendar of England and Wales: the clocks of requests for information.

A working day is any day but a Saturday, a Sunday, Christmas Day, Good Friday and a bank holiday
(section 10(6)). The Act leaves out the bank holidays of *every* part of the United Kingdom. Those
that only Scotland or Northern Ireland keep are working days here, so a date given here may be a day
or two before the law's last day, and is never after it.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


def after(received: date, days: int) -> date:
    """The working day that is so many working days (at least 1) after a day.

    The day itself never counts, be it a working day or not: the first working day after it is
    day 1 (section 10(1), "following the date of receipt").
    """
    return _calendar().get_nth_working_day(received, days)


def a_month_after(received: date) -> date:
    """The last day to answer somebody who asks for their own data (UK GDPR, article 12(3)).

    The same day of the next month, or its last; where that is no working day, the next that is.
    """
    year, month = divmod(received.year * 12 + received.month, 12)
    last = date(year, month + 1, min(received.day, monthrange(year, month + 1)[1]))
    return last if _calendar().is_working_day(last) else after(last, 1)


@cache
def _calendar() -> HolidayBase:
    import holidays  # noqa: PLC0415 - a tenth of a second that listing the checks need not wait for

    return holidays.country_holidays("GB", subdiv="ENG")
