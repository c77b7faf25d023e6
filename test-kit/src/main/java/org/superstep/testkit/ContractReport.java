package org.superstep.testkit;

import java.util.List;

/**
 * What came of checking a program.
 *
 * @param program the program's name
 * @param findings what was found; empty where the contract is kept, as far as was tried
 * @param runs how often the program was run, by the engine and by interpreters
 * @param graphs on how many graphs
 * @param seed what jobs, graphs and shapes were drawn by
 * @param isComplete whether all was tried that was to be; else the time was up
 */
public record ContractReport(String program, List<Finding> findings, int runs, int graphs, long seed, boolean isComplete) {
    /** Copies the findings. */
    public ContractReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found. */
    public boolean isKept() {
        return findings.isEmpty();
    }

    /** What was tried and found, one line for each finding after the first; no line end behind the last. */
    @Override public String toString() {
        var text = new StringBuilder(program).append(isKept() ? " keeps the contract: " : " breaks the contract: ");
        if (!isKept()) {
            text.append(findings.size()).append(findings.size() == 1 ? " finding in " : " findings in ");
        }
        text.append(runs).append(runs == 1 ? " run on " : " runs on ").append(graphs).append(graphs == 1 ? " graph" : " graphs")
            .append(", seed ").append(seed);
        if (!isComplete) {
            text.append("; the time was up before all was tried");
        }
        for (Finding finding : findings) {
            text.append("\n  ").append(finding);
        }
        return text.toString();
    }
}
