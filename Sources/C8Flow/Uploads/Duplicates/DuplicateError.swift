/// Why duplicates cannot be found.
package enum DuplicateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// More different rows come twice than is sensible.
    case tooMany(limit: Int)

    /// What happened and what to do.
    package var description: String {
        switch self {
        case .tooMany(let limit):
            "more than \(limit) different values come more than once in the input; is it the right file and the right "
                + "column? Remove the duplicates first (sort -u), or name another column"
        }
    }
}
