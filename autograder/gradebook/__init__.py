"""Verdicts to grades: nbgrader's gradebook, the class report, exports. The only place that knows nbgrader."""
