extension StepKey: CustomStringConvertible {
    /// Exact, and free of characters that would leave their line. Empty for ``flow``.
    package var text: String {
        if components.count == 1, let component = components.first { return Self.text(component) }
        return components.map(Self.text).joined(separator: "/")
    }

    package var description: String { isFlow ? "the flow itself" : text }

    /// Reads the text form of a step.
    ///
    /// Only the form that ``text`` gives is accepted, so that a step has one.
    ///
    /// - Throws: ``FlowNameError``, with the right form where the text is merely written differently.
    package init(text: String) throws(FlowNameError) {
        var key = StepKey.flow
        for part in text.split(separator: "/", omittingEmptySubsequences: false) {
            key = try key.step(of: part, whole: text)
        }
        guard key.text.utf8.elementsEqual(text.utf8) else {
            throw FlowNameError(.key, text, "is written \"\(key.text)\"")
        }
        self = key
    }

    private func step(of part: Substring, whole: String) throws(FlowNameError) -> StepKey {
        let pieces = part.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        var occurrence = 1
        if pieces.count == 2 {
            guard let number = Int(pieces[1]), number > 0 else {
                throw FlowNameError(.key, whole, "must have a number from 2 on after \"#\"")
            }
            occurrence = number
        }
        guard let decoded = Self.decoded(pieces[0]) else {
            throw FlowNameError(.key, whole, "must have two hexadecimal digits after \"%\", of valid UTF-8")
        }
        return step(try StepName(decoded), occurrence: occurrence)
    }

    private static func text(_ component: Component) -> String {
        let name = encoded(component.name.text)
        return component.occurrence == 1 ? name : "\(name)#\(component.occurrence)"
    }

    private static func encoded(_ name: String) -> String {
        // Most names need nothing, and most are ASCII.
        if name.utf8.allSatisfy(isPlain) { return name }
        guard name.unicodeScalars.contains(where: isEncoded) else { return name }
        var text = ""
        for scalar in name.unicodeScalars {
            guard isEncoded(scalar) else {
                text.unicodeScalars.append(scalar)
                continue
            }
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "#")
            && byte != UInt8(ascii: "%")
    }

    /// Separators of the text form, and what a terminal or a log would not show as part of a line.
    private static func isEncoded(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "/", "#", "%": true
        default:
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
