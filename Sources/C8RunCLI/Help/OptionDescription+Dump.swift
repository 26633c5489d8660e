import C8Platform

extension OptionDescription {
    /// Reads what the argument parser dumps of itself; nil for what help does not show.
    init?(dump: JSONValue) {
        guard dump["shouldDisplay"]?.boolValue != false,
            let kind = dump["kind"]?.stringValue.flatMap(Kind.init(rawValue:))
        else { return nil }
        let names: [String] = (dump["names"]?.arrayValue ?? []).compactMap { name in
            guard let word = name["name"]?.stringValue else { return nil }
            return (name["kind"]?.stringValue == "long" ? "--" : "-") + word
        }
        self.init(
            kind: kind, names: names.sorted { ($0.count, $0) < ($1.count, $1) },
            valueName: dump["valueName"]?.stringValue ?? "", section: dump["sectionTitle"]?.stringValue,
            isOptional: dump["isOptional"]?.boolValue ?? false, isRepeating: dump["isRepeating"]?.boolValue ?? false,
            text: dump["abstract"]?.stringValue ?? "", discussion: dump["discussion"]?.stringValue)
        hasOptionalValue = RunOption.all.contains { option in
            if case .grant = option.effect { return names.contains(option.name) }
            return false
        }
        // The parser's own options speak its own language.
        if names.contains("--help") { text = OptionMessage.help.text }
        if names.contains("--version") { text = OptionMessage.version.text }
        let values = dump["allValues"]?.arrayValue?.compactMap(\.stringValue) ?? []
        // Texts that name the values themselves need no list of them.
        let unnamed = values.filter { !text.contains($0) }
        let notes = [
            unnamed.isEmpty ? nil : LabelMessage.values.text(["values": values.joined(separator: ", ")]),
            dump["defaultValue"]?.stringValue.map { LabelMessage.defaultValue.text(["value": $0]) },
        ].compactMap(\.self)
        guard !notes.isEmpty else { return }
        switch Language.current {
        case .english: text += " (" + notes.joined(separator: "; ") + ")"
        case .chinese: text += "\u{FF08}" + notes.joined(separator: "\u{FF1B}") + "\u{FF09}"
        }
    }
}
