"""First run, sign-in and unlocking: how an assessor gets in."""
