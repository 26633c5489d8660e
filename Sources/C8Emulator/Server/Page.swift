import C8Platform

/// One page of a list: what was asked for, and how it is answered.
struct Page {
    let number: Int64
    let size: Int64

    /// Reads `pageNum` (from 1, standard 1) and `pageSize` (1 to 1000, standard 20).
    init(_ fields: Fields) throws(Refusal) {
        number = try fields.integer("pageNum", in: 1...1_000_000_000, standard: 1)
        size = try fields.integer("pageSize", in: 1...1000, standard: 20)
    }

    /// The page of these items; a page behind the last one is empty.
    func data(of items: [JSONValue]) -> JSONValue {
        let start = min(Int64(items.count), (number - 1) * size)
        let end = min(Int64(items.count), start + size)
        return [
            "records": .array(Array(items[Int(start)..<Int(end)])),
            "total": .integer(Int64(items.count)),
            "pageNum": .integer(number),
            "pageSize": .integer(size),
        ]
    }
}
