"""The course around the engine: text to notebooks, notebooks to nbgrader, verdicts to grades. The only place that knows nbgrader."""
