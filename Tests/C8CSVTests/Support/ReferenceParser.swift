import C8CSV

/// The rules of the text once more, byte by byte, with no thought of speed or pieces.
struct ReferenceParser {
    let bytes: [UInt8]
    let format: CSVFormat
    private var at = 0
    private var line = 1
    private var rowStart = 0

    struct Failure: Error, Equatable {
        let kind: CSVError.Kind
        let line: Int
        let column: Int
    }

    init(_ bytes: [UInt8], _ format: CSVFormat) {
        self.bytes = bytes
        self.format = format
    }

    /// All rows up to the first error.
    mutating func parse() -> (rows: [(line: Int, fields: [[UInt8]])], failure: Failure?) {
        var rows: [(line: Int, fields: [[UInt8]])] = []
        do {
            while at < bytes.count {
                if skipLineEnd() { continue }
                let start = line
                rows.append((start, try row()))
            }
            return (rows, nil)
        } catch {
            return (rows, error)
        }
    }

    private mutating func skipLineEnd() -> Bool {
        guard at < bytes.count, bytes[at] == 10 || bytes[at] == 13 else { return false }
        at += bytes[at] == 13 && at + 1 < bytes.count && bytes[at + 1] == 10 ? 2 : 1
        line += 1
        return true
    }

    private mutating func row() throws(Failure) -> [[UInt8]] {
        let first = line
        rowStart = at
        var fields: [[UInt8]] = []
        while true {
            let field = try field(column: fields.count + 1)
            if fields.count == format.maximumFields {
                throw Failure(kind: .limit, line: first, column: fields.count + 1)
            }
            fields.append(field)
            if at < bytes.count, bytes[at] == format.separator {
                at += 1
                continue
            }
            for (index, field) in fields.enumerated() where String(validating: field, as: UTF8.self) == nil {
                throw Failure(kind: .encoding, line: first, column: index + 1)
            }
            return fields
        }
    }

    private mutating func field(column: Int) throws(Failure) -> [UInt8] {
        var content: [UInt8] = []
        guard at < bytes.count, bytes[at] == CSVFormat.quote else {
            let most = min(at + format.maximumField, format.maximumRow + rowStart)
            while true {
                if at > most { throw Failure(kind: .limit, line: line, column: column) }
                guard at < bytes.count, ![10, 13, format.separator].contains(bytes[at]) else { return content }
                if bytes[at] == 0 { throw Failure(kind: .syntax, line: line, column: column) }
                content.append(bytes[at])
                at += 1
            }
        }
        let opened = line
        at += 1
        let most = min(at + format.maximumField, format.maximumRow + rowStart)
        while true {
            if at > most { throw Failure(kind: .limit, line: opened, column: column) }
            guard at < bytes.count else { throw Failure(kind: .syntax, line: opened, column: column) }
            switch bytes[at] {
            case 0: throw Failure(kind: .syntax, line: line, column: column)
            case CSVFormat.quote:
                at += 1
                if at == bytes.count || [10, 13, format.separator].contains(bytes[at]) { return content }
                if bytes[at] != CSVFormat.quote { throw Failure(kind: .syntax, line: line, column: column) }
            case 13: line += 1
            case 10: line += bytes[at - 1] == 13 ? 0 : 1
            default: break
            }
            content.append(bytes[at])
            at += 1
        }
    }
}
