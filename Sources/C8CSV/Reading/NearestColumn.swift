/// The column that a person may have meant.
enum NearestColumn {
    /// Nil where no name is near: equal but for case and blanks, or with a letter or a third of them different at most.
    static func find(_ name: String, among names: [String]) -> String? {
        let wanted = simplified(name)
        guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
        let tolerance = wanted.count == 1 ? 0 : max(1, wanted.count / 3)
        var best: (distance: Int, name: String)?
        for candidate in names.prefix(1000) {
            let letters = simplified(candidate)
            guard abs(letters.count - wanted.count) <= tolerance else { continue }
            let distance = distance(wanted, letters)
            if distance <= tolerance, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.name
    }

    private static func simplified(_ name: String) -> [Character] {
        name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" && $0 != "\u{FEFF}" }
    }

    /// Letters that have to be changed, added or taken away (Levenshtein).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var corner = row[0]
            row[0] = index + 1
            for (place, other) in right.enumerated() {
                let above = row[place + 1]
                row[place + 1] = min(above + 1, row[place] + 1, corner + (letter == other ? 0 : 1))
                corner = above
            }
        }
        return row[right.count]
    }
}
