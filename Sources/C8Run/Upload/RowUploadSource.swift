import C8Flow
import LuaRuntime

/// Rows that the script gives, some at a time.
actor RowUploadSource: UploadSource {
    nonisolated let identity = InputIdentity(name: "rows")

    private let function: LuaFunction
    private let script: ScriptReference
    private let plan: BatchPlan
    private let check: RowCheck?
    private var filter: RowFilter
    private var line = 0
    private var hasEnded = false

    init(_ function: LuaFunction, script: ScriptReference, plan: BatchPlan, check: RowCheck?) {
        self.function = function
        self.script = script
        self.plan = plan
        self.check = check
        var generator = SystemRandomNumberGenerator()
        filter = RowFilter(plan, duplicates: .set(ExactDuplicateSet(seed: (generator.next(), generator.next()))))
    }

    func estimatedRows() -> Int? { nil }

    func next() async throws -> UploadPart? {
        while true {
            if let part = filter.take() { return part }
            if hasEnded { return filter.finish() }
            try Task.checkCancellation()
            try await readSome()
        }
    }

    private func readSome() async throws {
        let results = try await script.get().callBack(function, [.integer(Int64(plan.rows))])
        guard case .table(let table)? = results.first, !table.array.isEmpty else {
            hasEnded = true
            return
        }
        let values = table.array.map { value -> [UInt8] in
            switch value {
            case .string(let text): text.bytes
            case .integer(let number): Array(String(number).utf8)
            default: []
            }
        }
        let refused = try await check?.refused(values) ?? []
        for (index, value) in values.enumerated() {
            line += 1
            value.withUnsafeBytes { bytes in
                if value.isEmpty {
                    filter.refuse(bytes, line: line, because: "it is empty, or no text")
                } else if String(validating: value, as: UTF8.self) == nil {
                    filter.refuse(bytes, line: line, because: "it is not valid UTF-8")
                } else if refused.contains(index) {
                    filter.refuse(bytes, line: line, because: RowCheck.message)
                } else {
                    filter.add(bytes, line: line)
                }
            }
        }
    }
}
