extension JobScript {
    /// The files one after another, for a store: of each the length of its path, the path, the length of its bytes and these;
    /// lengths have four bytes, the lowest first.
    package var packedFiles: [UInt8] {
        var packed: [UInt8] = []
        for file in files {
            for part in [Array(file.path.utf8), file.bytes] {
                for shift in [0, 8, 16, 24] { packed.append(UInt8(truncatingIfNeeded: part.count >> shift)) }
                packed += part
            }
        }
        return packed
    }

    /// - Returns: nil where it was not packed so.
    package static func unpackFiles(_ packed: [UInt8]) -> [File]? {
        var files: [File] = []
        var rest = packed[...]
        func part() -> [UInt8]? {
            guard rest.count >= 4 else { return nil }
            let count = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        while !rest.isEmpty {
            guard let path = part(), let bytes = part(), let path = String(validating: path, as: UTF8.self) else {
                return nil
            }
            files.append(File(path: path, bytes: bytes))
        }
        return files
    }
}
