import C8CSV
import C8Client
import C8Flow
import C8Sandbox
import LuaRuntime

/// The rows of a file: read once, or more often, to find duplicates in bounded memory, and then once to be sent.
actor FileUploadSource: UploadSource {
    nonisolated let identity: InputIdentity

    private let size: Int64
    private var rows: Int?
    private let name: String
    private let column: CSVColumn
    private let format: CSVFormat
    private let plan: BatchPlan
    private let check: RowCheck?
    private let open: @Sendable () throws -> OpenFile
    private var reader: CSVReader?
    private var filter: RowFilter?
    private var hasEnded = false

    /// - Parameter open: opens the file, each time anew.
    init(
        name: String, column: CSVColumn, format: CSVFormat, plan: BatchPlan, check: RowCheck?,
        open: @escaping @Sendable () throws -> OpenFile
    ) throws {
        let file = try open()
        self.name = name
        self.column = column
        self.format = format
        self.plan = plan
        self.check = check
        self.open = open
        identity = Self.identity(name, file)
        size = file.size
    }

    static func identity(_ name: String, _ file: OpenFile) -> InputIdentity {
        InputIdentity(name: name, size: file.size, modified: Int64((file.modified * 1e9).rounded()))
    }

    /// Counted while duplicates were looked for.
    func estimatedRows() -> Int? { rows }

    func prepare() {
        if reader == nil { try? begin() }
    }

    func next() async throws -> UploadPart? {
        if reader == nil { try begin() }
        while true {
            if let part = filter?.take() { return part }
            if hasEnded { return filter?.finish() }
            try Task.checkCancellation()
            try await readSome()
        }
    }

    /// Looks for duplicates, and goes back to the beginning.
    private func begin() throws {
        var generator = SystemRandomNumberGenerator()
        var sieve = DuplicateSieve(
            DuplicatePlan(rows: try guessedRows()), seed: (generator.next(), generator.next()))
        repeat {
            let reader = try table()
            rows = try reader.forEachBlock { block in
                try Task.checkCancellation()
                try sieve.note(block.values)
            } row: { row in
                if let value = row.field(0) { try sieve.note(value) }
            }
            try Task.checkCancellation()
        } while try sieve.endPass()
        filter = RowFilter(plan, duplicates: .finder(sieve.finder()))
        reader = try table()
    }

    /// By the length of the first rows.
    private func guessedRows() throws -> Int {
        let reader = try table()
        var (rows, bytes) = (0, 0)
        try reader.forEachRow(limit: 1000) { row in
            rows += 1
            bytes += (row.field(0)?.count ?? 0) + row.count
        }
        // A packed file has more rows than its size says; the search notices that by itself.
        return rows < 1000 ? rows : Int(size) / max(1, bytes / rows) + 1000
    }

    private func table() throws -> CSVReader {
        let file = try open()
        if let difference = Self.identity(name, file).difference(from: identity) {
            throw UploadError.inputChanged(InputChange(name: name, lines: nil, difference: difference))
        }
        let reader = CSVReader(format, name: name) { room in try file.read(into: room) }
        switch column {
        case .named(let name): try reader.select([name])
        case .place(let place, let hasHeader):
            if hasHeader { _ = try reader.header() }
            try reader.select(columns: [place])
        }
        return reader
    }

    private func readSome() async throws {
        guard let reader else { return }
        guard let check else {
            let count = try Self.fill(&filter, from: reader, atMost: plan.rows)
            if count < plan.rows { hasEnded = true }
            return
        }
        var rows: [(value: [UInt8], line: Int)] = []
        try reader.forEachRow(limit: plan.rows) { row in rows.append((row.field(0).map { Array($0) } ?? [], row.line)) }
        if rows.count < plan.rows { hasEnded = true }
        let refused = try await check.refused(rows.map(\.value))
        guard var lent = filter.take() else { return }
        defer { filter = lent }
        for (index, row) in rows.enumerated() {
            row.value.withUnsafeBytes { value in
                if refused.contains(index) {
                    lent.refuse(value, line: row.line, because: RowCheck.message)
                } else {
                    Self.add(value, line: row.line, to: &lent)
                }
            }
        }
    }

    /// The filter is lent for all of the rows: a property of an actor is checked for exclusive access each time, and a value
    /// that may not be there is looked at each time.
    private static func fill(_ filter: inout RowFilter?, from reader: CSVReader, atMost limit: Int) throws -> Int {
        guard var lent = filter.take() else { return 0 }
        defer { filter = lent }
        return try reader.forEachBlock(limit: limit) { block in
            lent.add(block.values, firstLine: block.line)
        } row: { row in
            add(row.field(0), line: row.line, to: &lent)
        }
    }

    private static func add(_ value: UnsafeRawBufferPointer?, line: Int, to filter: inout RowFilter) {
        guard let value, !value.isEmpty else {
            filter.refuse(UnsafeRawBufferPointer(start: nil, count: 0), line: line, because: "it is empty")
            return
        }
        filter.add(value, line: line)
    }
}
