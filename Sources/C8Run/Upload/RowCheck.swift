import LuaRuntime

/// Asks the script which values must not be sent.
struct RowCheck: Sendable {
    static let message = "it does not match the pattern"

    let function: LuaFunction
    let script: ScriptReference

    /// - Returns: the places of the refused values, from 0.
    func refused(_ values: [[UInt8]]) async throws -> Set<Int> {
        guard !values.isEmpty else { return [] }
        let list = LuaTable(array: values.map { .string(LuaString(bytes: $0)) })
        let results = try await script.get().callBack(function, [.table(list)])
        guard case .table(let places)? = results.first else { return [] }
        var refused: Set<Int> = []
        for place in places.array {
            if case .integer(let number) = place { refused.insert(Int(clamping: number) - 1) }
        }
        return refused
    }
}
