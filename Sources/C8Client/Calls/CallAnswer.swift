package import C8Platform

/// What a successful call gives: the platform's envelope, or a file.
package enum CallAnswer: Sendable {
    case envelope(Envelope)
    case file(DownloadedFile)
}
