package import C8Client
import C8HTTP

/// A cassette that is played in place of the network: no credentials are needed, and nothing is dialled.
package final class TrafficReplay: Sendable {
    /// Stands for the platform where none is configured: a name that can belong to nobody (RFC 2606).
    package static let baseURL = "https://platform.invalid"

    let replayer: HTTPReplayer

    /// Reads a cassette.
    ///
    /// - Parameters:
    ///   - name: of the file, for errors.
    ///   - repeatsReads: whether what only asks is answered again as it was last, once all its recordings are played.
    /// - Throws: ``ClientError`` of kind `config` with file and line.
    package init(_ bytes: [UInt8], name: String, repeatsReads: Bool = true) throws(ClientError) {
        do {
            replayer = HTTPReplayer(
                try Cassette.parse(bytes, file: name), name: name, repetition: repeatsReads ? .reads : .none)
        } catch {
            throw ClientError(kind: .config, message: error.description, outcome: .notSent)
        }
    }

    /// The recordings that nobody has asked for: number, method and URL of each.
    package var unused: [String] {
        // When a token is asked for is not the script's doing.
        replayer.unused.filter { $0.request.url != ClientConfiguration.tokenPath }.map {
            "exchange \($0.number), \($0.request.method) \($0.request.url)"
        }
    }

    /// Placeholders for the secrets that the recorded run used.
    package var secrets: [String: HostSecret] {
        var secrets: [String: HostSecret] = [:]
        for (name, host) in replayer.cassette.secretHosts {
            secrets[name] = HostSecret(host: host) { Self.placeholder(name) }
        }
        return secrets
    }

    /// Whether the recorded run got a token from the platform; else it had one, and so must a replay.
    var asksForToken: Bool {
        replayer.cassette.exchanges.contains { $0.request.url == ClientConfiguration.tokenPath }
    }

    static func placeholder(_ name: String) -> String { "‹secret:\(name)›" }
}
