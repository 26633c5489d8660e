import C8Sandbox

/// The value of a grant such as `--allow-env`: everything, or what is named. For hosts it may be both: everything stands for
/// the public internet, and what is not public must be named.
struct GrantList: Sendable, Equatable {
    var isAll = false
    var names: [String] = []

    static let all = GrantList(isAll: true)
    static func names(_ names: [String]) -> GrantList { GrantList(names: names) }

    private init(isAll: Bool = false, names: [String] = []) {
        self.isAll = isAll
        self.names = names
    }

    /// Reads `A,B`; nil where a name is empty.
    init?(_ text: String) {
        names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
    }

    /// What two options of the same name grant together.
    static func union(_ first: GrantList?, _ second: GrantList) -> GrantList {
        guard let first else { return second }
        return GrantList(isAll: first.isAll || second.isAll, names: first.names + second.names)
    }

    /// What is wrong with the first name that is no host, as a sentence; nil where all are hosts.
    var hostProblem: String? {
        for host in names {
            do throws(WebAddressError) {
                _ = try HostPattern(parsing: host)
            } catch {
                return "\"\(host)\" cannot be a host here: \(error)"
            }
        }
        return nil
    }
}
