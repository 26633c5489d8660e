import C8CSV
import C8Flow
import C8Sandbox
import Logging
import LuaRuntime

/// Tells of rows that were not accepted: to a file, to a function of the script, or to the log.
actor UploadReport {
    enum Target: Sendable {
        case file(FilePath, FileDoor)
        case function(LuaFunction, ScriptReference)
        case log(Logger)
    }

    private let target: Target
    private var logged = 0

    private static let mostLogged = 10

    /// - Parameter isNew: whether a file that is there is of no use any more.
    init(_ target: Target, isNew: Bool) throws {
        self.target = target
        guard case .file(let path, let door) = target, isNew else { return }
        try door.write(try Self.text([["line", "value", "code", "message"]]), to: path)
    }

    func add(_ rows: [RejectedRow]) async throws {
        guard !rows.isEmpty else { return }
        switch target {
        case .file(let path, let door):
            let fields = rows.map { row in
                [row.line.map(String.init) ?? "", row.value, row.code.map(String.init) ?? "", row.message ?? ""]
            }
            try door.append(try Self.text(fields), to: path)
        case .function(let function, let script):
            for row in rows { _ = try await script.get().callBack(function, [Self.value(row)]) }
        case .log(let logger):
            for row in rows where logged < Self.mostLogged {
                logged += 1
                logger.warning(
                    "a row was not accepted",
                    metadata: [
                        "line": "\(row.line.map(String.init) ?? "-")", "value": "\(row.value.prefix(100))",
                        "message": "\(row.message ?? "-")",
                    ])
                if logged == Self.mostLogged {
                    logger.warning("more rows were not accepted; give on_reject to see all")
                }
            }
        }
    }

    private static func text(_ rows: [[String]]) throws -> [UInt8] {
        var writer = try CSVWriter()
        for row in rows { try writer.append(row: row.map { Array($0.replacing("\0", with: "").utf8) }) }
        return writer.take()
    }

    private static func value(_ row: RejectedRow) -> LuaValue {
        var fields: [(String, LuaValue)] = [("value", .string(row.value))]
        if let line = row.line { fields.append(("line", .integer(Int64(line)))) }
        if let code = row.code { fields.append(("code", .integer(code))) }
        if let message = row.message { fields.append(("message", .string(message))) }
        return .table(LuaTable(fields: fields))
    }
}
