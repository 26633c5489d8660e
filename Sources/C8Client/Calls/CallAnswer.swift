package import C8Platform

/// What a call gives that did not fail: the platform's envelope, or a file; or, in a dry run, the request itself.
package enum CallAnswer: Sendable {
    case envelope(Envelope)
    case file(DownloadedFile)
    /// Nothing was sent.
    case withheld(WithheldRequest)
}
