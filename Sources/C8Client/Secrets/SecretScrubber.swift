import C8HTTP
import Synchronization

/// Keeps the secrets of a run out of its recording: those that the client knows, and those that the recorder saw in their
/// places. Found as they are, percent-encoded, escaped in JSON, in base64 and in hex; their beginnings too.
package final class SecretScrubber: CassetteScrubber {
    /// What is looked for, and what stands in its place.
    struct Pattern: Sendable {
        let bytes: [UInt8]
        let placeholder: [UInt8]
    }

    private struct State {
        var known: Set<Secret> = []
        var patterns: [Pattern] = []
        /// By their first two bytes, so that most places of a text are decided by one look.
        var starts: [UInt16: [Int]] = [:]
    }

    /// Contents shorter than this that the operator named as secrets could not be told from ordinary words.
    private static let shortestNamed = 6

    private let state = Mutex(State())

    /// A scrubber that knows nothing yet.
    package init() {}

    /// A secret that is known to be one.
    ///
    /// - Parameter name: shown in its place.
    package func note(_ secret: Secret, as name: String) { add(secret, as: name, shortest: Self.shortestNamed) }

    package func learn(_ content: String, as name: String) {
        add(Secret(content), as: name, shortest: Secret.shortestHidden)
    }

    private func add(_ secret: Secret, as name: String, shortest: Int) {
        guard secret.revealed.utf8.count >= shortest else { return }
        state.withLock { state in
            guard state.known.insert(secret).inserted else { return }
            for form in SecretSpelling.forms(of: Array(secret.revealed.utf8)) where form.count >= 2 {
                let key = UInt16(form[0]) << 8 | UInt16(form[1])
                state.starts[key, default: []].append(state.patterns.count)
                state.patterns.append(Pattern(bytes: form, placeholder: Array("‹secret:\(name)›".utf8)))
            }
        }
    }

    package func scrubbed(_ bytes: [UInt8]) -> [UInt8]? {
        let (patterns, starts) = state.withLock { ($0.patterns, $0.starts) }
        guard !patterns.isEmpty else { return nil }
        var result: [UInt8]?
        for spelling in SecretSpelling.allCases {
            guard let view = spelling.view(of: result ?? bytes) else { continue }
            result = Self.replacing(patterns, starts, in: view, of: result ?? bytes) ?? result
        }
        return result
    }

    private static func replacing(
        _ patterns: [Pattern], _ starts: [UInt16: [Int]], in view: SecretSpelling.View, of bytes: [UInt8]
    ) -> [UInt8]? {
        let text = view.bytes
        var result: [UInt8] = []
        var copied = 0
        var position = 0
        while position + 1 < text.count {
            let key = UInt16(text[position]) << 8 | UInt16(text[position + 1])
            var best: (length: Int, pattern: Pattern)?
            for index in starts[key] ?? [] {
                let wanted = patterns[index].bytes
                let length = zip(text[position...], wanted).prefix { $0 == $1 }.count
                // Whoever echoes a secret may have cut it.
                guard length >= min(wanted.count, Secret.shortestBeginning), length > best?.length ?? 0 else {
                    continue
                }
                best = (length, patterns[index])
            }
            guard let best else {
                position += 1
                continue
            }
            result += bytes[copied..<view.offset(of: position)]
            result += best.pattern.placeholder
            position += best.length
            copied = view.offset(of: position)
        }
        return copied == 0 ? nil : result + bytes[copied...]
    }
}
