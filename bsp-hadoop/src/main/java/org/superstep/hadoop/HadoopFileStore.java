package org.superstep.hadoop;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;

/** How much room there is, copies counted one by one. */
final class HadoopFileStore extends FileStore {
    private final HadoopClient client;
    private final HadoopPath path;

    HadoopFileStore(HadoopClient client, HadoopPath path) {
        this.client = client;
        this.path = path;
    }

    @Override public String name() {
        return path.getFileSystem().toString();
    }

    @Override public String type() {
        return path.getFileSystem().provider().getScheme();
    }

    @Override public boolean isReadOnly() {
        return false;
    }

    @Override public long getTotalSpace() throws IOException {
        return client.room(path).getCapacity();
    }

    @Override public long getUsableSpace() throws IOException {
        return client.room(path).getRemaining();
    }

    @Override public long getUnallocatedSpace() throws IOException {
        return getUsableSpace();
    }

    @Override public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
        return type == BasicFileAttributeView.class;
    }

    @Override public boolean supportsFileAttributeView(String name) {
        return name.equals("basic");
    }

    @Override public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
        return null;
    }

    @Override public Object getAttribute(String attribute) {
        throw new UnsupportedOperationException(attribute);
    }
}
