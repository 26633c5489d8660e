import C8Postgres

/// A row of the queue's tables in a database. Bytes come in hexadecimal digits.
struct PostgresJobRow: JobRow {
    let row: PostgresRow

    func text(_ column: String) -> String? { row.text(column) }
    func integer(_ column: String) -> Int64? { row.integer(column) }
    func number(_ column: String) -> Double? { row.number(column) }
    func flag(_ column: String) -> Bool? { row.boolean(column) }
    func bytes(_ column: String) -> [UInt8]? { row.text(column).flatMap(Self.bytes) }

    static func digits(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func bytes(_ digits: String) -> [UInt8]? {
        let utf8 = Array(digits.utf8)
        guard utf8.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count / 2)
        for index in stride(from: 0, to: utf8.count, by: 2) {
            guard let high = value(utf8[index]), let low = value(utf8[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
