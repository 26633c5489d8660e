/// A kind of grant that a script can need.
package enum GrantKind: String, Sendable, CaseIterable, Comparable {
    case read
    case write
    case net
    case environment = "env"
    case token

    /// The flag of the command line.
    package var flag: String { "--allow-\(rawValue)" }

    package static func < (left: GrantKind, right: GrantKind) -> Bool { left.rawValue < right.rawValue }

    /// What is not known before the script runs.
    var unknown: String {
        switch self {
        case .read: "reads files whose names are known only when it runs"
        case .write: "writes files whose names are known only when it runs"
        case .net: "talks to hosts whose names are known only when it runs"
        case .environment: "reads variables whose names are known only when it runs"
        case .token: "reads the access token"
        }
    }

    /// What a script does with something known.
    func known(_ name: String) -> String {
        switch self {
        case .read: "reads \(name)"
        case .write: "writes \(name)"
        case .net: "talks to \(name)"
        case .environment: "reads the variable \(name)"
        case .token: "reads the access token"
        }
    }
}
