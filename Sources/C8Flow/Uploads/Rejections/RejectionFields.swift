package import C8Platform

/// Where an answer says what became of each row. How the platform's interfaces say it is not documented, so the names
/// are options of the upload; those tried when nothing is said are common ones.
package struct RejectionFields: Sendable, Hashable {
    /// The rejected rows: an array of strings (values) or objects, or their number.
    package var rejected = ["rejected"]
    /// The number of accepted rows.
    package var accepted = ["accepted"]
    /// The number of rows that the platform had already, or an array of them.
    package var duplicate = ["duplicate"]
    /// In an object of a rejected row: its value. A text that is none of the request's values is not taken for one.
    package var value = ["value", "code"]
    /// In an object of a rejected row: the platform's code.
    package var code = ["code", "errorCode"]
    /// In an object of a rejected row: the platform's words.
    package var message = ["message", "reason", "msg"]

    package init() {}

    /// Reads the data of an answer to a slice of a batch. Where nothing is said of rows, all were accepted.
    ///
    /// Numbers that do not add up are made to: what is neither accepted nor a duplicate is rejected.
    package func read(_ data: JSONValue, of slice: UploadSlice, in batch: Batch) -> BatchAnswer {
        let count = slice.count
        let said = Self.first(rejected, in: data)
        let rows = said?.arrayValue.map { entries(of: $0, slice, batch) } ?? []
        let duplicates = min(count, Self.number(Self.first(duplicate, in: data)) ?? 0)
        let most = count - duplicates
        let rejectedRows = min(most, max(rows.count, Self.number(said) ?? 0))
        guard let accepted = Self.number(Self.first(accepted, in: data)) else {
            return BatchAnswer(
                accepted: most - rejectedRows, rejected: rejectedRows, duplicate: duplicates, rows: rows)
        }
        let taken = min(accepted, most - min(most, rows.count))
        return BatchAnswer(accepted: taken, rejected: most - taken, duplicate: duplicates, rows: rows)
    }

    private func entries(of rejected: [JSONValue], _ slice: UploadSlice, _ batch: Batch) -> [RowRejection] {
        guard !rejected.isEmpty else { return [] }
        // Where a value comes twice in a request, the later of its rows is told after the first.
        var places: [String: [Int]] = [:]
        for index in slice.rows.reversed() { places[batch.value(at: index), default: []].append(index) }
        return rejected.map { entry in
            if let text = Self.text(entry) {
                let index = places[text]?.popLast()
                return RowRejection(index: index, value: index == nil ? text : nil)
            }
            let names = value.compactMap { name in entry[name].flatMap(Self.text).map { (name, $0) } }
            let known = names.first { places[$0.1]?.isEmpty == false }
            let index = known.flatMap { places[$0.1]?.popLast() }
            let codes = code.filter { $0 != known?.0 }
            return RowRejection(
                index: index, value: index == nil ? names.first?.1 : nil,
                code: Self.first(codes, in: entry).flatMap(Self.integer),
                message: Self.first(message, in: entry)?.stringValue)
        }
    }

    private static func first(_ names: [String], in value: JSONValue) -> JSONValue? {
        names.lazy.compactMap { value[$0] }.first { !$0.isNull }
    }

    /// A number of rows: a number, or how many an array has.
    private static func number(_ value: JSONValue?) -> Int? {
        if let elements = value?.arrayValue { return elements.count }
        return value.flatMap(integer).map { max(0, Int(clamping: $0)) }
    }

    private static func integer(_ value: JSONValue) -> Int64? {
        value.integerValue ?? value.stringValue.flatMap { Int64($0) }
    }

    /// A row's value: codes may be answered as numbers.
    private static func text(_ value: JSONValue) -> String? {
        value.stringValue ?? value.integerValue.map { String($0) }
    }
}
