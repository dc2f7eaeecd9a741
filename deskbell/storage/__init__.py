"""Rows: the only package that speaks SQL, through SQLAlchemy Core and synchronous drivers."""
