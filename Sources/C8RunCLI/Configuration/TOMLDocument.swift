import TOMLKit

/// A TOML text as plain values, with the line of each key. The only code that uses the TOML library.
struct TOMLDocument: Sendable {
    let root: [String: ConfigurationValue]
    let lines: TOMLKeyLines

    /// Reads a TOML 1.0 text.
    ///
    /// - Parameters:
    ///   - bytes: the whole text, UTF-8.
    ///   - file: its path, for messages.
    /// - Throws: `ConfigurationError` with the line of the first mistake.
    static func parse(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> TOMLDocument {
        // The library takes a C string: a NUL would silently end the text there.
        if let position = bytes.firstIndex(of: 0) {
            throw ConfigurationError("holds a NUL byte", origin: origin(file, in: bytes, at: position))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationError("is not UTF-8 text", origin: .file(path: file, line: nil))
        }
        do {
            let table = try TOMLTable(string: text)
            return TOMLDocument(root: values(of: table), lines: TOMLKeyLines(scanning: bytes))
        } catch let error as TOMLParseError {
            let line = error.source.begin.line
            throw ConfigurationError(
                "is not valid TOML: \(error.description)", origin: .file(path: file, line: line > 0 ? line : nil))
        } catch {
            throw ConfigurationError("is not valid TOML: \(error)", origin: .file(path: file, line: nil))
        }
    }

    private static func origin(_ file: String, in bytes: [UInt8], at position: Int) -> SettingOrigin {
        .file(path: file, line: bytes[..<position].count { $0 == UInt8(ascii: "\n") } + 1)
    }

    private static func values(of table: TOMLTable) -> [String: ConfigurationValue] {
        var result: [String: ConfigurationValue] = [:]
        for key in table.keys {
            if let node = table[key] { result[key] = value(of: node) }
        }
        return result
    }

    private static func value(of node: any TOMLValueConvertible) -> ConfigurationValue {
        if let text = node.string { return .string(text) }
        if let integer = node.int { return .integer(Int64(integer)) }
        if let number = node.double { return .number(number) }
        if let boolean = node.bool { return .boolean(boolean) }
        if let table = node.table { return .table(values(of: table)) }
        if let array = node.array { return .array(array.map { value(of: $0) }) }
        return .date
    }
}
