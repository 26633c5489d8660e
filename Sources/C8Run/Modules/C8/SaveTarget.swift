import C8Client
import C8HTTP
import C8Sandbox

/// Where `opts.save_to` puts a download: the file appears whole, or not at all.
struct SaveTarget: HTTPResponseSink {
    let file: PendingFile

    func accepts(status: Int, headers: [(name: String, value: String)]) -> Bool {
        DownloadedFile.isFile(status: status, headers: headers)
    }

    func receive(_ bytes: [UInt8]) throws { try file.write(bytes) }
}
