package import C8Queue
import Crypto

extension JobScript {
    /// The script as it was read, with its own hash.
    ///
    /// - Parameter files: in any order.
    package init(name: String, source: [UInt8], files: [File] = []) {
        let files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        self.init(name: name, source: source, files: files, hash: Self.digest(source, files))
    }

    /// Whether texts and hash belong together: what was stored is what was submitted.
    package var isIntact: Bool { hash == Self.digest(source, files) }

    /// SHA-256 of all that runs. The name is not in it: from whichever folder a script is submitted, it is the same one.
    private static func digest(_ source: [UInt8], _ files: [File]) -> String {
        var hash = SHA256()
        // Lengths before the texts: where one ends and the next begins must not be open to choice.
        func add(_ bytes: some Collection<UInt8>) {
            withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: Array(bytes))
        }
        add("c8run job 1".utf8)
        add(source)
        for file in files {
            add(file.path.utf8)
            add(file.bytes)
        }
        return Encodings.hex(Array(hash.finalize()))
    }
}
