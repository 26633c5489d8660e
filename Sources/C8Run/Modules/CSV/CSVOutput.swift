import C8CSV
import C8Sandbox
import LuaRuntime
import Synchronization

/// A table that a script writes: it appears under its name once it is whole.
final class CSVOutput: Sendable {
    private struct State: ~Copyable {
        var writer: CSVWriter
        /// Nil once committed or discarded.
        var file: PendingFile?
    }

    private static let piece = 64 << 10
    private static let names = ["bom", "encoding", "line_end", "separator"]

    private let state: Mutex<State>

    /// - Parameter open: begins the file, once the options are understood.
    init(_ arguments: LuaArguments, at position: Int, open: () throws -> PendingFile) throws {
        let table = arguments.isNone(position) ? LuaTable(fields: []) : try arguments.table(position)
        func text(_ name: String) throws(LuaArgumentError) -> String? {
            guard let value = table[name] else { return nil }
            guard case .string(let text) = value else { throw arguments.error(position, "\(name) must be a string") }
            return text.description
        }
        for pair in table.pairs {
            guard case .string(let key) = pair.key, Self.names.contains(key.description) else {
                throw arguments.error(position, "its options are: header, \(Self.names.joined(separator: ", "))")
            }
        }
        let separator = try text("separator") ?? ","
        guard separator.utf8.count == 1, let byte = separator.utf8.first else {
            throw arguments.error(position, "separator must be one character, such as \",\" or \"\\t\"")
        }
        guard let encoding = CSVWriter.Encoding(rawValue: try text("encoding") ?? "utf-8") else {
            throw arguments.error(position, "encoding must be utf-8 or gb18030")
        }
        let lineEnds: [String: CSVWriter.LineEnd] = ["lf": .lf, "crlf": .crlf]
        guard let lineEnd = lineEnds[try text("line_end") ?? "lf"] else {
            throw arguments.error(position, "line_end must be lf or crlf")
        }
        var hasMark = false
        if case .boolean(let flag)? = table["bom"] { hasMark = flag }
        let writer = try CSVWriter(
            try CSVFormat(separator: byte), lineEnd: lineEnd, byteOrderMark: hasMark, encoding: encoding)
        state = Mutex(State(writer: writer, file: try open()))
    }

    /// Adds a row of texts.
    func add(_ row: LuaTable) throws {
        try state.withLock { state in
            guard let file = state.file else { throw Self.closed }
            for field in row.array {
                guard case .string(let text) = field else { continue }
                try state.writer.append(field: text.bytes)
            }
            try state.writer.endRow()
            if state.writer.count >= Self.piece { try file.write(state.writer.take()) }
        }
    }

    func commit() throws {
        try state.withLock { state in
            guard let file = state.file.take() else { return }
            try file.write(state.writer.take())
            try file.commit()
        }
    }

    func discard() {
        state.withLock { $0.file.take()?.discard() }
    }

    private static let closed = LuaArguments(function: "row", values: []).error(1, "the table is closed")
}
