"""What both sides of the judge's pipe use: a copy of this folder lies beside student code, so no secret and no answer may be here."""
