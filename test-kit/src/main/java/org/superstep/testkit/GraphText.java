package org.superstep.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.superstep.testkit.TestGraph.Edge;

/** A graph's text, read from front to back. */
final class GraphText {
    /** A longer text is no name: findings and failures would be hard to read. */
    private static final int LONGEST_NAME = 80;

    private final String text;
    private final List<Edge> edges = new ArrayList<>();
    private final TreeSet<Long> vertices = new TreeSet<>();
    private boolean weighted;
    private int at;

    GraphText(String text) {
        this.text = text;
    }

    TestGraph parse() {
        while (true) {
            skip(true);
            if (at == text.length()) {
                break;
            }
            path();
            skip(false);
            if (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != ',') {
                throw fault("expected ->, --, a comma or the line's end");
            }
        }
        String name = text.strip();
        boolean isShort = name.length() <= LONGEST_NAME && name.indexOf('\n') < 0;
        return TestGraph.of(isShort ? '"' + name + '"' : vertices.size() + " vertices and " + edges.size() + " edges", edges, vertices,
            weighted);
    }

    /** A vertex, and edges from each to the next. */
    private void path() {
        long source = id("a vertex id");
        vertices.add(source);
        skip(false);
        while (text.startsWith("->", at) || text.startsWith("--", at)) {
            boolean bothWays = text.charAt(at + 1) == '-';
            at += 2;
            skip(false);
            long target = id("a vertex id after " + (bothWays ? "--" : "->"));
            vertices.add(target);
            skip(false);
            double weight = weight();
            edges.add(new Edge(source, target, weight));
            if (bothWays && source != target) {
                edges.add(new Edge(target, source, weight));
            }
            source = target;
            skip(false);
        }
    }

    private long id(String what) {
        int end = wordEnd();
        try {
            long id = Long.parseLong(text.substring(at, end));
            at = end;
            return id;
        } catch (NumberFormatException e) {
            throw fault("expected " + what);
        }
    }

    private double weight() {
        int end = wordEnd();
        if (end == at || text.startsWith("->", at) || text.startsWith("--", at)) {
            return 1;
        }
        double weight;
        try {
            weight = Double.parseDouble(text.substring(at, end));
        } catch (NumberFormatException e) {
            throw fault("expected a weight, ->, --, a comma or the line's end");
        }
        if (!(Math.abs(weight) <= Double.MAX_VALUE)) {
            throw fault("a weight must be finite");
        }
        at = end;
        weighted = true;
        return weight;
    }

    /** Where a number ends that begins here: at a blank, a comma, a comment, or the sign of an edge. An exponent may have a sign. */
    private int wordEnd() {
        int end = at;
        while (end < text.length() && " \t\r\n,#".indexOf(text.charAt(end)) < 0
                && !(end > at && (text.startsWith("->", end) || text.startsWith("--", end)))) {
            end++;
        }
        return end;
    }

    /** Passes over blanks and comments, and where asked for over what parts one path from the next. */
    private void skip(boolean separatorsToo) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\r' || separatorsToo && (c == '\n' || c == ',')) {
                at++;
            } else {
                return;
            }
        }
    }

    private IllegalArgumentException fault(String expected) {
        int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
        int column = at - text.lastIndexOf('\n', at - 1);
        int end = Math.max(wordEnd(), Math.min(at + 1, text.length()));
        String found = at == text.length() ? "the end of the text"
            : text.charAt(at) == '\n' ? "the line's end" : '"' + text.substring(at, end) + '"';
        return new IllegalArgumentException("line " + line + ", column " + column + ": " + expected + ", was " + found
            + "; a graph looks like this: 1 -> 2 0.5, 2 -- 3, 4");
    }
}
