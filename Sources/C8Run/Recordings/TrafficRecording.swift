import C8Client
import C8HTTP
import C8Sandbox

/// Keeps the HTTP traffic of a run, of the platform and of `c8.http`, for ``text`` to write down. Without any secret that the
/// client knows, or that stands where secrets stand.
package final class TrafficRecording: Sendable {
    let recorder: HTTPRecorder
    private let scrubber = SecretScrubber()

    /// A recording that holds nothing yet.
    package init() {
        recorder = HTTPRecorder(scrubber: scrubber)
    }

    /// The cassette, of everything that has ended by now.
    package var text: [UInt8] { recorder.text }

    /// Notes a secret of the platform when it is read, before anything is sent with it.
    func note(_ secret: String, as name: String) { scrubber.note(Secret(secret), as: name) }

    /// The secret of another system, noted when it is read.
    func listening(to secret: HostSecret, name: String) -> HostSecret {
        HostSecret(host: secret.host) { [self] in
            let content = try await secret.read()
            note(content, as: name)
            recorder.noteSecret(name, host: secret.host)
            return content
        }
    }
}
