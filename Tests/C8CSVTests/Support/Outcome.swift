import C8CSV

/// What reading a table gave: rows, and how it ended.
struct Outcome: Equatable, CustomStringConvertible {
    var rows: [CSVRecord] = []
    var error: CSVError?

    var fields: [[String?]] { rows.map(\.fields) }
    var lines: [Int] { rows.map(\.line) }
    var description: String { rows.map { "\($0.line): \($0.fields)" }.joined(separator: "\n") + "\n\(error as Any)" }

    /// Reads a table that comes in pieces.
    ///
    /// - Parameters:
    ///   - sizes: of the pieces in turn; what is left comes in one.
    ///   - limit: how many rows are asked for at a time.
    ///   - byBlocks: with one column selected, whether rows are asked for many at once.
    init(
        _ bytes: [UInt8], _ format: CSVFormat, name: String = "", sizes: [Int] = [], select columns: [Int]? = nil,
        limit: Int = .max, byBlocks: Bool = false
    ) {
        let stream = CSVRowStream(format, name: name)
        var rest = bytes[...]
        var sizes = sizes[...]
        do {
            if let columns { try stream.select(columns: columns) }
            while !stream.isAtEnd {
                while try Self.read(stream, limit, byBlocks, to: &rows) == limit {}
                if rest.isEmpty {
                    try stream.finish()
                } else {
                    let piece = rest.prefix(sizes.popFirst() ?? rest.count)
                    rest = rest.dropFirst(piece.count)
                    try stream.supply(Array(piece))
                }
            }
        } catch let error as CSVError {
            self.error = error
        } catch {
            self.error = nil
        }
    }

    private static func read(
        _ stream: CSVRowStream, _ limit: Int, _ byBlocks: Bool, to rows: inout [CSVRecord]
    ) throws -> Int {
        guard byBlocks else { return try stream.forEachRow(limit: limit) { rows.append(CSVRecord($0)) } }
        return try stream.forEachBlock(limit: limit) { block in
            for index in 0..<block.count {
                rows.append(
                    CSVRecord(line: block.line + index, fields: [String(decoding: block[index], as: UTF8.self)]))
            }
        } row: { row in
            rows.append(CSVRecord(row))
        }
    }

    init() {}

    /// Reads text without a header, whose rows may differ in length.
    static func rows(_ text: String, _ format: CSVFormat = .loose, sizes: [Int] = []) -> Outcome {
        Outcome(Array(text.utf8), format, sizes: sizes)
    }
}

extension CSVFormat {
    /// UTF-8 without a header, rows of any length.
    static let loose: CSVFormat = {
        var format = CSVFormat.standard
        (format.header, format.ragged, format.encoding) = (false, true, .utf8)
        return format
    }()

    func with(_ change: (inout CSVFormat) -> Void) -> CSVFormat {
        var format = self
        change(&format)
        return format
    }
}

/// All ways to cut so many bytes into at most three pieces.
func splits(_ count: Int) -> [[Int]] {
    (0...count).flatMap { first in (0...(count - first)).map { [first, $0] } }
}
