import C8Platform

/// An option or argument as help and manual tell it.
struct OptionDescription: Sendable, Equatable {
    enum Kind: String, Sendable {
        case positional, option, flag
    }

    var kind: Kind
    /// With their dashes, short ones first; none for an argument.
    var names: [String]
    /// What stands for the value, without brackets.
    var valueName: String
    /// The group it belongs to; nil for the command's own.
    var section: String?
    var isOptional: Bool
    var isRepeating: Bool
    /// True where the name alone stands for everything, and a value follows behind `=` only.
    var hasOptionalValue = false
    var text: String
    var discussion: String?

    /// `-A, --allow-all`, `--timeout <duration>`, `<id>`.
    var label: String {
        let value = "<\(valueName)>"
        switch kind {
        case .positional: return value
        case .flag: return names.joined(separator: ", ")
        case .option: return names.joined(separator: ", ") + (hasOptionalValue ? "[=\(value)]" : " \(value)")
        }
    }

    /// As the usage line shows an argument.
    var synopsis: String {
        let value = "<\(valueName)>" + (isRepeating ? " …" : "")
        return isOptional ? "[\(value)]" : value
    }
}
