extension HostResolver {
    /// The addresses of a host, at least one, looked up within the time of a request.
    func addresses(
        of host: String, until deadline: ContinuousClock.Instant, timeout: Duration, _ failure: TransportFailure
    ) async throws(HTTPTransportError) -> [String] {
        let lookup = Task { try await self.addresses(of: host) }
        let timer = Task {
            try await Task.sleep(until: deadline)
            lookup.cancel()
        }
        defer { timer.cancel() }
        let addresses: [String]
        do {
            addresses = try await withTaskCancellationHandler {
                try await lookup.value
            } onCancel: {
                lookup.cancel()
            }
        } catch {
            throw Task.isCancelled
                ? failure.error(.cancelled, .notSent, "the request was cancelled")
                : failure.error(.timeout, .notSent, "the host name was not resolved within \(timeout)")
        }
        if addresses.isEmpty { throw failure.unresolved }
        return addresses
    }
}
