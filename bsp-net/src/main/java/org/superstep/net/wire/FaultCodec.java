package org.superstep.net.wire;

import org.superstep.net.Fault;
import org.superstep.net.wire.proto.Proto;

/** Why something failed; without its cause, which is an object of the process in which it was thrown. */
final class FaultCodec {
    private static final Fields FAULT = new Fields("Fault");

    private FaultCodec() {
    }

    static Proto.Fault encode(Fault fault) {
        return Proto.Fault.newBuilder().setKindValue(Fields.place(fault.kind())).setMessage(fault.message())
            .addAllDetails(fault.details()).build();
    }

    static Fault decode(Proto.Fault fault) {
        return new Fault(FAULT.constant("kind", Fault.Kind.values(), fault.getKindValue()), fault.getMessage(), fault.getDetailsList(),
            null);
    }
}
