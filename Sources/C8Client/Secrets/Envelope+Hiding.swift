import C8Platform

extension Envelope {
    /// The same envelope with its words and its trace id rid of these secrets, in case the platform or something before it
    /// has echoed them. Whole texts, before anybody cuts an excerpt out of them; `data` is the script's own.
    func hiding(_ secrets: [Secret]) -> Envelope {
        func hidden(_ text: String) -> String { secrets.reduce(text) { $1.hidden(in: $0) } }
        return Envelope(
            code: code, message: hidden(message), data: data, timestamp: timestamp, traceID: traceID.map(hidden),
            exception: exception, meta: meta, ext: ext)
    }
}
