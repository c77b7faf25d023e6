package org.superstep.simulation;

import org.superstep.net.HostPort;
import org.superstep.net.Party;

/**
 * A wish for a connection.
 *
 * @param to where
 * @param party who calls
 * @param worker for a peer, which of the job's workers is called; else 0
 */
record Call(HostPort to, Party party, int worker) {
}
