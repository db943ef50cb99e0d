"""Reads what somebody uploads in a process of its own, which is given little and knows nothing.

A file comes from anyone. Its reader runs apart from the web process (`apart`), within limits of
time and memory that the system itself holds, without a secret, a setting or a database (`child`),
and hands back plain data. What it does not take, it says with a `Refusal`.
"""
