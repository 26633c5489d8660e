import C8Client
import C8HTTP
package import C8Sandbox
import Synchronization

/// Where `opts.save_to` puts a download: the file appears whole, or not at all. A download that is made again begins again.
package final class SaveTarget: HTTPResponseSink {
    private let file: PendingFile
    private let mustRestart = Mutex(false)

    package init(file: PendingFile) {
        self.file = file
    }

    package func accepts(status: Int, headers: [(name: String, value: String)]) -> Bool {
        mustRestart.withLock { $0 = true }
        return DownloadedFile.isFile(status: status, headers: headers)
    }

    package func receive(_ bytes: [UInt8]) throws {
        try begin()
        try file.write(bytes)
    }

    /// Puts what was received in its place.
    package func commit() throws {
        try begin()
        try file.commit()
    }

    /// Gives up what was received.
    package func discard() { file.discard() }

    private func begin() throws {
        let isNew = mustRestart.withLock { mustRestart in
            defer { mustRestart = false }
            return mustRestart
        }
        if isNew { try file.restart() }
    }
}
