"""The encrypted local cache: database, files and journal. Rows never leave; see docs/store.md."""
