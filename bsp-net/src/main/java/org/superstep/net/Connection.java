package org.superstep.net;

/** A connection with another process, both ends authenticated; frames arrive in the order in which they were sent. Any thread may call. */
public interface Connection {
    /** A number that no other connection of this process has. */
    long id();

    /** Who is at the other end. */
    Party party();

    /** The address of the other end, as what is said of it names it. */
    String remote();

    /** Whether code may travel over it: what is sent stays on this machine, or is encrypted. */
    boolean isSafe();

    /** Takes a frame and returns at once; on a closed connection it is dropped. For control: what is sent so is little. */
    void send(Frame frame);

    /**
     * Takes a frame of data; waits while more is on its way than the connection's bound. On a closed connection it is dropped. Not to be
     * called by a listener. Where it goes through a network that is slow, a frame between workers may be packed: it arrives as a
     * {@link Frame.Type#PACKED}.
     *
     * @return how many bytes of body travel
     * @throws InterruptedException if the thread is interrupted while it waits; the frame has not been taken
     */
    int sendData(Frame frame) throws InterruptedException;

    /**
     * Flips a bit of what goes out next, behind what proves it, as a bad network does: so that it can be tried what that leads to.
     * {@link UnsupportedOperationException} where nothing goes out of this process.
     */
    void corrupt();

    /** Closes it; the other end hears the reason if it can. What was sent before still goes out where the other end takes it. */
    void close(String reason);
}
