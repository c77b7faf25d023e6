/**
 * The {@code superstep} command: from words on a command line to a job, and from its end to a table, files and an exit status.
 *
 * <p>Read {@link org.superstep.cli.Main} first: it picks the command and turns every fault into one line and a status.
 * {@code RunCommand} reads like a run: what is asked, where rows go, the job, what came out. {@code RunOptions} holds every option of a run
 * with its help text, and {@code CommandOptions} hands the words to Commons CLI. On a cluster {@code Submission} puts a run into words that
 * mean the same on all machines, and {@code CommandLineJobs} makes the job of them there; {@code LocalCluster} is one for a single run.
 * {@code Programs} has the bundled programs, {@code ProgramJars} the user's own. {@code Precautions} is what is said of failures,
 * {@code SavedRun} a folder of checkpoints as users name it, and {@code ResumeCommand} makes of one the words of a run once more.
 * {@code ReplayCommand} looks at vertices in supersteps long over; {@code Scenes} takes down what they do, and {@code SceneSource} writes
 * it as tests.
 *
 * <p>Three invariants hold. Standard output carries answers only (tables, rows, help that was asked for); all else goes to standard error.
 * A fault is one line that names the thing, the place and the remedy; a stack trace needs {@code --verbose}. And starting is cheap: what a
 * run does not need, it does not load ({@code LoadedClassesTest}), so there are no streams, regular expressions or formatters on that way.
 */
package org.superstep.cli;
