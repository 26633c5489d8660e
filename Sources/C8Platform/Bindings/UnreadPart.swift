/// A part of a long bindings file that has not been read yet: by its brackets an object or array, perhaps no JSON.
struct UnreadPart: Sendable {
    /// The whole file's text, shared by all its parts.
    let bytes: [UInt8]
    let range: Range<Int>

    /// Reads the part.
    ///
    /// - Throws: ``BindingError`` with the line and column in the file where it is no JSON.
    func node(at path: JSONPath, of file: BindingFileReader) throws(BindingError) -> BindingNode {
        if let value = try? JSONParser.parse(Array(bytes[range])) {
            return BindingNode(value: value, path: path, file: file.file)
        }
        // Only the whole text tells the place of the mistake as an editor counts it.
        _ = try file.read(bytes)
        throw BindingNode(value: .null, path: path, file: file.file).error("expected JSON")
    }
}
