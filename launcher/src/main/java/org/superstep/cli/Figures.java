package org.superstep.cli;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers as people read them. Written by hand because {@code String.format} loads locales and regular expressions: the first call takes
 * 13 ms, with or without a class-data archive (measured), of a run that should take 100.
 */
final class Figures {
    private static final int MOST_DECIMALS = 9;
    private static final long[] POWERS = new long[19];
    private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final String[] TIME_UNITS = {"ns", "µs", "ms", "s"};

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private Figures() {
    }

    /** {@code 1,497,134}. */
    static String count(long number) {
        String digits = Long.toString(number);
        int first = number < 0 ? 1 : 0;
        var text = new StringBuilder(digits.length() * 4 / 3 + 1);
        for (int i = 0; i < digits.length(); i++) {
            if (i > first && (digits.length() - i) % 3 == 0) {
                text.append(',');
            }
            text.append(digits.charAt(i));
        }
        return text.toString();
    }

    /** {@code 1 vertex}, {@code 34 vertices}. */
    static String counted(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** {@code 3.71 MB}; units of 1000, as for files and disks. */
    static String bytes(long bytes) {
        return scaled(bytes, BYTE_UNITS);
    }

    /** {@code 412 ms}, {@code 1.83 s}, {@code 754 s}. */
    static String time(long nanos) {
        return scaled(nanos, TIME_UNITS);
    }

    /** Three digits and a unit, each unit a thousand of the one before. */
    private static String scaled(long number, String[] units) {
        double value = number;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return (unit == 0 ? Long.toString(number) : threeDigits(value)) + " " + units[unit];
    }

    /** Three digits, as many of them after the point as there is room for; all of the digits before it. */
    static String threeDigits(double value) {
        return fixed(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
    }

    /** So many digits after the point, rounded half up; for magnitudes that fit a long once shifted. */
    static String fixed(double value, int decimals) {
        long shifted = Math.round(Math.abs(value) * POWERS[decimals]);
        String digits = Long.toString(shifted);
        var text = new StringBuilder();
        if (value < 0 && shifted != 0) {
            text.append('-');
        }
        for (int i = digits.length(); i <= decimals; i++) {
            text.append('0');
        }
        text.append(digits);
        if (decimals > 0) {
            text.insert(text.length() - decimals, '.');
        }
        return text.toString();
    }

    /**
     * Values that stand in one column: all with the same number of decimals, which shows the largest with six digits that count, or
     * each by itself where that would leave too little of the smallest.
     */
    static String[] column(double[] values) {
        double greatest = 0;
        double least = Double.MAX_VALUE;
        boolean whole = true;
        for (double value : values) {
            double magnitude = Math.abs(value);
            if (magnitude > 0 && magnitude <= Double.MAX_VALUE) {
                greatest = Math.max(greatest, magnitude);
                least = Math.min(least, magnitude);
                whole &= magnitude == Math.rint(magnitude);
            }
        }
        int decimals = 0;
        while (!whole && decimals <= MOST_DECIMALS && greatest * POWERS[decimals] < 99_999.5) {
            decimals++;
        }
        boolean fits = greatest < 1e15 && decimals <= MOST_DECIMALS && (whole || least * POWERS[decimals] >= 99.5);
        var texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = fits && Math.abs(values[i]) <= Double.MAX_VALUE ? fixed(values[i], decimals) : sixDigits(values[i]);
        }
        if (fits) {
            stripCommonZeros(values, texts, decimals);
        }
        return texts;
    }

    private static void stripCommonZeros(double[] values, String[] texts, int decimals) {
        int kept = 0;
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) <= Double.MAX_VALUE) {
                int own = decimals;
                while (own > kept && texts[i].charAt(texts[i].length() - 1 - (decimals - own)) == '0') {
                    own--;
                }
                kept = own;
            }
        }
        if (kept < decimals) {
            int cut = decimals - kept + (kept == 0 ? 1 : 0);
            for (int i = 0; i < values.length; i++) {
                if (Math.abs(values[i]) <= Double.MAX_VALUE) {
                    texts[i] = texts[i].substring(0, texts[i].length() - cut);
                }
            }
        }
    }

    /** At most six digits that count: {@code 1.5}, {@code 6.02214E+23}, {@code Infinity}. */
    static String sixDigits(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return value == 0 ? "0" : Double.toString(value);
        }
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toString();
    }
}
