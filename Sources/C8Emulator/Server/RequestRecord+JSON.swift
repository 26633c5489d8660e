package import C8Platform

extension RequestRecord {
    /// One entry of a ledger. `time` in seconds since 1970, to the microsecond; `status` and `code` 0 where nothing was answered;
    /// `operation` and `fault` null where there is none.
    package var json: JSONValue {
        [
            "time": .number((time * 1e6).rounded() / 1e6),
            "operation": operation.map { .string($0.rawValue) } ?? .null,
            "status": .integer(Int64(status)),
            "code": .integer(code),
            "fault": fault.map { .string($0.description) } ?? .null,
            "performed": .bool(isPerformed),
        ]
    }
}
