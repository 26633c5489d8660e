/// What the listener answers: `/healthz` and `/metrics`.
struct ListenerPages: Sendable {
    let health: @Sendable () -> WorkerHealth
    /// In the text format of Prometheus.
    let metrics: @Sendable () -> String

    /// The bytes of an answer; nil while the request is not complete.
    func answer(_ reading: ListenerRequest.Reading) -> [UInt8]? {
        switch reading {
        case .incomplete: return nil
        case .refused(let status): return Self.answer(status, Self.phrases[status, default: "refused"] + "\n")
        case .page("/healthz", let isHead):
            let health = health()
            return Self.answer(
                health.isHealthy ? 200 : 503, health.json + "\n", type: "application/json", isHead: isHead)
        case .page("/metrics", let isHead):
            return Self.answer(200, metrics(), type: "text/plain; version=0.0.4; charset=utf-8", isHead: isHead)
        case .page(_, let isHead): return Self.answer(404, "see /healthz and /metrics\n", isHead: isHead)
        }
    }

    private static let phrases = [
        200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed",
        431: "Request Header Fields Too Large", 503: "Service Unavailable", 505: "HTTP Version Not Supported",
    ]

    private static func answer(
        _ status: Int, _ body: String, type: String = "text/plain; charset=utf-8", isHead: Bool = false
    ) -> [UInt8] {
        let allow = status == 405 ? "Allow: GET, HEAD\r\n" : ""
        let head =
            "HTTP/1.1 \(status) \(phrases[status, default: "-"])\r\nContent-Type: \(type)\r\n"
            + "Content-Length: \(body.utf8.count)\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
            + "\(allow)Connection: close\r\n\r\n"
        return Array((isHead ? head : head + body).utf8)
    }
}
