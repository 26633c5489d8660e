/// The value of a grant such as `--allow-env`: everything, or what is named.
enum GrantList: Sendable, Equatable {
    case all
    case names([String])

    /// Reads `A,B`; nil where a name is empty.
    init?(_ text: String) {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
        self = .names(names)
    }

    /// What two options of the same name grant together.
    static func union(_ first: GrantList?, _ second: GrantList) -> GrantList {
        switch (first, second) {
        case (nil, _): second
        case (.all, _), (_, .all): .all
        case (.names(let first)?, .names(let second)): .names(first + second)
        }
    }
}
