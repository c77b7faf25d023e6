package org.superstep.net.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.net.Delivery;
import org.superstep.net.Fault;
import org.superstep.net.FromClient;
import org.superstep.net.FromMember;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;
import org.superstep.net.ToMaster;
import org.superstep.net.ToMember;
import org.superstep.net.ToWorker;
import org.superstep.net.wire.proto.Proto;

class ControlCodecTest {
    private static final int SEEDS = 200;

    static Stream<Class<?>> messages() {
        return Stream.of(FromMember.class, ToMember.class, FromClient.class, ToClient.class, ToWorker.class, ToMaster.class)
            .flatMap(RandomMessages::casesOf);
    }

    /** A message, in the one that carries it where it does not travel by itself. */
    private static Object carried(Object message) {
        return message instanceof ToWorker command ? new ToMember.Tell(3, command)
            : message instanceof ToMaster report ? new FromMember.Says(3, report) : message;
    }

    private static byte[] encoded(Object message) {
        if (message instanceof FromMember said) {
            return ControlCodec.encode(said);
        } else if (message instanceof ToMember said) {
            return ControlCodec.encode(said);
        } else if (message instanceof FromClient said) {
            return ControlCodec.encode(said);
        }
        return ControlCodec.encode((ToClient) message);
    }

    private static Object decoded(Object original, byte[] bytes) {
        return original instanceof FromMember ? ControlCodec.fromMember(bytes)
            : original instanceof ToMember ? ControlCodec.toMember(bytes)
            : original instanceof FromClient ? ControlCodec.fromClient(bytes) : ControlCodec.toClient(bytes);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsSaidArrivesAsItWasSaid(Class<?> type) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Object message = carried(new RandomMessages(seed).any(type));
            assertThat(RandomMessages.told(decoded(message, encoded(message)))).as("seed %d", seed).isEqualTo(RandomMessages.told(message));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void damagedBytesAreRefusedOrAreAnotherMessage(Class<?> type) {
        for (int seed = 0; seed < 3; seed++) {
            Object message = carried(new RandomMessages(seed).any(type));
            var damage = new Damage(type + ", seed " + seed, bytes -> decoded(message, bytes));
            damage.tryAll(encoded(message));
            damage.tryGarbage(encoded(message), new SplittableRandom(seed));
        }
    }

    @Test
    void aFaultLosesItsCauseAndNothingElse() {
        var fault = new Fault(Fault.Kind.INPUT, "line 3: no number", List.of("the line", "another"), new IllegalStateException("lost"));
        var failed = new ToMaster.Failed(2, fault);
        assertThat(ControlCodec.fromMember(ControlCodec.encode(new FromMember.Says(1, failed))))
            .isEqualTo(new FromMember.Says(1, new ToMaster.Failed(2, fault.withoutCause())));
    }

    @Test
    void aggregatesKeepTheirOrderAndTypesAndThereIsOneNaN() {
        var aggregates = new LinkedHashMap<String, Object>();
        aggregates.put("z", Double.longBitsToDouble(0x7FF0_0000_0000_0001L));
        aggregates.put("a", 1L);
        aggregates.put("m", 1.0);
        aggregates.put("b", false);
        aggregates.put("c", -0.0);
        var ended = new ToClient.SuperstepEnded(1, 2, "phase", Delivery.AUTO, 3, 4, 5, 6, aggregates);
        var arrived = (ToClient.SuperstepEnded) ControlCodec.toClient(ControlCodec.encode(ended));
        aggregates.put("z", Double.NaN);
        assertThat(RandomMessages.told(arrived.aggregates())).isEqualTo(RandomMessages.told(aggregates));
    }

    @Test
    void placesOfConstantsAreThoseOfTheProtocol() {
        assertSame(Delivery.values(), Proto.Delivery.getDescriptor());
        assertSame(Fault.Kind.values(), Proto.Fault.Kind.getDescriptor());
        assertSame(ToClient.JobState.values(), Proto.ToClient.Job.State.getDescriptor());
    }

    private static void assertSame(Enum<?>[] ours, EnumDescriptor theirs) {
        assertThat(theirs.getValues().stream().map(EnumValueDescriptor::getName))
            .containsExactlyElementsOf(Stream.concat(Stream.of("MISSING"), Arrays.stream(ours).map(Enum::name)).toList());
        assertThat(Arrays.stream(ours).map(Fields::place)).containsExactlyElementsOf(
            theirs.getValues().stream().skip(1).map(EnumValueDescriptor::getNumber).toList());
    }

    static Stream<Arguments> wrongMessages() {
        return Stream.of(
            toMember(message -> {
            }, "ToMember holds no message that is known"),
            toMember(message -> message.getTellBuilder().setAttempt(1), "ToMember.Tell.command is missing"),
            toMember(message -> message.getTellBuilder().setAttempt(-1).getCommandBuilder().getSampleBuilder(),
                "ToMember.Tell.attempt must be at least 0, was -1"),
            toMember(message -> message.getTellBuilder().getCommandBuilder(), "ToWorker holds no command that is known"),
            toMember(message -> message.getTellBuilder().getCommandBuilder().getRunSuperstepBuilder(),
                "ToWorker.RunSuperstep.delivery must be from 1 to 3, was 0"),
            toMember(message -> message.getTellBuilder().getCommandBuilder().getRunSuperstepBuilder().setDeliveryValue(4),
                "ToWorker.RunSuperstep.delivery must be from 1 to 3, was 4"),
            toMember(message -> message.getTellBuilder().getCommandBuilder().getRunSuperstepBuilder().setSuperstep(-7),
                "ToWorker.RunSuperstep.superstep must be at least 0, was -7"),
            toMember(message -> message.getTellBuilder().getCommandBuilder().getLoadBuilder(),
                "ToWorker.Load.placement is wrong: 0 cuts make 1 partitions, was 0"),
            toMember(message -> message.getTellBuilder().getCommandBuilder().getLoadBuilder().setFirsts(ByteString.copyFrom(new byte[9])),
                "ToWorker.Load.firsts must be a multiple of 8 bytes, was 9"),
            toMember(message -> message.getTellBuilder().getCommandBuilder().getLoadBuilder().setOwners(ByteString.fromHex("ffffffff")),
                "ToWorker.Load.owners must be at least 0, was -1"),
            toMember(message -> message.getPrepareBuilder(), "ToMember.Prepare.spec is missing"),
            toMember(message -> message.getPrepareBuilder().setSpec(Proto.JobSpec.getDefaultInstance()).addPeersBuilder().setPort(65_536),
                "ToMember.Peer.port must be from 0 to 65535, was 65536"),
            toMember(message -> message.getPrepareBuilder().getSpecBuilder().addJarsBuilder().setSha256("../../etc/passwd"),
                "JobSpec.Jar.sha256 must be 64 hexadecimal digits, was 16 characters"),
            toMember(message -> message.getJarBuilder().setSha256("0".repeat(64)).setOffset(-1),
                "JobSpec.JarPiece.offset must be at least 0, was -1"),
            toMember(message -> message.getJarBuilder().setSha256("0".repeat(64))
                .setBytes(ByteString.copyFrom(new byte[JobSpec.JarPiece.MOST_BYTES + 1])),
                "JobSpec.JarPiece.bytes must be at most 1048576 bytes, was 1048577"),
            fromMember(message -> {
            }, "FromMember holds no message that is known"),
            fromMember(message -> message.getWantsJarBuilder().setSha256("/"),
                "FromMember.WantsJar.sha256 must be 64 hexadecimal digits, was 1 characters"),
            fromMember(message -> message.getSaysOfJobBuilder(), "FromMember.Says.message is missing"),
            fromMember(message -> message.getSaysOfJobBuilder().getMessageBuilder(), "ToMaster holds no report that is known"),
            fromMember(message -> message.getSaysOfJobBuilder().getMessageBuilder().setWorker(-1).getSampledBuilder(),
                "ToMaster.worker must be at least 0, was -1"),
            fromMember(message -> message.getSaysOfJobBuilder().getMessageBuilder().getSuperstepDoneBuilder(),
                "ToMaster.SuperstepDone.effort is missing"),
            fromMember(message -> message.getSaysOfJobBuilder().getMessageBuilder().getTracedBuilder().addTexts("x"),
                "ToMaster.Traced.texts must be 0, one of each vertex, was 1"),
            fromMember(message -> message.getSaysOfJobBuilder().getMessageBuilder().getFailedBuilder(),
                "Fault.kind must be from 1 to 4, was 0"),
            arguments(Proto.FromClient.getDefaultInstance().toByteArray(), ControlCodec::fromClient,
                "FromClient holds no message that is known"),
            toClient(message -> {
            }, "ToClient holds no message that is known"),
            toClient(message -> message.getJobsBuilder().addJobsBuilder().setStateValue(8),
                "ToClient.Job.state must be from 1 to 7, was 8"),
            toClient(message -> message.getFailedBuilder(), "ToClient.Failed.fault is missing"),
            toClient(message -> message.getSuperstepEndedBuilder().addAggregatesBuilder(),
                "ToClient.SuperstepEnded.aggregates must each have a value"),
            toClient(message -> message.getSuperstepEndedBuilder().addAggregates(aggregate()).addAggregates(aggregate()),
                "ToClient.SuperstepEnded.aggregates must each have a name of its own"));
    }

    private static Proto.ToClient.Aggregate aggregate() {
        return Proto.ToClient.Aggregate.newBuilder().setName("sum").setWhole(1).build();
    }

    private static Arguments toMember(Consumer<Proto.ToMember.Builder> maker, String refusal) {
        var message = Proto.ToMember.newBuilder();
        maker.accept(message);
        return arguments(message.build().toByteArray(), ControlCodec::toMember, refusal);
    }

    private static Arguments fromMember(Consumer<Proto.FromMember.Builder> maker, String refusal) {
        var message = Proto.FromMember.newBuilder();
        maker.accept(message);
        return arguments(message.build().toByteArray(), ControlCodec::fromMember, refusal);
    }

    private static Arguments toClient(Consumer<Proto.ToClient.Builder> maker, String refusal) {
        var message = Proto.ToClient.newBuilder();
        maker.accept(message);
        return arguments(message.build().toByteArray(), ControlCodec::toClient, refusal);
    }

    private static Arguments arguments(byte[] bytes, Consumer<byte[]> decoder, String refusal) {
        return Arguments.of(refusal, bytes, decoder);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongMessages")
    void whatIsWrongIsSaidWithTheNamesOfMessageAndField(String refusal, byte[] bytes, Consumer<byte[]> decoder) {
        assertThatThrownBy(() -> decoder.accept(bytes)).isInstanceOf(WireException.class).hasMessage(refusal);
    }

    @Test
    void anAggregateOfAnotherTypeIsTheSendersMistake() {
        var ended = new ToClient.SuperstepEnded(1, 2, "phase", Delivery.AUTO, 3, 4, 5, 6, Map.of("top", List.of()));
        assertThatThrownBy(() -> ControlCodec.encode(ended)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("aggregate \"top\" must be a Double, Long or Boolean, was []");
    }
}
