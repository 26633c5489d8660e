import CLuaBoundary

/// Short strings as the two words that they are: to make one so, or to look into one, takes a few instructions, by the standard
/// library's own functions fifty and more.
///
/// Up to 15 bytes lie within the string itself, before a byte of flags and the count (StringObject.swift of the standard
/// library). That is no promise to anybody but the compiler's own: so it is looked at when a state is first made, and nothing
/// relies on it where it is otherwise.
enum SmallText {
    /// Whether short strings are made so here.
    static let isRight: Bool = {
        guard MemoryLayout<String>.size == MemoryLayout<clb_small_text>.size else { return false }
        // Text that somebody will free is not taken for a literal.
        let passing = unsafeBitCast(String(repeating: "a long text, ", count: 9), to: clb_small_text.self)
        guard !clb_is_lasting_text(passing), !clb_is_small_text(passing) else { return false }
        return ["", "a", "批次", "0123456", "01234567", "0123456789abcde"].allSatisfy { sample in
            // Made at run time, since a literal is no short string.
            let text = String(decoding: Array(sample.utf8), as: UTF8.self)
            var words = clb_small_text()
            let isTaken = sample.withCString { clb_take_small_text($0, sample.utf8.count, &words) }
            let own = unsafeBitCast(text, to: clb_small_text.self)
            return isTaken && own.first == words.first && own.last == words.last
        }
    }()

    /// Has it used from now on, where it is right.
    static func use() {
        if isRight { clb_know_small_text() }
    }

    /// The string of few bytes that are valid UTF-8; nil for any others.
    @inline(__always)
    static func string(_ bytes: UnsafePointer<CChar>, _ count: Int) -> String? {
        var words = clb_small_text()
        guard clb_knows_small_text(), clb_take_small_text(bytes, count, &words) else { return nil }
        // Moved out of there rather than copied: a copy would ask what is to be retained.
        return withUnsafeMutablePointer(to: &words) {
            UnsafeMutableRawPointer($0).assumingMemoryBound(to: String.self).move()
        }
    }

    /// The words of a string that mean the same text wherever they are met: of a short one, and of a literal; nil for any other.
    @inline(__always)
    static func lastingWords(of text: String) -> clb_small_text? {
        guard clb_knows_small_text() else { return nil }
        let words = unsafeBitCast(text, to: clb_small_text.self)
        return clb_is_lasting_text(words) ? words : nil
    }

    /// The words of a string that is short; nil for any other.
    @inline(__always)
    static func words(of text: String) -> clb_small_text? {
        guard clb_knows_small_text() else { return nil }
        let words = unsafeBitCast(text, to: clb_small_text.self)
        return clb_is_small_text(words) ? words : nil
    }
}
