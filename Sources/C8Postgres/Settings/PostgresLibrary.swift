import CPostgres
import Glibc

/// The client library, which is loaded when it is first needed.
package enum PostgresLibrary {
    /// Loads it: to be called before a wall is put up that keeps its file out of reach.
    package static func load() throws(PostgresError) {
        if let problem = cpg_load() { throw PostgresError(.library, at: "PostgreSQL", String(cString: problem)) }
    }

    /// The options that a URL, or a list of `key = value`, sets.
    static func options(in text: String) throws(PostgresError) -> [String: String] {
        try load()
        var options: [String: String] = [:]
        let problem = withUnsafeMutablePointer(to: &options) { pointer in
            cpg_parse(text, pointer) { context, name, value in
                let options = context?.assumingMemoryBound(to: [String: String].self)
                options?.pointee[String(cString: name)] = String(cString: value)
            }
        }
        guard let problem else { return options }
        defer { free(problem) }
        // Behind a colon it quotes the text, and with it a password.
        let words = String(cString: problem)
        let told = words.firstRange(of: ": \"").map { words[..<$0.lowerBound] } ?? words[...]
        let isQuoting = told.contains("\"") && words.firstRange(of: "://") != nil
        throw PostgresError(.settings, at: "PostgreSQL", isQuoting ? "its URL makes no sense" : tidied(told))
    }

    /// What the environment, or the library itself, sets an option to.
    static func standard(_ name: String) -> String? {
        guard let text = cpg_default(name) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    private static func tidied(_ text: Substring) -> String {
        String(text.last == "\n" ? text.dropLast() : text)
    }
}
