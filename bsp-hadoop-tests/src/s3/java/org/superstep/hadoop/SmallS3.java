package org.superstep.hadoop;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.PutOptions2;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpResponseException;

/** An S3 with one bucket in the memory of this JVM, on the loopback interface; started for the first test, gone with the JVM. */
final class SmallS3 {
    private static final String BUCKET = "checkpoints";
    private static final AtomicInteger FOLDERS = new AtomicInteger();
    private static final S3Proxy SERVER = started();

    private SmallS3() {
    }

    private static S3Proxy started() {
        var context = ContextBuilder.newBuilder(new TransientApiMetadata()).credentials("here", "none")
            .build(BlobStoreContext.class);
        BlobStore objects = context.getBlobStore();
        objects.createContainerInLocation(null, BUCKET);
        var server = S3Proxy.builder().blobStore(new Exclusive(objects)).endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "somebody", "secret").ignoreUnknownHeaders(true).build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return server;
    }

    /** A new folder of its own, which nobody has made: there are none in S3. */
    static Path folder() {
        return Path.of(URI.create("s3a://" + BUCKET + "/folder" + FOLDERS.incrementAndGet()));
    }

    /** Writes the settings by which clients find it, into a folder for HADOOP_CONF_DIR. */
    static void configure(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("core-site.xml"), """
            <configuration>
              <property><name>fs.s3a.endpoint</name><value>http://127.0.0.1:%d</value></property>
              <property><name>fs.s3a.endpoint.region</name><value>us-east-1</value></property>
              <property><name>fs.s3a.path.style.access</name><value>true</value></property>
              <property><name>fs.s3a.access.key</name><value>somebody</value></property>
              <property><name>fs.s3a.secret.key</name><value>secret</value></property>
            </configuration>
            """.formatted(SERVER.getPort()));
    }

    /** What S3 promises, and this stand-in, which looks before it writes, does not: of several that create an object at once one does. */
    private static final class Exclusive extends ForwardingBlobStore {
        Exclusive(BlobStore objects) {
            super(objects);
        }

        @Override public synchronized String putBlob(String bucket, Blob object, PutOptions options) {
            if (options instanceof PutOptions2 conditions && conditions.getIfNoneMatch() != null
                && blobExists(bucket, object.getMetadata().getName())) {
                var response = HttpResponse.builder().statusCode(412).message("Precondition Failed").build();
                throw new HttpResponseException("it is there", null, response);
            }
            return super.putBlob(bucket, object, options);
        }
    }
}
