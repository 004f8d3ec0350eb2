# nbgrader on this course's folders. Everything that teachers may want to change is here; what it means is in docs/grading.md.
import os
import shutil
import sys
import sysconfig
from pathlib import Path

c = get_config()  # noqa: F821 - nbgrader puts it there
root = Path(__file__).resolve().parent
if str(root) not in sys.path:  # the nbgrader command does not look for packages where it is called
    sys.path.insert(0, str(root))
if not shutil.which(
    "alembic"
):  # nbgrader runs this command for a new gradebook; it lies beside Python, also where nobody activated the environment
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])

from autograder.files.course import local_settings, work_of  # noqa: E402 - only now is the package to be found
from autograder.files.settings import private_work, sqlite_url  # noqa: E402 - only now is the package to be found
from autograder.gradebook.careful import be_careful, safe_pages  # noqa: E402

work = os.path.relpath(work_of(root), root)  # "work", unless local.toml says otherwise

c.CourseDirectory.course_id = "from-h-to-eta"
c.CourseDirectory.root = str(root)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = os.path.join(work, "submitted")
c.CourseDirectory.autograded_directory = os.path.join(work, "autograded")
c.CourseDirectory.feedback_directory = os.path.join(work, "feedback")
c.CourseDirectory.solution_directory = os.path.join(work, "solution")
c.CourseDirectory.source_with_tests_directory = os.path.join(work, "source_with_tests")
c.CourseDirectory.db_url = sqlite_url(work_of(root) / "gradebook.db")
private_work(root, gradebook=False)  # sqlite makes no folders, and its files for everybody to read

# What is cut out of a lesson, and what learners find in its place.
c.ClearSolutions.begin_solution_delimeter = "### BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "### END SOLUTION"
c.ClearSolutions.code_stub = {"python": "# Your code goes here, in place of the next line.\nraise NotImplementedError"}
c.ClearSolutions.text_stub = "*Your sentence here.*"

# The exchange gets what `python -m autograder handout` gives out, whatever else lies in notebooks/.
c.ExchangeFactory.release_assignment = "autograder.course.exchange.ReleaseFromAllowList"
# What comes back from it is that of the account whose file it is, and no link to what students cannot read.
c.ExchangeFactory.collect = "autograder.course.exchange_collect.CollectFromOwner"

# Grading: the judge runs what students wrote in a sandbox; nbgrader's own Execute would run it beside the gradebook.
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "autograder.gradebook.nbgrader_steps.RestoreCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.gradebook.nbgrader_steps.JudgeExecute",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.exporter_class = "autograder.gradebook.nbgrader_steps.RepairingExporter"
c.Autograde.pre_convert_hook = "autograder.gradebook.nbgrader_steps.forget_old_grades"
c.Autograde.permissions = c.GenerateFeedback.permissions = 640  # grades: nobody else on the machine reads them
c.GenerateFeedback.exporter_class = "autograder.gradebook.exchange_feedback.FeedbackExporter"
c.GenerateFeedback.preprocessors = []
c.ExchangeFactory.release_feedback = "autograder.gradebook.exchange_feedback.ReleaseFeedback"
c.ExportApp.plugin_class = "autograder.gradebook.nbgrader_steps.CarefulExport"

# What students wrote is shown to teachers: nothing in it may run in their browser.
c.HTMLExporter.preprocessors = ["autograder.gradebook.viewing.SafeNotebook"]
c.HTMLExporter.filters = {"markdown2html": "autograder.gradebook.viewing.safe_markdown"}
safe_pages()

# A name is no command to the terminal, and no folder or file of one student stops a command.
c.Application.logging_config = {"formatters": {"console": {"class": "autograder.gradebook.careful.OneLine"}}}
be_careful()

# What local.toml says of nbgrader's classes comes last, so that it counts.
for name, traits in local_settings(root).get("nbgrader", {}).items():
    c[name].update(traits)
