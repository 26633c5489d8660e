import C8Client
import C8HTTP
package import C8Sandbox

/// Where `opts.save_to` puts a download: the file appears whole, or not at all.
package struct SaveTarget: HTTPResponseSink {
    package let file: PendingFile

    package init(file: PendingFile) {
        self.file = file
    }

    package func accepts(status: Int, headers: [(name: String, value: String)]) -> Bool {
        DownloadedFile.isFile(status: status, headers: headers)
    }

    package func receive(_ bytes: [UInt8]) throws { try file.write(bytes) }
}
