import CPostgres

/// What the server answered to one statement, as the library keeps it until this goes.
// Sendable: nothing changes it between its making and its end, and libpq's functions that read a result may be called by any
// number of threads at once (PostgreSQL's manual, libpq, "Behavior in Threaded Programs").
final class PostgresResult: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Takes it over.
    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        cpg_clear(pointer)
    }

    var isSuccess: Bool { cpg_succeeded(pointer) }
    /// SQLSTATE; empty where the error is the library's.
    var state: String { String(cString: cpg_state(pointer)) }
    var message: String { String(cString: cpg_message(pointer)) }
    var rows: Int { Int(cpg_rows(pointer)) }

    /// As PostgreSQL writes it; nil for NULL and for a column that is not there.
    func text(_ row: Int, _ column: String) -> String? {
        let number = cpg_column(pointer, column)
        guard number >= 0, let value = cpg_value(pointer, Int32(row), number) else { return nil }
        let bytes = UnsafeRawBufferPointer(start: value, count: cpg_length(pointer, Int32(row), number))
        return String(decoding: bytes, as: UTF8.self)
    }
}
