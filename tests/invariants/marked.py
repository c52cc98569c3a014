"""Words that are nowhere else: of the earner, of the evidence, of the assessor."""

NAME = "Ysolde Marrowgate"
RESPONSE = "the quoll of this response"
EVIDENCE = "the numbat of this artifact"
FEEDBACK = "The bandicoot of this plan is its patience."
TYPED = "wombat"
FAULT = "the potoroo of a fault"
PASSPHRASE = "a passphrase of pademelons"  # noqa: S105 (made up)
EARNER = "earner-of-the-bilby"
MARKED = (NAME, RESPONSE, EVIDENCE, FEEDBACK, TYPED, FAULT, PASSPHRASE, EARNER)
