package org.superstep.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The most memory that this process has held.
 *
 * @param bytes how much
 * @param isResident whether that is all memory of the process, as the system counts it; otherwise it is the heap's present size
 */
record PeakMemory(long bytes, boolean isResident) {
    private static final String PEAK_RESIDENT = "VmHWM:";

    /** As of now. Linux tells in a file; asking the JVM's management beans instead would load some hundred classes. */
    static PeakMemory now() {
        try (var in = new FileInputStream("/proc/self/status")) {
            String status = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            int at = status.indexOf(PEAK_RESIDENT);
            if (at >= 0) {
                long kilobytes = 0;
                for (int i = at + PEAK_RESIDENT.length(); status.charAt(i) != 'k'; i++) {
                    char c = status.charAt(i);
                    kilobytes = c >= '0' && c <= '9' ? 10 * kilobytes + c - '0' : kilobytes;
                }
                return new PeakMemory(kilobytes << 10, true);
            }
        } catch (IOException e) {
            // No such file: not Linux.
        }
        return new PeakMemory(Runtime.getRuntime().totalMemory(), false);
    }
}
