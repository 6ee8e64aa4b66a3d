"""What people get: findings → view model → email, web report, results, spreadsheet → mail.

Everything a report says is in the ``Audit`` it is given; nothing here touches store or network,
save ``send`` of a mail server and of Microsoft 365. Words are computed once, in ``view``; templates compute nothing.
"""
