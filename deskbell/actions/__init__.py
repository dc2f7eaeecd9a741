"""What people do, one file each: plain synchronous functions over a transaction.

Every action checks, changes and returns an `Outcome`: the answer and what must be announced.
Nothing else writes, so no path can skip a check. Queries only read and return their answer.
"""
