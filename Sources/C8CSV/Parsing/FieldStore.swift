/// The wanted fields of the row at hand, in memory that is allocated once.
struct FieldStore: ~Copyable {
    /// The columns that are stored, ascending, with `Int.max` behind them; nil where all are.
    let wanted: UnsafeMutablePointer<Int>?
    /// Where each field of the projection stands in `spans`; nil without a projection.
    let places: UnsafeMutablePointer<Int>?
    /// The length of the projection.
    let width: Int
    /// As many as can be wanted of a row.
    let spans: UnsafeMutablePointer<FieldSpan>
    private var scratch: UnsafeMutableRawPointer?
    private var scratchCapacity = 0

    /// - Parameters:
    ///   - columns: from 0, in any order and with repetitions; nil for all.
    ///   - most: fields of a row.
    init(columns: [Int]?, most: Int) {
        guard let columns else {
            (wanted, places, width) = (nil, nil, 0)
            spans = .allocate(capacity: most)
            return
        }
        let ascending = Set(columns).sorted()
        var order: [Int: Int] = [:]
        for (place, column) in ascending.enumerated() { order[column] = place }
        let wanted = UnsafeMutablePointer<Int>.allocate(capacity: ascending.count + 1)
        for (place, column) in (ascending + [Int.max]).enumerated() { wanted[place] = column }
        let places = UnsafeMutablePointer<Int>.allocate(capacity: max(1, columns.count))
        for (index, column) in columns.enumerated() { places[index] = order[column] ?? 0 }
        (self.wanted, self.places) = (wanted, places)
        width = columns.count
        spans = .allocate(capacity: max(1, ascending.count))
    }

    /// The column that is stored, where it is one alone.
    var only: Int? { width == 1 ? wanted?[0] : nil }

    deinit {
        wanted?.deallocate()
        places?.deallocate()
        spans.deallocate()
        scratch?.deallocate()
    }

    /// Copies the contents with doubled quotes to the scratch space, each doubled quote made one.
    mutating func undouble(_ count: Int, of row: UnsafeRawPointer) {
        let stored = UnsafeMutableBufferPointer(start: spans, count: count)
        let needed = stored.reduce(0) { $0 + ($1.isDoubled ? Int($1.count) : 0) }
        if needed > scratchCapacity {
            scratch?.deallocate()
            scratchCapacity = max(needed, 2 * scratchCapacity)
            scratch = .allocate(byteCount: scratchCapacity, alignment: 1)
        }
        guard let scratch else { return }
        var to = 0
        for index in 0..<count where spans[index].isDoubled {
            let span = spans[index]
            let start = to
            var from = Int(span.start)
            let end = from + Int(span.count)
            while from < end {
                let byte = row.load(fromByteOffset: from, as: UInt8.self)
                scratch.storeBytes(of: byte, toByteOffset: to, as: UInt8.self)
                from += byte == CSVFormat.quote ? 2 : 1
                to += 1
            }
            spans[index] = FieldSpan(start: start, count: to - start, isDoubled: true, isInScratch: true)
        }
    }

    /// The first of the stored fields that is not UTF-8, as a column from 0; nil where all are.
    func notUTF8(_ count: Int, of row: UnsafeRawPointer) -> Int? {
        for index in 0..<count {
            let span = spans[index]
            let bytes = UnsafeRawBufferPointer(start: row + Int(span.start), count: Int(span.count))
            if !ByteScan.isUTF8(bytes) { return wanted?[index] ?? index }
        }
        return nil
    }

    /// The row to lend, of which `stored` fields are stored.
    func lend(_ row: UnsafeRawPointer, line: Int, count: Int, stored: Int) -> CSVRow {
        CSVRow(
            line: line, count: count, row: row, scratch: UnsafeRawPointer(scratch),
            spans: UnsafeBufferPointer(start: spans, count: stored), places: UnsafePointer(places), wanted: width)
    }
}
