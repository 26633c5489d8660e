import ArgumentParser

/// The value of `--allow-env`: all variables, or the named ones.
enum EnvironmentGrant: Sendable, Equatable, ExpressibleByArgument {
    case all
    case names([String])

    /// Reads `A,B`, or the mark that the rewriter leaves for "no list".
    init?(argument: String) {
        if argument == CommandLineRewriter.everything {
            self = .all
            return
        }
        let names = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard names.allSatisfy({ !$0.isEmpty && !$0.contains("=") }) else { return nil }
        self = .names(names)
    }

    /// Everything that several options grant together; nil where there is none.
    static func union(_ grants: [EnvironmentGrant]) -> EnvironmentGrant? {
        guard !grants.isEmpty else { return nil }
        var all: [String] = []
        for grant in grants {
            switch grant {
            case .all: return .all
            case .names(let names): all.append(contentsOf: names)
            }
        }
        return .names(all)
    }
}
