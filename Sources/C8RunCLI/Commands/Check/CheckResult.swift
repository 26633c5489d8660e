import C8Check

/// One script with what came of checking it.
struct CheckResult: Sendable {
    /// As the command line leads to it.
    let name: String
    let bytes: [UInt8]
    var report: CheckReport
}
