"""What runs inside the sandbox, beside student code. A copy of this folder lies there, so no secret and no answer may be here."""
