package org.superstep.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON text's plain values by where they stand: {@code supersteps.0.number}. */
final class JsonValues {
    private JsonValues() {
    }

    static Map<String, String> of(String text) throws IOException {
        var values = new LinkedHashMap<String, String>();
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    String path = parser.getParsingContext().pathAsPointer().toString().substring(1).replace('/', '.');
                    values.put(path, parser.getText());
                }
            }
        }
        return values;
    }
}
