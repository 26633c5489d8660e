/// Several values in one parameter, such as for `$1::text[]`.
package struct PostgresArray: PostgresParameter {
    package let postgresText: String

    /// - Parameter values: nil for NULL.
    package init(_ values: [(any PostgresParameter)?]) {
        var text: [UInt8] = [UInt8(ascii: "{")]
        for (index, value) in values.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            guard let value else {
                text += Array("NULL".utf8)
                continue
            }
            text.append(UInt8(ascii: "\""))
            for byte in value.postgresText.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
                text.append(byte)
            }
            text.append(UInt8(ascii: "\""))
        }
        text.append(UInt8(ascii: "}"))
        postgresText = String(decoding: text, as: UTF8.self)
    }
}
