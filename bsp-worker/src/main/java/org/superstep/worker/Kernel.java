package org.superstep.worker;

import org.superstep.graph.Direction;
import org.superstep.graph.internal.SendList;

/**
 * The loops of one phase: how what it says is delivered and how its vertices compute. All threads share it.
 *
 * <p>Delivery is the business of the phase that spoke, computing of the phase that computes. Where both are the same phase and messages are
 * pulled, {@link #pullAndCompute} does both at once and stores no message.
 */
abstract class Kernel {
    /** Who, of those that a vertex hears, has spoken. */
    enum Speaking { ALL, SOME, NONE }

    /** Whom the phase's broadcasts reach: by this, messages are counted. */
    final Direction direction;
    /** The hearing lists by which they are delivered. */
    final Direction structure;
    final Board board;
    /** Whether silent slots need not be asked for; false until {@link #findNeutrality} has found out. */
    boolean silenceIsNeutral;
    private boolean neutralityKnown;
    /** Who spoke, as the last pull was told. */
    Speaking pulledSpeaking = Speaking.NONE;

    Kernel(Direction direction, Direction structure, Board board) {
        this.direction = direction;
        this.structure = structure;
        this.board = board;
    }

    /**
     * Whether folding a silent slot that holds the identity changes nothing, whatever the weight of the edge between: for the lists of one
     * partition, by trying every weight that they hold.
     */
    abstract boolean isSilenceNeutral(int place);

    /** Asks {@link #isSilenceNeutral} for all partitions, once in the kernel's life. */
    final void findNeutrality(int partitions, Crew crew) {
        if (!neutralityKnown) {
            var neutral = new boolean[partitions];
            crew.run(partitions, (place, thread) -> neutral[place] = isSilenceNeutral(place));
            silenceIsNeutral = true;
            for (boolean inPartition : neutral) {
                silenceIsNeutral &= inPartition;
            }
            neutralityKnown = true;
        }
    }

    /**
     * Notes who of these has spoken, and who has not: for all speakers, before those pull who hear only some.
     *
     * @return what all that they said comes to over edges of weight 1, as raw bits
     */
    abstract long mark(Speakers speakers);

    /** Takes what {@link #mark} has returned for each group of speakers. */
    abstract void marked(long[] sums);

    /** Folds what each of the partition's vertices hears, and lets those compute that are awake or heard something. */
    abstract void pullAndCompute(int place, Lane lane, Speaking speaking);

    /** Folds what each of the partition's vertices hears into the inbox. */
    abstract void pull(int place, Lane lane, Speaking speaking);

    /**
     * Puts what each of the partition's vertices hears into the inbox, where it stays when the lists change by which it was heard. By
     * default
     * {@link #pull} does so.
     */
    void pullToKeep(int place, Lane lane, Speaking speaking) {
        pull(place, lane, speaking);
    }

    /** Carries what these speakers said into bins, one for each partition. */
    abstract void spread(int group, Adjacency fanOut, Lane lane);

    /** Folds the bins for a partition into its inbox. */
    abstract void fold(int place);

    /** Carries what everybody said straight into the inboxes, on one thread. */
    abstract void pushSerially(Adjacency fanOut, Lane lane);

    /** Appends what a slot said, as it would arrive over an edge of this weight, to a list that holds it back. */
    abstract void holdBack(SendList held, long senderId, long targetId, int slot, double weight);

    /** Puts a message into a vertex's inbox, behind those that are there. */
    abstract void receive(int place, int index, SendList sends, int number);

    /**
     * Shows to the lane's view what was delivered to a vertex of what this kernel's phase said; for a phase of another class that computes.
     *
     * @param heard whether there is anything
     * @param pulled whether it was delivered by {@link #pull} rather than pushed
     */
    abstract void listen(int place, int index, boolean heard, boolean pulled, Lane lane);

    /** The combiner's identity, as raw bits; of no meaning where messages are not folded. */
    abstract long identityBits();

    /** What was delivered to the partition has been computed with. */
    abstract void delivered(int place);

    /**
     * Lets the partition's vertices compute that are awake or have something in the inbox.
     *
     * @param spoken the kernel of the phase that spoke; where that has messages of another type, this one
     * @param pulled whether messages were delivered by {@link #pull} rather than pushed
     */
    abstract void compute(int place, Lane lane, Kernel spoken, boolean pulled);
}
