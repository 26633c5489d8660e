/// A pattern for paths: `*` and `?` within a name, `[a-z]` and `[!a-z]` sets, and `**` for any folders.
///
/// A name is matched in time proportional to its length times the pattern's, whatever the pattern.
struct GlobPattern: Sendable {
    /// One part of the pattern between slashes.
    enum Part: Sendable, Hashable {
        /// `**`
        case folders
        case name([Element])
    }

    enum Element: Sendable, Hashable {
        case one(Unicode.Scalar)
        /// `?`
        case any
        /// `*`
        case many
        case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    }

    /// The parts before the first that is a pattern.
    let base: [[UInt8]]
    let parts: [Part]
    let isAbsolute: Bool

    init(_ pattern: FilePath) {
        isAbsolute = pattern.bytes.first == UInt8(ascii: "/")
        var base: [[UInt8]] = []
        var parts: [Part] = []
        for bytes in pattern.bytes.split(separator: UInt8(ascii: "/")) where !bytes.elementsEqual(".".utf8) {
            if parts.isEmpty && !bytes.contains(where: { "*?[".utf8.contains($0) }) {
                base.append(Array(bytes))
            } else if bytes.elementsEqual("**".utf8) {
                if parts.last != .folders { parts.append(.folders) }
            } else {
                parts.append(.name(Self.elements(bytes)))
            }
        }
        self.base = base
        self.parts = parts
    }

    /// All places in the pattern where one may be at once, given those where one is: `**` may also stand for no folder.
    func closure(_ places: Set<Int>) -> Set<Int> {
        var all = places
        for place in places.sorted() {
            var next = place
            while next < parts.count, parts[next] == .folders {
                next += 1
                all.insert(next)
            }
        }
        return all
    }

    /// Where one is after a name.
    func advance(_ places: Set<Int>, over name: [UInt8]) -> Set<Int> {
        let isHidden = name.first == UInt8(ascii: ".")
        var after: Set<Int> = []
        var scalars: [Unicode.Scalar]?
        for place in places where place < parts.count {
            switch parts[place] {
            case .folders:
                if !isHidden { after.insert(place) }
            case .name(let elements):
                if isHidden && elements.first != .one(".") { continue }
                let text = scalars ?? Self.scalars(name[...])
                scalars = text
                if Self.matches(elements, text) { after.insert(place + 1) }
            }
        }
        return after
    }

    /// Matches one name. After a `*` that led nowhere only the latest one takes another character, so nothing is tried
    /// twice.
    static func matches(_ elements: [Element], _ text: [Unicode.Scalar]) -> Bool {
        var element = 0
        var position = 0
        var latest: (element: Int, position: Int)?
        while position < text.count {
            if element < elements.count, elements[element] == .many {
                latest = (element, position)
                element += 1
            } else if element < elements.count, elements[element].admits(text[position]) {
                element += 1
                position += 1
            } else if let star = latest {
                latest = (star.element, star.position + 1)
                element = star.element + 1
                position = star.position + 1
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == .many }
    }

    /// Characters, where the bytes are UTF-8; other bytes stand for themselves, out of the way of all characters.
    private static func scalars(_ bytes: ArraySlice<UInt8>) -> [Unicode.Scalar] {
        if let text = String(validating: bytes, as: UTF8.self) { return Array(text.unicodeScalars) }
        // The last private plane; no name in any script uses it.
        return bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : Unicode.Scalar(0x10_0000 + UInt32($0)) ?? "\u{FFFD}" }
    }

    private static func elements(_ bytes: ArraySlice<UInt8>) -> [Element] {
        let text = scalars(bytes)
        var elements: [Element] = []
        var position = 0
        while position < text.count {
            switch text[position] {
            case "*": if elements.last != .many { elements.append(.many) }
            case "?": elements.append(.any)
            case "[":
                if let (set, end) = set(text, from: position + 1) {
                    elements.append(set)
                    position = end
                } else {
                    elements.append(.one("["))
                }
            default: elements.append(.one(text[position]))
            }
            position += 1
        }
        return elements
    }

    /// What is between brackets, and where it ends; nil where they are not closed. A `]` in first place is one of the set.
    private static func set(_ text: [Unicode.Scalar], from start: Int) -> (Element, end: Int)? {
        var position = start
        let isNegated = position < text.count && (text[position] == "!" || text[position] == "^")
        if isNegated { position += 1 }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        let first = position
        while position < text.count {
            let low = text[position]
            if low == "]" && position > first { return (.set(ranges, isNegated: isNegated), position) }
            if position + 2 < text.count, text[position + 1] == "-", text[position + 2] != "]" {
                if low <= text[position + 2] { ranges.append(low...text[position + 2]) }
                position += 3
            } else {
                ranges.append(low...low)
                position += 1
            }
        }
        return nil
    }
}

extension GlobPattern.Element {
    func admits(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .one(let one): one == scalar
        case .any: true
        case .many: false
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
        }
    }
}
