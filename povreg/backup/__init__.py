"""Encrypted backups of database, attachments and configuration, and the way back."""
