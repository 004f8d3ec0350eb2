"""What lesson 00 is called."""

from __future__ import annotations

from autograder.writing import Lesson

lesson = Lesson("00_start_here", "Start here", "What does a number look like in a computer, and how does this course talk to you?")
