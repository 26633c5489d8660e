import C8Platform

/// Writes a command's result to standard output.
enum ResultOutput {
    static func print(_ text: String) throws(OutputError) {
        if let number = OutputStream.standardOutput.write(text) { throw OutputError(number: number) }
    }

    /// Prints indented JSON and a line break.
    static func print(_ value: JSONValue) throws {
        let bytes = try JSONSerializer.serialize(value, pretty: true)
        if let number = OutputStream.standardOutput.write(bytes + [UInt8(ascii: "\n")]) {
            throw OutputError(number: number)
        }
    }
}
