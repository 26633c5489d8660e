import C8CSV
import C8Client
import C8Flow
import C8Platform
import LuaRuntime
import OrderedCollections

/// What `c8.upload{…}` asks for.
struct UploadRequest: Sendable {
    /// Where the rows come from.
    enum Source: Sendable {
        /// A file, read as a table.
        case file(LuaString, column: CSVColumn, CSVFormat)
        /// A Lua function that gives the next values, at most as many as it is asked for, and none at the end.
        case function(LuaFunction)
    }

    let operation: String
    let source: Source
    /// The body's field that takes the batch, and its other fields.
    let field: String
    let body: JSONValue
    let plan: BatchPlan
    let concurrency: Int
    /// Tells several uploads of one step apart.
    let name: String
    /// Gives the places of the values that must not be sent, from 1; nil where all may.
    let check: LuaFunction?
    /// The path of the report, or a function that gets each row.
    let rejectedFile: LuaString?
    let rejectedFunction: LuaFunction?
    let verify: LuaFunction?

    /// Reads the table that `c8/_upload.lua` has checked and completed.
    init(_ arguments: LuaArguments) throws {
        let table = try arguments.table(1)
        func wrong(_ problem: String) -> LuaArgumentError { arguments.error(1, problem) }
        func text(_ name: String) throws -> LuaString? {
            guard let value = table[name] else { return nil }
            guard case .string(let text) = value else { throw wrong("field \(name): a string expected") }
            return text
        }
        func count(_ name: String, _ standard: Int, _ range: ClosedRange<Int64>) throws -> Int {
            guard let value = table[name] else { return standard }
            guard case .integer(let number) = value, range.contains(number) else {
                throw wrong("field \(name): a whole number from \(range.lowerBound) to \(range.upperBound) expected")
            }
            return Int(number)
        }
        func function(_ name: String) throws -> LuaFunction? {
            guard let value = table[name] else { return nil }
            guard case .function(let function) = value else { throw wrong("field \(name): a function expected") }
            return function
        }
        guard let operation = try text("operation") else { throw wrong("field operation: a string expected") }
        guard let field = try text("field") else { throw wrong("field field: a string expected") }
        self.operation = operation.description
        self.field = field.description
        body = try table["body"].map { try LuaJSON.value(of: $0, name: "body") } ?? .object([:])
        guard case .object(let members) = body, members[self.field] == nil else {
            throw wrong("field body: a table of the other fields expected, without \(self.field)")
        }
        concurrency = try count("concurrency", 8, 1...256)
        name = try text("name")?.description ?? ""
        check = try function("check")
        verify = try function("verify")
        rejectedFile = try? text("on_reject")
        rejectedFunction = rejectedFile == nil ? try function("on_reject") : nil
        let selection: String
        if let path = try text("file") {
            let column = try CSVColumn(table["column"], hasHeader: table["header"]) { wrong($0) }
            let separator = try text("separator")?.bytes ?? [UInt8(ascii: ",")]
            guard separator.count == 1 else { throw wrong("field separator: one character expected") }
            let format = try CSVFormat(separator: separator[0], header: column.hasHeader, ragged: true)
            source = .file(path, column: column, format)
            selection = column.description
        } else if let next = try function("next") {
            source = .function(next)
            selection = "rows"
        } else {
            throw wrong("one of the fields file and rows expected")
        }
        let pattern = try text("pattern").map { ", pattern \($0.description)" } ?? ""
        // All that decides what is sent, so that a later run does not go on with something else.
        let others = String(decoding: try JSONSerializer.serialize(body), as: UTF8.self)
        plan = BatchPlan(
            rows: try count("batch", BatchPlan.usualRows, 1...100_000),
            selection: "\(selection)\(pattern), \(self.field) of \(self.operation) with \(others)")
    }
}
